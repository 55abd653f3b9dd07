// An attempt's way to the caller: notes when the first piece came, and lets pieces through only as long as no other
// attempt of the same call has been first.
import type { AttemptMade } from '../../chain.ts';
import type { Clock } from '../../clock.ts';
import type { ModelEvent } from '../exchange.ts';
import type { Output } from '../model-call.ts';

/** Decides at an attempt's first piece whether it is this one that the caller gets. */
export interface Race {
  /** True for the winner, now and later; the first to ask wins. */
  claim(): boolean;
  /** Another attempt has been first. */
  readonly lost: boolean;
}

export function timedOutput(inner: Output, made: AttemptMade, clock: Clock, race: Race | undefined): Output {
  const passes = (): boolean => {
    if (made.firstMs === 0) made.firstMs = clock.now();
    return race === undefined || race.claim();
  };
  return {
    dialect: inner.dialect,
    get started() {
      // What another attempt has sent is not this one's.
      return inner.started && race?.lost !== true;
    },
    bytes: (chunk: Uint8Array) => (passes() ? inner.bytes(chunk) : undefined),
    event: (event: ModelEvent) => (passes() ? inner.event(event) : undefined),
  };
}
