// The composition root: opens what Shoal is made of and wires it together. Nothing is shared by import; everything
// is handed over here.
import { availableParallelism } from 'node:os';
import { engineSkills } from '#engine';
import { createGateway } from '#gateway';
import type { Gateway } from '#gateway/contract';
import { knowledgeGraphSkills } from '#knowledge-graph';
import { reportSkills } from '#reports';
import { readConfig } from './config.ts';
import type { Home } from './home.ts';
import { openBlobs, type Blobs } from './runs/blobs.ts';
import { openRunCatalog } from './runs/catalog.ts';
import { createRunManager, type RunManager } from './runs/run-manager.ts';

export interface System {
  readonly home: Home;
  readonly gateway: Gateway;
  readonly blobs: Blobs;
  readonly runs: RunManager;
  readonly defaultThreads: number;
  close(): Promise<void>;
}

/** Opens (and creates on first use) everything under SHOAL_HOME. Throws `invalid_config`, `storage_failed`. */
export function openSystem(home: Home, environment: Readonly<Record<string, string | undefined>>): System {
  const config = readConfig(home.config);
  const gateway = createGateway({
    databasePath: home.catalog,
    skills: { ...knowledgeGraphSkills, ...engineSkills, ...reportSkills },
    environment,
    config,
  });
  const defaultThreads = Math.max(1, Math.min(8, availableParallelism()));
  const runs = createRunManager({ home, gateway, catalog: openRunCatalog(home.catalog), defaultThreads });
  return {
    home,
    gateway,
    blobs: openBlobs(home.blobs),
    runs,
    defaultThreads,
    close: async () => {
      await runs.close();
      await gateway.close();
    },
  };
}
