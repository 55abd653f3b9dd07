// The gateway with its home and its configuration: all that `shoal gateway` needs. It knows nothing of runs, so that what
// only runs need is not even loaded.
import type { IncomingMessage } from 'node:http';
import { availableParallelism } from 'node:os';
import type { EmbeddedSkills } from '#foundation';
import { createGateway } from '#gateway';
import type { Doors, OpenedGateway } from '#gateway';
import type { Gateway, Principal } from '#gateway/contract';
import { readConfig, type Settings } from './config.ts';
import type { Home } from './home.ts';
import { shoalVersion } from './version.ts';

export interface GatewaySystem {
  readonly home: Home;
  /** What was in force when everything was opened. */
  readonly settings: Settings;
  readonly gateway: Gateway;
  /** Models with their prices, groups, and how what was tried is doing. */
  readonly models: Pick<OpenedGateway, 'modelTable' | 'groups' | 'health' | 'places' | 'embeddingModel'>;
  readonly defaultThreads: number;
  /** Brings other settings into force; throws and changes nothing where they cannot be. */
  reconfigure(settings: Settings): void;
  /** The model APIs over HTTP, for whoever `identify` says. */
  modelDoors(identify: (request: IncomingMessage) => Principal): Doors;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `invalid_config`, `storage_failed`. Without skills the embedded model answers from the text it is given only. */
export function openGatewaySystem(home: Home, environment: Environment, skills: EmbeddedSkills = {}): GatewaySystem {
  const settings = readConfig(home.config);
  const gateway = createGateway({
    databasePath: home.catalog,
    skills,
    environment,
    config: settings.gateway,
    version: shoalVersion(),
  });
  return {
    home,
    settings,
    gateway,
    models: gateway,
    defaultThreads: Math.max(1, Math.min(8, availableParallelism())),
    reconfigure: (next) => gateway.reconfigure(next.gateway),
    modelDoors: (identify) => gateway.doors(identify),
    close: () => gateway.close(),
  };
}
