// The places at providers and models, and the step that takes one for an attempt. A model's place is taken before its
// provider's, always in this order, so that no two attempts can wait for each other.
import type { Clock } from '../../clock.ts';
import type { Step } from '../../chain.ts';
import type { PlacesView } from '../../contract.ts';
import type { Attempt, ModelAnswer } from '../../models/model-call.ts';
import { flowOf, weightOf } from './flow.ts';
import { createGate } from './gate.ts';
import type { Gate, GateSettings } from './gate.ts';
import { createPauses } from './pauses.ts';
import type { Pauses, Remaining } from './pauses.ts';
import type { LimitSet, LimitSettings } from './settings.ts';
import type { Shares } from './shares.ts';
import { tokensAfter, tokensOf } from './used-tokens.ts';

export interface ProviderPlaces {
  /** New settings; whoever is inside or waits stays. */
  configure(settings: LimitSettings): void;
  /** Of a provider. */
  provider(id: string): Gate;
  /** Of a model; undefined where nothing limits it. */
  model(id: string): Gate | undefined;
  readonly pauses: Pauses;
  /** For the transport: what an answer's headers say is left for one of a provider's keys. */
  observe(provider: string, keyIndex: number, remaining: Remaining): void;
  /** For the router: until an attempt there would not be kept waiting by what is left in this minute. */
  readyInMs(provider: string, model: string, keyIndex: number): number;
  /** For the page and /metrics. */
  view(): readonly PlacesView[];
}

/** Without `shares` no other process counts. */
export function createProviderPlaces(first: LimitSettings, clock: Clock, shares?: Shares): ProviderPlaces {
  let settings = first;
  const pauses = createPauses(() => settings, clock);
  const providers = new Map<string, Gate>();
  const models = new Map<string, Gate>();

  const ofProvider = (id: string): GateSettings => {
    const { concurrency, queue, waitMs } = settings;
    const together = settings.providers[id] ?? {};
    return { limits: { concurrency, ...together }, together, queue, waitMs };
  };
  const ofModel = (limits: LimitSet): GateSettings => ({
    limits,
    together: limits,
    queue: settings.queue,
    waitMs: settings.waitMs,
  });
  const configure = (changed: LimitSettings): void => {
    settings = changed;
    for (const [id, gate] of providers) gate.configure(ofProvider(id));
    // A model that is no longer limited keeps its gate, open, for those who are inside.
    for (const [id, gate] of models) gate.configure(ofModel(settings.models[id] ?? {}));
    for (const [id, limits] of Object.entries(settings.models)) {
      if (!models.has(id)) models.set(id, createGate({ name: `limits.models.${id}`, ...ofModel(limits), clock, shares }));
    }
  };
  configure(first);

  return {
    configure,
    provider: (id) => {
      const known = providers.get(id);
      if (known !== undefined) return known;
      const gate = createGate({ name: `limits.providers.${id}`, ...ofProvider(id), clock, shares });
      providers.set(id, gate);
      return gate;
    },
    model: (id) => models.get(id),
    pauses,
    observe: (id, keyIndex, remaining) => pauses.observe(id, keyIndex, remaining),
    readyInMs: (id, model, keyIndex) =>
      Math.max(pauses.readyInMs(id, keyIndex), providers.get(id)?.readyInMs() ?? 0, models.get(model)?.readyInMs() ?? 0),
    view: () => [...providers, ...models].map(([name, { taken, waiting }]) => ({ name, underWay: taken, waiting })),
  };
}

export function placed(places: ProviderPlaces, clock: Clock): Step<Attempt, ModelAnswer> {
  return (next) => {
    const sent: Work = (attempt) => {
      if (attempt.made?.placedMs === 0) attempt.made.placedMs = clock.now();
      return next(attempt);
    };
    const atProvider: Work = (attempt) => within(places.provider(attempt.place.provider.id), attempt, sent);
    const ready: Work = (attempt) => {
      const model = places.model(attempt.place.info.id);
      return model === undefined ? atProvider(attempt) : within(model, attempt, atProvider);
    };
    return (attempt) => {
      const { provider } = attempt.place;
      // What runs in this process has no places to count.
      if (provider.kind === 'embedded') return next(attempt);
      const keyIndex = attempt.keyIndex ?? 0;
      if (places.pauses.readyInMs(provider.id, keyIndex) === 0) return ready(attempt);
      waits(attempt);
      return places.pauses.over(provider.id, keyIndex, attempt.signal).then(() => ready(attempt));
    };
  };
}

type Work = (attempt: Attempt) => Promise<ModelAnswer>;

async function within(gate: Gate, attempt: Attempt, work: Work): Promise<ModelAnswer> {
  const tokens = gate.countsTokens ? attempt.inputTokenBound + attempt.cap * attempt.choices : 0;
  let tick = gate.tryTake(tokens);
  if (tick < 0) {
    waits(attempt);
    tick = await gate.wait({ flow: flowOf(attempt), weight: weightOf(attempt), tokens, signal: attempt.signal });
  }
  let used = tokens;
  try {
    const answer = await work(attempt);
    used = tokensOf(answer.usage);
    return answer;
  } catch (error) {
    used = tokensAfter(error, tokens);
    throw error;
  } finally {
    gate.give(tick, tokens, used);
  }
}

/** The trace tells our queues from the provider's time. */
function waits({ made }: Attempt): void {
  if (made !== undefined) made.placedMs = 0;
}
