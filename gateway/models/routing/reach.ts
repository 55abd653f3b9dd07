// Where a call of a name may end: at a target of its route, or of one that it may fall back to.
import { ShoalError } from '#foundation';
import type { Target } from '../model-call.ts';
import type { Router } from './router.ts';

/** Throws `model_unknown` or `model_unavailable` for the name itself. */
export function reachOf(router: Pick<Router, 'routeOf'>, name: string): readonly Target[] {
  const { members, fallback } = router.routeOf(name);
  const names = Object.values(fallback).flat();
  const targets = members.map(({ target }) => target);
  return names.length === 0 ? targets : [...targets, ...names.flatMap((other) => targetsAt(router, other))];
}

function targetsAt(router: Pick<Router, 'routeOf'>, name: string): readonly Target[] {
  try {
    return router.routeOf(name).members.map(({ target }) => target);
  } catch (error) {
    // Not configured: not a way out for any call.
    if (error instanceof ShoalError) return [];
    throw error;
  }
}
