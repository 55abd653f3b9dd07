// What a configuration makes of the gateway: providers, routes, limits, and the chain that every model call goes down.
// A new configuration makes a new one over the same ledger, log and health; calls that are under way end under theirs.
import { ShoalError } from '#foundation';
import type { EmbeddedSkills } from '#foundation';
import { addUsage, chain } from './chain.ts';
import type { Handler, Step } from './chain.ts';
import { systemClock } from './clock.ts';
import type { GatewaySettings } from './config.ts';
import type { ModelInfo, TargetHealth } from './contract.ts';
import { cached, createCache } from './models/cache/cached.ts';
import type { Embed } from './models/cache/cached.ts';
import { withCassette } from './models/cache/recorded.ts';
import { anthropicMessages } from './models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from './models/dialects/bedrock-converse/index.ts';
import type { Dialect, DialectId } from './models/dialects/dialect.ts';
import { gemini } from './models/dialects/gemini/index.ts';
import { openAiChat } from './models/dialects/openai-chat/index.ts';
import { openAiResponses } from './models/dialects/openai-responses/index.ts';
import type { Attempt, ModelAnswer, ModelCall, Target } from './models/model-call.ts';
import { modelTable } from './models/model-table.ts';
import type { ModelRow } from './models/model-table.ts';
import { priceable } from './models/priceable.ts';
import { costOf, worstCost } from './models/prices/cost.ts';
import type { Provider } from './models/provider.ts';
import { ProviderError } from './models/provider-error.ts';
import { createEmbeddedProvider } from './models/providers/embedded/index.ts';
import { createHttpProvider } from './models/providers/http-provider.ts';
import { readRateLimits } from './models/providers/rate-limits.ts';
import { resolveProviders } from './models/providers/resolve-providers.ts';
import { providersById } from './models/providers-by-id.ts';
import type { Health } from './models/routing/health.ts';
import { reachOf } from './models/routing/reach.ts';
import { routed } from './models/routing/routed.ts';
import { createRouter } from './models/routing/router.ts';
import { replay } from './models/replay.ts';
import { structured, structuredEmbedded } from './models/structured.ts';
import { createUpstream } from './models/transport/upstream.ts';
import type { Admission } from './policy/budgets/admission.ts';
import { budgeted } from './policy/budgets/budgeted.ts';
import type { OwnedLedger } from './policy/budgets/ledger.ts';
import { createGuardrails } from './policy/guardrails/create-guardrails.ts';
import type { Guardrail } from './policy/guardrails/create-guardrails.ts';
import { guarded } from './policy/guardrails/guarded.ts';
import { authorised } from './policy/keys/authorised.ts';
import { permits } from './policy/keys/model-patterns.ts';
import { limited } from './policy/limits/limiter.ts';
import type { Limiter } from './policy/limits/limiter.ts';
import { placed } from './policy/limits/places.ts';
import type { ProviderPlaces } from './policy/limits/places.ts';
import { guardOutgoing } from './policy/outgoing-guard.ts';
import type { Redact, SecretsIn } from './policy/secrets.ts';
import type { OwnedTraces } from './trace/traces.ts';
import { timed, timedHandler } from './trace/timed.ts';
import { tracedModel } from './trace/traced.ts';

/** What outlives a configuration. */
export interface ServingServices {
  readonly ledger: OwnedLedger;
  readonly admission: Admission;
  readonly traces: OwnedTraces;
  readonly health: Health;
  readonly places: ProviderPlaces;
  readonly limiter: Limiter;
  readonly skills: EmbeddedSkills;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly redact: Redact;
  readonly secretsIn: SecretsIn;
  readonly now: () => number;
  /** Where the cache is kept; undefined = in memory. */
  readonly databasePath: string | undefined;
  /** Vectors of the configured embedding model. */
  readonly embed: Embed;
}

export interface Serving {
  readonly settings: GatewaySettings;
  /** For calls of tools too. */
  readonly guardrails: readonly Guardrail[];
  /** The chain, from its outermost step. */
  readonly serve: Handler<ModelCall, ModelAnswer>;
  /** For agents that think by rules: nothing leaves this process, so there is nothing to admit, guard or limit. */
  readonly serveEmbedded: Handler<ModelCall, ModelAnswer>;
  models(): readonly ModelInfo[];
  /** Whether the catalogue or the configuration names this model; any other name is a caller's. */
  knows(model: string): boolean;
  modelTable(): readonly ModelRow[];
  /** Names of groups and aliases. */
  readonly groups: readonly string[];
  /** Throws `model_unknown` or `model_unavailable`. */
  resolve(model: string): Target;
  /** All models that a name may lead to. */
  targetsOf(name: string): readonly Target[];
  /** Those, and all that a call of this name may fall back to. */
  reachOf(name: string): readonly Target[];
  addressOf(provider: string): string | undefined;
  providers(): readonly { readonly id: string; readonly up: boolean }[];
  health(): readonly TargetHealth[];
  close(): Promise<void>;
}

const DIALECTS: Readonly<Record<DialectId, Dialect>> = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
};

/** Throws `invalid_config`. */
export function createServing(settings: GatewaySettings, services: ServingServices): Serving {
  const { ledger, admission, traces, health, places, limiter, skills, environment, redact, secretsIn, now, databasePath, embed } =
    services;
  const { timeouts, limits, retries, routing, allowUnpriced } = settings;
  const clock = systemClock;
  const upstream = createUpstream({ connections: limits.concurrency, connectMs: timeouts.connectMs });
  const sites = resolveProviders(settings, environment);
  const observe = (provider: string, keyIndex: number, headers: Parameters<typeof readRateLimits>[0]): void => {
    const said = readRateLimits(headers);
    if (said !== undefined) places.observe(provider, keyIndex, said);
  };
  const embedded = createEmbeddedProvider(skills);
  const all: readonly Provider[] = [
    embedded,
    ...sites.map((site) =>
      createHttpProvider({
        site,
        upstream,
        timeouts,
        dialects: DIALECTS,
        observe,
        traceparentOf: (attempt) => traces.traceparentOf(attempt),
      }),
    ),
  ];
  const providers = providersById(all);
  const keyWeights = new Map(sites.map((site) => [site.id, site.keys.map((key) => key.weight)]));
  const router = createRouter({
    settings: routing,
    health,
    resolve: (model) => providers.resolve(model),
    keyWeights: (provider) => keyWeights.get(provider) ?? [],
    permits,
    allowUnpriced,
    retries,
    outputTokens: limits.outputTokens,
    worstCost,
    readyInMs: (provider, model, keyIndex) => places.readyInMs(provider, model, keyIndex),
    clock,
  });
  const trace = tracedModel({ log: traces.log, now, redact, bodies: traces.bodies });

  const guardrails = createGuardrails(settings.guardrails, { environment, now, embed });
  const cache = createCache(settings.cache, { databasePath, now, embed });
  const attempt = chain<Attempt, ModelAnswer>(
    [
      priceable(allowUnpriced),
      timed('place', placed(places, clock)),
      timed('budget', budgeted({ ledger, admission, pricing: { worstCost, costOf }, onClamped, onOverSoft })),
    ],
    timedHandler('provider', callProvider),
  );
  const inTrace: Step<ModelCall, ModelAnswer> = (next) => (call) => {
    if (call.client?.traceparent !== undefined) traces.contexts.accept(call.tally, call.client.traceparent);
    return next(call);
  };
  const steps: readonly Step<ModelCall, ModelAnswer>[] = [
    inTrace,
    trace,
    timed('authorise', authorised()),
    timed('guard', guardOutgoing({ redact, secretsIn, promptBytes: limits.promptBytes })),
    ...(guardrails.length === 0 ? [] : [timed('guardrails', guarded(guardrails))]),
    timed('cassette', withCassette(now)),
    ...(cache === undefined ? [] : [timed('cache', cached(cache))]),
    timed('limit', limited(limiter, { clock, outputTokens: limits.clientOutputTokens })),
    timed('form', structured()),
  ];
  const named = new Set([...providers.models().map(({ id }) => id), ...Object.keys(settings.prices)]);
  const embeddedPlace: Target = providers.resolve(`embedded/${embedded.models()[0]?.id.split('/')[1] ?? ''}`);
  return {
    settings,
    guardrails,
    serve: chain(steps, timedHandler('route', routed(router, attempt))),
    serveEmbedded: chain([trace, structuredEmbedded()], (call) => callProvider({ ...call, place: embeddedPlace, cap: 0 })),
    models: () => providers.models(),
    knows: (model) => named.has(model),
    modelTable: () => modelTable(all),
    groups: [...Object.keys(routing.groups), ...Object.keys(routing.aliases)],
    resolve: (model) => providers.resolve(model),
    targetsOf: (name) => router.routeOf(name).members.map((member) => member.target),
    reachOf: (name) => reachOf(router, name),
    addressOf: (id) => all.find((provider) => provider.id === id)?.address,
    providers: () => sites.map(({ id, available }) => ({ id, up: available })),
    health: () => router.health(),
    close: async () => {
      cache?.close();
      await upstream.close();
    },
  };
}

/** The end of the chain: hands the attempt to its provider and adds what it used to the tally. */
async function callProvider(attempt: Attempt): Promise<ModelAnswer> {
  const { tally, place, output, signal } = attempt;
  if (signal.aborted) throw new ShoalError('cancelled', 'The call was cancelled before it was sent.');
  tally.model = place.info.id;
  tally.provider = place.provider.id;
  try {
    const answer = await place.provider.call(attempt);
    // Of attempts side by side, the one that came through is the one that answered.
    tally.model = place.info.id;
    tally.provider = place.provider.id;
    addUsage(tally, answer.usage);
    if (output === undefined || answer.content === undefined) return answer;
    // A server that does not stream answers all at once.
    await replay(answer.content.response(), output);
    return { ...answer, content: undefined };
  } catch (error) {
    if (error instanceof ProviderError && error.billed.kind === 'usage') addUsage(tally, error.billed.usage);
    throw error;
  }
}

function onClamped({ tally }: Attempt, cap: number): void {
  tally.clampedTo = cap;
}

function onOverSoft({ tally }: Attempt, nodes: readonly string[]): void {
  tally.overSoft = nodes;
}
