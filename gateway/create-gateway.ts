// Puts the gateway together: opens its tables, registers as an owner, sweeps up after dead ones, and hands out bound
// language models, tool boxes and the doors for HTTP. Work begins here and ends in `close`.
import type { IncomingMessage } from 'node:http';
import { ShoalError } from '#foundation';
import type { EmbeddedSkills, LanguageModel } from '#foundation';
import { GatewayConfigSchema } from './config.ts';
import type { GatewayConfig, GatewaySettings } from './config.ts';
import { ROOT_BUDGET } from './contract.ts';
import type { Binding, Gateway, PlacesView, Principal, TargetHealth } from './contract.ts';
import { openDoors } from './doors/index.ts';
import type { Doors } from './doors/index.ts';
import { openResponseStore } from './doors/response-store.ts';
import { systemClock } from './clock.ts';
import { createInFlight } from './in-flight.ts';
import { bindLanguageModel } from './models/language-model.ts';
import type { BoundModels } from './models/language-model.ts';
import type { ModelRow } from './models/model-table.ts';
import { EMBEDDED_MODEL } from './models/providers/embedded/index.ts';
import { keyVariables } from './models/providers/key-variables.ts';
import { createHealth } from './models/routing/health.ts';
import { registerOwner, removeOwner, systemProcessFacts } from './owners.ts';
import { createAdmission } from './policy/budgets/admission.ts';
import { createLedger } from './policy/budgets/ledger.ts';
import type { OwnedLedger } from './policy/budgets/ledger.ts';
import { createLedgerStore } from './policy/budgets/ledger-store.ts';
import { openGovernance } from './policy/governance.ts';
import { withoutTokens } from './policy/keys/token.ts';
import { createLimiter } from './policy/limits/limiter.ts';
import { createProviderPlaces } from './policy/limits/places.ts';
import { createShares } from './policy/limits/shares.ts';
import type { Shares } from './policy/limits/shares.ts';
import { createShareStore } from './policy/limits/share-store.ts';
import { createRedact, createSecretsIn } from './policy/secrets.ts';
import { createServing } from './serving.ts';
import type { Serving } from './serving.ts';
import { openTables } from './tables.ts';
import { createTransactions } from './transactions.ts';
import { toolVariables } from './tools/settings.ts';
import { bindToolBox } from './tools/tool-box.ts';
import { createToolGateway } from './tools/tool-gateway.ts';
import { createTraces } from './trace/traces.ts';
import { createWorkflows } from './workflows/workflows.ts';

export interface GatewayOptions {
  /** The catalogue file, or `:memory:`. */
  readonly databasePath: string;
  readonly skills: EmbeddedSkills;
  /** Where keys and base URLs are looked up: OPENAI_API_KEY, OPENAI_BASE_URL, and those named in the config. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config?: GatewayConfig;
  readonly now?: () => number;
  /** Of this program, for the spans. */
  readonly version?: string;
}

/** The gateway, and what only the one who opened it may do with it. */
export interface OpenedGateway extends Gateway {
  /** Throws `invalid_config` and changes nothing. Calls that are under way, and models bound before, end under the old one. */
  reconfigure(config: GatewayConfig): void;
  /** Who has which model, whether it can be called, what it costs and who says so. */
  modelTable(): readonly ModelRow[];
  /** Groups and aliases of the configuration in force. */
  groups(): readonly string[];
  /** Of the targets that were tried since this process began. */
  health(): readonly TargetHealth[];
  places(): readonly PlacesView[];
  /** The one of the configuration in force, for those who name none. */
  embeddingModel(): string;
  /** The model APIs and the MCP endpoints over HTTP. `identify` says who asks, or throws. */
  doors(identify: (request: IncomingMessage) => Principal): Doors;
}

/** What other processes do to budgets is seen at this pace. */
const TEND_MS = 100;

/** Throws `invalid_config`, `storage_failed`. */
export function createGateway(options: GatewayOptions): OpenedGateway {
  const { databasePath, environment, skills, version = '0', now = Date.now } = options;
  const settings = parseConfig(options.config ?? {});
  const named = secretVariables(settings);
  const withoutSecrets = createRedact(environment, named);
  const redact = (text: string): string => withoutTokens(withoutSecrets(text));

  const database = openTables(databasePath);
  const facts = systemProcessFacts();
  const owner = registerOwner(database, facts);
  const transactions = createTransactions(database);
  const store = createLedgerStore({ database, transactions, path: databasePath, owner, facts });
  const ledger = createLedger({ store, owner, durable: databasePath !== ':memory:', now, holdMs: settings.budget.holdMs });
  openRoot(ledger, settings);
  const admission = createAdmission(ledger, settings.budget.waitMs, settings.limits.queue);
  const traces = createTraces({
    databasePath,
    settings: settings.trace,
    environment,
    redact,
    now,
    version,
    isKnown: (target) => current.knows(target),
    addressOf: (provider) => current.addressOf(provider),
    readings: {
      budgets: () => ledger.balances(),
      providers: () => current.providers(),
      circuits: () => current.health().map(({ target, state }) => ({ target, state: CIRCUIT[state] })),
      queues: () => [...places.view(), { name: 'budget', waiting: admission.waiting }],
    },
  });
  const health = createHealth(settings.routing.breaker);
  const shares =
    databasePath === ':memory:' ? undefined : createShares(createShareStore(database, transactions, owner.id, now), systemClock);
  const places = createProviderPlaces(settings.limits, systemClock, shares);
  const limiter = createLimiter({ settings: settings.limits, clock: systemClock, shares });
  const workflows = createWorkflows({ database, owner, facts, redact, now });
  const responses = openResponseStore(databasePath, now);
  const inFlight = createInFlight();
  let calls = 0;
  const nextId = (): string => `${owner.id}-${(calls++).toString(36)}`;

  const serving = (next: GatewaySettings): Serving =>
    createServing(next, {
      ledger,
      admission,
      traces,
      health,
      places,
      limiter,
      skills,
      environment,
      redact,
      secretsIn: createSecretsIn(environment, secretVariables(next)),
      now,
      databasePath: databasePath === ':memory:' ? undefined : databasePath,
      embed: async (texts, signal) =>
        (await bound({ model: current.settings.embeddingModel }).embed(texts, 'outside', signal)).vectors,
    });
  const bound = (binding: Binding): LanguageModel => {
    const { serve, serveEmbedded } = current;
    return bindLanguageModel({ serve, serveEmbedded, nextId, inFlight }, modelsOf(current, binding), binding);
  };
  let current = serving(settings);
  const generations = [current];
  const governance = openGovernance({
    database,
    transactions,
    budgets: {
      open: (node, limitNanoUsd) => {
        if (limitNanoUsd !== undefined || ledger.balance(node.id) === undefined) ledger.open({ ...node, limitNanoUsd });
      },
      close: (node) => {
        if (ledger.balance(node)?.closed === false) ledger.close(node);
      },
    },
    redact,
    now,
  });
  const toolGateway = createToolGateway({
    configuration: current,
    database,
    environment,
    log: traces.log,
    contexts: traces.contexts,
    redact,
    limiter,
    clock: systemClock,
    audit: governance.audit,
    inFlight,
    nextId,
    now,
    version,
  });
  const tending = tendRegularly(ledger, shares);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    clearInterval(tending);
    await inFlight.end();
    await toolGateway.close();
    for (const generation of generations) await generation.close();
    await traces.close();
    responses.close();
    governance.close();
    shares?.close();
    ledger.shut();
    removeOwner(database, owner.id);
    database.close();
  };

  return {
    ledger,
    workflows,
    keys: governance.keys,
    audit: governance.audit,
    traces: {
      ...traces.traces,
      purge: (what, beforeMs, signal) => {
        // They hold what bodies hold.
        responses.purge(beforeMs);
        return traces.traces.purge(what, beforeMs, signal);
      },
    },
    languageModel: bound,
    toolBox: (tools, binding) =>
      bindToolBox({ settings: current.settings, log: traces.log, redact, now, nextId, inFlight }, tools, binding),
    tools: toolGateway.tools,
    models: () => current.models(),
    requests: (query) => traces.requests(query),
    costs: (query) => traces.costs(query),
    redact,
    reconfigure: (config) => {
      const next = serving(parseConfig(config));
      openRoot(ledger, next.settings);
      health.configure(next.settings.routing.breaker);
      places.configure(next.settings.limits);
      limiter.configure(next.settings.limits);
      current = next;
      toolGateway.configure(next);
      generations.push(next);
    },
    modelTable: () => current.modelTable(),
    groups: () => current.groups,
    health: () => current.health(),
    places: () => places.view(),
    embeddingModel: () => current.settings.embeddingModel,
    doors: (identify) => {
      const models = openDoors({ current: () => current, identify, inFlight, nextId, responses, now });
      const tools = toolGateway.door(identify);
      return (request, response) => models(request, response) || tools(request, response);
    },
    close: () => (closing ??= close()),
  };
}

const secretVariables = (settings: GatewaySettings): readonly string[] => [
  ...keyVariables(settings),
  ...toolVariables(settings.tools),
];

const CIRCUIT = { closed: 0, resting: 0, 'half-open': 1, open: 2 } as const;

/** The models of a binding; one without a price is refused before anything is begun. */
function modelsOf(serving: Serving, binding: Binding): BoundModels {
  const embedding = binding.embeddingModel ?? (/embed/i.test(binding.model) ? binding.model : EMBEDDED_MODEL);
  const [generate, embed] = [binding.model, embedding].map((name) => {
    const [first] = serving.targetsOf(name);
    if (first === undefined) throw new ShoalError('internal', `${name} leads nowhere.`);
    const { info } = first;
    if (info.kind === 'provider' && info.price === undefined && !serving.settings.allowUnpriced) throw unpriced(info.id);
    // A group goes by its own name; what answers in the end is in the trace.
    return serving.groups.includes(name) ? { ...info, id: name } : info;
  });
  return { generate, embed } as BoundModels;
}

function tendRegularly(ledger: OwnedLedger, shares: Shares | undefined): NodeJS.Timeout {
  return setInterval(() => {
    try {
      shares?.tend();
    } catch {
      // The catalogue is busy or its disk full: shares stay as they are, and nothing is let in beyond them.
    }
    // Where it fails the journal still has it all, and the next call that needs the catalogue is told what is wrong.
    ledger.tend().catch(() => undefined);
  }, TEND_MS).unref();
}

/** A limit in the configuration wins; without one, what was set otherwise stays. */
function openRoot(ledger: OwnedLedger, { budget: { limitUsd } }: GatewaySettings): void {
  const limitNanoUsd = limitUsd === undefined ? undefined : Math.floor(limitUsd * 1e9);
  const present = ledger.balance(ROOT_BUDGET);
  if (present === undefined || (limitNanoUsd !== undefined && present.limitNanoUsd !== limitNanoUsd)) {
    ledger.open({ id: ROOT_BUDGET, parent: undefined, limitNanoUsd });
  }
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

function unpriced(model: string): ShoalError {
  return new ShoalError('model_unpriced', `No price is known for ${model}, so no budget could hold it.`, {
    hint: `Add it under \`prices\` in config.yaml (0 if it is free), or set \`allowUnpriced: true\`.`,
  });
}
