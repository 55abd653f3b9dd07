// One meter per key, team or user that has limits: what it has used in the last minute and what is under way, under the
// share of the limits that this process has. Memory is that of the meters in use: idle ones are swept when the map has
// doubled.
import type { Clock } from '../../clock.ts';
import type { CallLimits } from '../principal.ts';
import type { Measures } from './share-store.ts';
import type { SharedLimit, Shares } from './shares.ts';
import { withLimit } from './window.ts';
import type { Window } from './window.ts';

export type MeterKind = 'key' | 'team' | 'user';

export interface Meter {
  readonly kind: MeterKind;
  readonly id: string;
  /** As they are set; the windows and `places` have this process's share of them. */
  limits: CallLimits;
  requests: Window | undefined;
  tokens: Window | undefined;
  places: number;
  /** A call of more tokens than this may go when nothing else is counted. */
  largestTokens: number;
  underWay: number;
  /** When it was last asked for. */
  askedMs: number;
  /** After a refusal: asks for a larger share; says whether there is one. */
  more(): boolean;
}

export interface Meters {
  readonly size: number;
  /** The meter of this one, with these limits from now on. */
  of(id: string, limits: CallLimits): Meter;
}

const SWEEP_AT = 1024;
const IDLE_MS = 120_000;

/** Without `shares` no other process counts. */
export function createMeters(kind: MeterKind, clock: Clock, shares: Shares | undefined): Meters {
  const byId = new Map<string, { readonly meter: Meter; readonly shared: SharedLimit }>();
  let sweepAt = SWEEP_AT;

  const sweep = (): void => {
    const now = clock.now();
    const idle = (window: Window | undefined): boolean => window === undefined || window.emptyInMs(now) === 0;
    for (const [id, { meter, shared }] of byId) {
      if (now - meter.askedMs <= IDLE_MS || meter.underWay > 0 || !idle(meter.requests) || !idle(meter.tokens)) continue;
      byId.delete(id);
      shares?.drop(shared);
    }
    sweepAt = Math.max(SWEEP_AT, 2 * byId.size);
  };
  const limit = (meter: Meter, shared: SharedLimit, limits: CallLimits): void => {
    meter.limits = limits;
    // What has been counted stays.
    meter.requests = withLimit(meter.requests, limits.requestsPerMinute);
    meter.tokens = withLimit(meter.tokens, limits.tokensPerMinute);
    meter.places = limits.concurrency ?? Infinity;
    meter.largestTokens = limits.tokensPerMinute ?? Infinity;
    shares?.claim(shared);
  };
  return {
    get size() {
      return byId.size;
    },
    of: (id, limits) => {
      let known = byId.get(id);
      if (known === undefined) {
        if (byId.size >= sweepAt) sweep();
        known = newMeter(kind, id, clock, shares);
        byId.set(id, known);
      }
      const { meter, shared } = known;
      meter.askedMs = clock.now();
      if (meter.limits !== limits && !sameLimits(meter.limits, limits)) limit(meter, shared, limits);
      return meter;
    },
  };
}

function newMeter(kind: MeterKind, id: string, clock: Clock, shares: Shares | undefined): { meter: Meter; shared: SharedLimit } {
  const shared: SharedLimit = {
    name: `${kind}:${id}`,
    get limits(): Measures {
      const { requestsPerMinute = Infinity, tokensPerMinute = Infinity, concurrency = Infinity } = meter.limits;
      return { requests: requestsPerMinute, tokens: tokensPerMinute, places: concurrency };
    },
    used: () => {
      const now = clock.now();
      return { requests: meter.requests?.used(now) ?? 0, tokens: meter.tokens?.used(now) ?? 0, places: meter.underWay };
    },
    askedSince: (sinceMs) => meter.askedMs >= sinceMs,
    waiting: false,
    allow: (mine, fair) => {
      if (meter.requests !== undefined) meter.requests.limit = mine.requests;
      if (meter.tokens !== undefined) meter.tokens.limit = mine.tokens;
      meter.places = mine.places;
      // With less than is due to it, a process lets no call go that would need more than that.
      meter.largestTokens = Math.max(mine.tokens, fair.tokens);
    },
  };
  const meter: Meter = {
    kind,
    id,
    limits: {},
    requests: undefined,
    tokens: undefined,
    places: Infinity,
    largestTokens: Infinity,
    underWay: 0,
    askedMs: 0,
    more: () => shares?.more(shared) ?? false,
  };
  return { meter, shared };
}

function sameLimits(one: CallLimits, other: CallLimits): boolean {
  return (
    one.requestsPerMinute === other.requestsPerMinute &&
    one.tokensPerMinute === other.tokensPerMinute &&
    one.concurrency === other.concurrency
  );
}
