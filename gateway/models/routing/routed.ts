// The end of the chain for a call: from the name that was asked to attempts at targets, and from one route to its
// fallbacks. A fallback's own fallbacks are not followed, and none is tried twice.
import { ShoalError } from '#foundation';
import { FIRST_ATTEMPT } from '../../chain.ts';
import type { AttemptCause, Handler } from '../../chain.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import { alongRoute, isOver } from './along-route.ts';
import type { End } from './attempt.ts';
import { eligibleFor } from './eligible.ts';
import type { Eligible } from './eligible.ts';
import { failureClassOf, fallbackClassOf } from './failure-class.ts';
import type { Route } from './route.ts';
import type { Router } from './router.ts';

/**
 * Throws `model_unknown`, `model_unavailable`, `forbidden`, `model_unpriced`, `invalid_input` before any attempt; after
 * that, what the last attempt threw.
 */
export function routed(router: Router, end: End): Handler<ModelCall, ModelAnswer> {
  return async (call) => {
    const sinceMs = router.clock.now();
    const route = router.routeOf(call.asked);
    const eligible = eligibleFor(call, route, router.eligible);
    try {
      return await alongRoute(router, end, call, route, eligible, FIRST_ATTEMPT, sinceMs);
    } catch (error) {
      return fallBack(router, end, call, route, sinceMs, error);
    }
  };
}

async function fallBack(
  router: Router,
  end: End,
  call: ModelCall,
  origin: Route,
  sinceMs: number,
  failure: unknown,
): Promise<ModelAnswer> {
  const waysOut: WayOut[] = [];
  const seen = new Set([call.asked, origin.name]);
  for (let error = failure; ;) {
    const failure = failureClassOf(error);
    const kind = fallbackClassOf(failure);
    if (kind === undefined || isOver(call)) throw error;
    const { fallback } = origin;
    const rule = fallback[kind] === undefined && (kind === 'timeout' || kind === 'cut') ? 'outage' : kind;
    for (const name of fallback[rule] ?? []) {
      if (seen.has(name)) continue;
      seen.add(name);
      waysOut.push({ name, rule: `${origin.name}: ${rule}` });
    }
    const next = firstOpen(router, call, origin, waysOut);
    if (next === undefined) throw error;
    const cause: AttemptCause = { why: 'fallback', failure, waitedMs: 0, told: false, rule: next.rule };
    try {
      return await alongRoute(router, end, call, next.route, next.eligible, cause, sinceMs);
    } catch (thrown) {
      error = thrown;
    }
  }
}

/** Where a group's settings send what failed, and by which rule. */
interface WayOut {
  readonly name: string;
  readonly rule: string;
}

/** Takes them off the list up to the first that this call may go to. */
function firstOpen(
  router: Router,
  call: ModelCall,
  origin: Route,
  waysOut: WayOut[],
): { readonly route: Route; readonly eligible: Eligible; readonly rule: string } | undefined {
  for (let next = waysOut.shift(); next !== undefined; next = waysOut.shift()) {
    const { name, rule } = next;
    try {
      const route = router.routeOf(name);
      // Tags may say where a call's data may go: what carries none is no way out of a group that does.
      if (origin.tagged && (call.tags?.length ?? 0) > 0 && !route.tagged) continue;
      return { route, eligible: eligibleFor(call, route, router.eligible), rule };
    } catch (error) {
      // Unknown, not configured, not on the key's list, unpriced: not a way out for this call.
      if (!(error instanceof ShoalError)) throw error;
    }
  }
  return undefined;
}
