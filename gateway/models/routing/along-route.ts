// The attempts of a call within one route: at the next target that is well, at once; at one that has failed it before,
// after a pause. Bounded in number and in time. Nothing is tried again once a piece of the answer has gone out.
import type { AttemptCause } from '../../chain.ts';
import { pause } from '../../clock.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import { ProviderError } from '../provider-error.ts';
import { attemptAt } from './attempt.ts';
import type { End } from './attempt.ts';
import { choose } from './choose.ts';
import type { Choice } from './choose.ts';
import type { Eligible } from './eligible.ts';
import { failureClassOf, remedyFor, retryAfterMsOf } from './failure-class.ts';
import type { Lane } from './health.ts';
import { hedgeAfterMs, hedged } from './hedged.ts';
import { pauseMs } from './pause-before-retry.ts';
import type { Route } from './route.ts';
import type { Router } from './router.ts';

/** A timer may be early by this much, and who comes early is limited once more. */
const EARLY_MS = 1;

/** `sinceMs`: when the call began; pauses on all its routes count together. */
export async function alongRoute(
  router: Router,
  end: End,
  call: ModelCall,
  route: Route,
  eligible: Eligible,
  first: AttemptCause,
  sinceMs: number,
): Promise<ModelAnswer> {
  const { clock, choosing, retries } = router;
  const tried: Lane[] = [];
  const next = (): Choice => choose(call, route, eligible, tried, clock.now(), choosing);
  const tooLate = (waitMs: number): boolean => clock.now() - sinceMs + waitMs > retries.totalMs;

  let choice = next();
  let cause = first;
  if (choice.toldMs > 0) {
    // Somewhere else now is better than here later.
    if (route.fallback['rate-limit'] !== undefined || tooLate(choice.toldMs)) throw askedToWait(choice);
    cause = { ...first, waitedMs: choice.toldMs, told: true };
    await pause(clock, choice.toldMs + EARLY_MS, call.signal);
    choice = next();
  }
  for (let attempt = 1; ; attempt++) {
    tried.push(choice.lane);
    const afterMs = hedgeAfterMs(call, route, eligible, choice);
    try {
      return afterMs === undefined
        ? await attemptAt(router, end, call, route, choice, cause, undefined)
        : await hedged(router, end, call, route, eligible, choice, cause, tried, afterMs);
    } catch (error) {
      const failure = failureClassOf(error);
      const remedy = remedyFor(error, failure);
      if (remedy === 'none' || attempt >= retries.attempts || isOver(call)) throw error;
      const failed = choice.lane;
      choice = next();
      cause = { why: 'retry', failure, waitedMs: 0, told: false, rule: undefined };
      if (choice.restingMs === 0 && !tried.includes(choice.lane)) continue;
      if (remedy === 'elsewhere') throw error;
      const jitterMs = pauseMs(attempt, retries, choosing.random);
      const askedMs = choice.lane === failed ? retryAfterMsOf(error) : undefined;
      const waitMs = Math.max(askedMs ?? jitterMs, choice.toldMs > 0 ? choice.toldMs + EARLY_MS : 0);
      if (tooLate(waitMs)) throw error;
      cause = { ...cause, waitedMs: waitMs, told: askedMs !== undefined || choice.toldMs > 0 };
      await pause(clock, waitMs, call.signal);
      choice = next();
    }
  }
}

/** Aborted, or its answer has begun. */
export function isOver(call: ModelCall): boolean {
  return call.signal.aborted || call.output?.started === true;
}

function askedToWait({ lane, toldMs }: Choice): ProviderError {
  return new ProviderError('model_rate_limited', `${lane.target} asks not to be called for ${(toldMs / 1000).toFixed(1)} s.`, {
    billed: { kind: 'nothing' },
    retryAfterMs: toldMs,
    hint: 'Try again then, or give the group another target.',
    details: { model: lane.target, retryAfterMs: Math.ceil(toldMs) },
  });
}
