// Puts the gateway together: opens its tables, registers as an owner, sweeps up after dead ones, and hands out bound
// language models and tool boxes. Work begins here and ends in `close`.
import { ShoalError } from '#foundation';
import type { EmbeddedSkills } from '#foundation';
import { GatewayConfigSchema } from './config.ts';
import type { GatewayConfig, GatewaySettings } from './config.ts';
import { ROOT_BUDGET } from './contract.ts';
import type { Binding, Gateway } from './contract.ts';
import { createInFlight } from './in-flight.ts';
import { bindLanguageModel } from './models/language-model.ts';
import type { Targets } from './models/language-model.ts';
import { providersById } from './models/providers-by-id.ts';
import type { ProviderEntry } from './models/providers-by-id.ts';
import { createEmbeddedProvider, EMBEDDED_MODEL } from './models/providers/embedded/index.ts';
import { createCompatibleProviders } from './models/providers/openai/index.ts';
import { registerOwner, removeOwner, systemProcessFacts } from './owners.ts';
import { createAdmission } from './policy/admission.ts';
import { createPlaces } from './policy/concurrency.ts';
import type { Places } from './policy/concurrency.ts';
import { createLedger } from './policy/ledger.ts';
import type { OwnedLedger } from './policy/ledger.ts';
import { createLedgerStore } from './policy/ledger-store.ts';
import { createRedact } from './policy/secrets.ts';
import { openTables } from './tables.ts';
import { bindToolBox } from './tools/tool-box.ts';
import { createRequestLog } from './trace/request-log.ts';
import { createWorkflows } from './workflows/workflows.ts';

export interface GatewayOptions {
  /** The catalogue file, or `:memory:`. */
  readonly databasePath: string;
  readonly skills: EmbeddedSkills;
  /** Where keys and base URLs are looked up: OPENAI_API_KEY, OPENAI_BASE_URL, and those named in the config. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config?: GatewayConfig;
  readonly now?: () => number;
}

/** Spending is booked, and unused leases given back to other processes, at this pace. */
const BOOK_MS = 1000;

/** Throws `invalid_config`, `storage_failed`. */
export function createGateway(options: GatewayOptions): Gateway {
  const { databasePath, environment, now = Date.now } = options;
  const settings = parseConfig(options.config ?? {});
  const redact = createRedact(environment, namedKeys(settings));
  const compatible = createCompatibleProviders(settings, environment);
  const providers = providersById([embeddedEntry(options.skills), ...compatible.entries]);

  const database = openTables(databasePath);
  const facts = systemProcessFacts();
  const owner = registerOwner(database, facts);
  const ledger = createLedger(createLedgerStore(database, databasePath, owner, facts), owner, databasePath !== ':memory:');
  const { limitUsd } = settings.budget;
  ledger.open({
    id: ROOT_BUDGET,
    parent: undefined,
    limitNanoUsd: limitUsd === undefined ? undefined : Math.floor(limitUsd * 1e9),
  });
  const admission = createAdmission(ledger, settings.budget.waitMs, settings.limits.queue);
  const log = createRequestLog(openTables(databasePath));
  const workflows = createWorkflows({ database, owner, facts, redact, now });
  const booking = bookRegularly(ledger);

  let calls = 0;
  const nextId = (): string => `${owner.id}-${(calls++).toString(36)}`;
  const placesById = new Map<string, Places>();
  const places = (provider: string): Places => {
    const known = placesById.get(provider) ?? createPlaces(provider, settings.limits.concurrency, settings.limits.queue);
    placesById.set(provider, known);
    return known;
  };
  const inFlight = createInFlight();
  const services = { settings, ledger, admission, log, redact, now, nextId, places, inFlight };

  const targetsOf = (binding: Binding): Targets => {
    const generate = providers.resolve(binding.model);
    const embedding = binding.embeddingModel ?? (/embed/i.test(binding.model) ? binding.model : EMBEDDED_MODEL);
    return { generate, embed: providers.resolve(embedding) };
  };

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    clearInterval(booking);
    await inFlight.end();
    await compatible.close();
    ledger.close();
    log.close();
    removeOwner(database, owner.id);
    database.close();
  };

  return {
    ledger,
    workflows,
    languageModel: (binding) => bindLanguageModel(services, targetsOf(binding), binding),
    toolBox: (tools, binding) => bindToolBox(services, tools, binding),
    models: () => providers.models(),
    requests: (query) => log.requests(query),
    costs: (query) => log.costs(query),
    redact,
    close: () => (closing ??= close()),
  };
}

function bookRegularly(ledger: OwnedLedger): NodeJS.Timeout {
  return setInterval(() => {
    try {
      ledger.book();
    } catch {
      // The journal still has it all, and the next call that needs the catalogue is told what is wrong with it.
    }
  }, BOOK_MS).unref();
}

function parseConfig(config: GatewayConfig): GatewaySettings {
  const parsed = GatewayConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new ShoalError('invalid_config', `The gateway's configuration is not valid: ${problems.join('; ')}.`, {
    details: { problems },
    hint: 'Correct these entries in config.yaml.',
  });
}

function namedKeys(settings: GatewaySettings): readonly string[] {
  return Object.values(settings.providers).flatMap((provider) => provider.apiKeyEnv ?? []);
}

function embeddedEntry(skills: EmbeddedSkills): ProviderEntry {
  const provider = createEmbeddedProvider(skills);
  return { provider, describe: (name) => provider.models().find((info) => info.id === `embedded/${name}`) };
}
