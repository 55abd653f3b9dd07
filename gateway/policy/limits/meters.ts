// One meter per key, team or user that has limits: what it has used in the last minute and what is under way. Memory
// is that of the meters in use: idle ones are swept when the map has doubled.
import type { Clock } from '../../clock.ts';
import type { CallLimits } from '../principal.ts';
import { withLimit } from './window.ts';
import type { Window } from './window.ts';

export type MeterKind = 'key' | 'team' | 'user';

export interface Meter {
  readonly kind: MeterKind;
  readonly id: string;
  requests: Window | undefined;
  tokens: Window | undefined;
  concurrency: number | undefined;
  underWay: number;
  /** When it was last asked for. */
  askedMs: number;
}

export interface Meters {
  readonly size: number;
  /** The meter of this one, with these limits from now on. */
  of(id: string, limits: CallLimits): Meter;
}

const SWEEP_AT = 1024;
const IDLE_MS = 120_000;

export function createMeters(kind: MeterKind, clock: Clock): Meters {
  const byId = new Map<string, Meter>();
  let sweepAt = SWEEP_AT;

  const sweep = (): void => {
    const now = clock.now();
    const idle = (window: Window | undefined): boolean => window === undefined || window.emptyInMs(now) === 0;
    for (const [id, meter] of byId) {
      if (now - meter.askedMs > IDLE_MS && meter.underWay === 0 && idle(meter.requests) && idle(meter.tokens)) byId.delete(id);
    }
    sweepAt = Math.max(SWEEP_AT, 2 * byId.size);
  };
  return {
    get size() {
      return byId.size;
    },
    of: (id, { requestsPerMinute, tokensPerMinute, concurrency }) => {
      let meter = byId.get(id);
      if (meter === undefined) {
        if (byId.size >= sweepAt) sweep();
        meter = { kind, id, requests: undefined, tokens: undefined, concurrency, underWay: 0, askedMs: 0 };
        byId.set(id, meter);
      }
      meter.askedMs = clock.now();
      // Limits are edited while calls are under way; what has been counted stays.
      if (meter.requests?.limit !== requestsPerMinute) meter.requests = withLimit(meter.requests, requestsPerMinute);
      if (meter.tokens?.limit !== tokensPerMinute) meter.tokens = withLimit(meter.tokens, tokensPerMinute);
      meter.concurrency = concurrency;
      return meter;
    },
  };
}
