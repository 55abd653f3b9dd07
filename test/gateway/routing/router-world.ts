// A router over scripted targets and time that stands still until a test moves it.
import { newTally } from '../../../gateway/chain.ts';
import type { Attempt, ModelAnswer, ModelCall, Target } from '../../../gateway/models/model-call.ts';
import { createHealth } from '../../../gateway/models/routing/health.ts';
import { createRouter } from '../../../gateway/models/routing/router.ts';
import type { Router, RouterOptions } from '../../../gateway/models/routing/router.ts';
import { routed } from '../../../gateway/models/routing/routed.ts';
import { worstCost } from '../../../gateway/models/prices/cost.ts';
import { RoutingSchema } from '../../../gateway/models/routing/settings.ts';
import type { RoutingConfig } from '../../../gateway/models/routing/settings.ts';
import { ShoalError } from '#foundation';
import { fakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { answerOf, callOf, targetOf } from './model-calls.ts';

/** What a target does with an attempt. */
export type Behaviour = (attempt: Attempt) => Promise<ModelAnswer> | ModelAnswer;

export interface RouterWorld {
  readonly clock: FakeClock;
  readonly router: Router;
  /** Attempts in the order in which they reached a target. */
  readonly seen: { readonly attempt: Attempt; readonly atMs: number }[];
  /** By qualified name; absent = answers at once. */
  readonly behaviours: Map<string, Behaviour>;
  /** Names that were tried, in order. */
  tried(): readonly string[];
  send(asked: string, changes?: Partial<ModelCall>): Promise<ModelAnswer>;
}

export function worldOf(config: RoutingConfig, changes: Partial<RouterOptions> = {}): RouterWorld {
  const clock = fakeClock();
  const settings = RoutingSchema.parse(config);
  const seen: RouterWorld['seen'] = [];
  const behaviours = new Map<string, Behaviour>();
  const router = createRouter({
    settings,
    health: createHealth(settings.breaker),
    retries: { attempts: 4, baseMs: 500, maxMs: 20_000, totalMs: 120_000 },
    outputTokens: 1024,
    allowUnpriced: false,
    permits: ({ models }, id) => models === undefined || models.includes(id) || !models.some((name) => name.includes('/')),
    worstCost,
    resolve: resolveAny,
    clock,
    random: () => 0.5,
    ...changes,
  });
  const handler = routed(router, async (attempt) => {
    seen.push({ attempt, atMs: clock.now() });
    return (await behaviours.get(attempt.target)?.(attempt)) ?? answerOf();
  });
  return {
    clock,
    router,
    seen,
    behaviours,
    tried: () => seen.map(({ attempt }) => attempt.target),
    send: (asked, more = {}) => handler(callOf(asked, { tally: newTally(), ...more })),
  };
}

export function resolveAny(model: string): Target {
  if (!model.includes('/')) throw new ShoalError('model_unknown', `There is no model called ${model}.`);
  if (model.startsWith('missing/')) throw new ShoalError('model_unavailable', `${model} cannot be called.`);
  return targetOf(model);
}

/** Answers after so long, or is cancelled when the attempt's signal fires. */
export function after(clock: FakeClock, delayMs: number, behaviour: Behaviour = () => answerOf()): Behaviour {
  return (attempt) =>
    new Promise((resolve, reject) => {
      const callOff = clock.after(delayMs, () => {
        attempt.signal.removeEventListener('abort', cancelled);
        void (async () => behaviour(attempt))().then(resolve, reject);
      });
      const cancelled = (): void => {
        callOff();
        reject(new ShoalError('cancelled', 'The call was cancelled.'));
      };
      if (attempt.signal.aborted) cancelled();
      else attempt.signal.addEventListener('abort', cancelled, { once: true });
    });
}

export function fails(error: Error): Behaviour {
  return () => {
    throw error;
  };
}
