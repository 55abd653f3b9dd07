// Limits of who calls: the key, its team and its user, each with requests and tokens per minute and calls at once.
// A call is let in by all of them or by none. Tokens count at their bound when the call comes in, in the second in
// which it came, and are corrected there when it ends. One who has no limits costs nothing.
import type { ShoalError } from '#foundation';
import type { Clock } from '../../clock.ts';
import type { Call, Step } from '../../chain.ts';
import type { ModelAnswer, ModelCall } from '../../models/model-call.ts';
import type { CallLimits, Principal } from '../principal.ts';
import { createMeters } from './meters.ts';
import type { Meter, MeterKind } from './meters.ts';
import { refusal, seconds } from './refusal.ts';
import type { LimitSettings } from './settings.ts';
import type { Shares } from './shares.ts';
import { tokensAfter, tokensOf } from './used-tokens.ts';
import type { Window } from './window.ts';

/** What one who is limited has left; the tightest of key, team and user. */
export interface Standing {
  readonly requests: Left | undefined;
  readonly tokens: Left | undefined;
}

export interface Left {
  readonly limit: number;
  readonly remaining: number;
  /** Until the whole limit is there again. */
  readonly resetMs: number;
}

export interface Limiter {
  /** New settings; what has been counted stays. */
  configure(settings: LimiterOptions['settings']): void;
  /** The meters that this one is held to; undefined = none. */
  metersOf(principal: Principal): readonly Meter[] | undefined;
  standing(principal: Principal): Standing | undefined;
  /** Meters in memory. */
  readonly size: number;
}

export interface LimiterOptions {
  readonly settings: Pick<LimitSettings, 'teams' | 'users'>;
  readonly clock: Clock;
  /** What is shared with other processes; absent = there are none. */
  readonly shares?: Shares | undefined;
}

export function createLimiter({ settings, clock, shares }: LimiterOptions): Limiter {
  const ofKeys = createMeters('key', clock, shares);
  const ofTeams = createMeters('team', clock, shares);
  const ofUsers = createMeters('user', clock, shares);
  let teams: ReadonlyMap<string, CallLimits> = new Map();
  let users: ReadonlyMap<string, CallLimits> = new Map();
  const configure = (changed: LimiterOptions['settings']): void => {
    teams = new Map(Object.entries(changed.teams));
    users = new Map(Object.entries(changed.users));
  };
  configure(settings);

  const metersOf = (principal: Principal): readonly Meter[] | undefined => {
    const { keyId, team, user, limits } = principal;
    const ofTeam = team === undefined || teams.size === 0 ? undefined : teams.get(team);
    const ofUser = user === undefined || users.size === 0 ? undefined : users.get(user);
    const own = hasLimits(limits);
    if (!own && ofTeam === undefined && ofUser === undefined) return undefined;
    const list: Meter[] = [];
    if (own) list.push(ofKeys.of(keyId ?? '', limits));
    if (team !== undefined && ofTeam !== undefined) list.push(ofTeams.of(team, ofTeam));
    if (user !== undefined && ofUser !== undefined) list.push(ofUsers.of(user, ofUser));
    return list;
  };

  return {
    configure,
    metersOf,
    standing: (principal) => {
      const list = metersOf(principal);
      if (list === undefined) return undefined;
      const now = clock.now();
      return { requests: tightest(list, 'requests', now), tokens: tightest(list, 'tokens', now) };
    },
    get size() {
      return ofKeys.size + ofTeams.size + ofUsers.size;
    },
  };
}

/** How many tokens a call may use at most, and how many it did. */
interface TokenCount<C, A> {
  bound(call: C): number;
  used(answer: A): number;
  usedAfter(error: unknown, bound: number): number;
}

/** `outputTokens` is the cap that the router sets where a caller asks for none. */
export function limited(
  limiter: Limiter,
  { clock, outputTokens }: { readonly clock: Clock; readonly outputTokens: number },
): Step<ModelCall, ModelAnswer> {
  return metered(limiter, clock, {
    bound: (call) =>
      call.inputTokenBound + (call.operation === 'embed' ? 0 : (call.maxOutputTokens ?? outputTokens) * call.choices),
    used: (answer) => tokensOf(answer.usage),
    usedAfter: tokensAfter,
  });
}

/** Calls of tools count as requests and as calls at once; they use no tokens. */
export function limitedCalls<C extends Call, A>(limiter: Limiter, clock: Clock): Step<C, A> {
  return metered(limiter, clock, { bound: () => 0, used: () => 0, usedAfter: () => 0 });
}

function metered<C extends Call, A>(limiter: Limiter, clock: Clock, count: TokenCount<C, A>): Step<C, A> {
  return (next) => {
    const counted = async (call: C, meters: readonly Meter[]): Promise<A> => {
      const bound = count.bound(call);
      const now = clock.now();
      for (const meter of meters) {
        let refused = refusalOf(meter, call.principal, bound, now);
        if (refused !== undefined && meter.more()) refused = refusalOf(meter, call.principal, bound, now);
        if (refused !== undefined) throw refused;
      }
      const entries = meters.map((meter) => enter(meter, bound, now));
      let used = bound;
      try {
        const answer = await next(call);
        used = count.used(answer);
        return answer;
      } catch (error) {
        used = count.usedAfter(error, bound);
        throw error;
      } finally {
        const ended = clock.now();
        for (const { meter, tokens, tick } of entries) {
          meter.underWay--;
          tokens?.correct(tick, used - bound, ended);
        }
      }
    };
    return (call) => {
      const meters = limiter.metersOf(call.principal);
      return meters === undefined ? next(call) : counted(call, meters);
    };
  };
}

function hasLimits({ requestsPerMinute, tokensPerMinute, concurrency }: CallLimits): boolean {
  return requestsPerMinute !== undefined || tokensPerMinute !== undefined || concurrency !== undefined;
}

/** A call whose bound alone is over the limit may go when nothing else is counted. */
function needed({ largestTokens }: Meter, bound: number): number {
  return Math.min(bound, largestTokens);
}

function refusalOf(meter: Meter, { name: keyName }: Principal, bound: number, now: number): ShoalError | undefined {
  const { kind, id, limits, requests, tokens, places, underWay } = meter;
  const name = who(kind, id, keyName);
  if (underWay >= places) {
    const elsewhere = underWay < (limits.concurrency ?? 0) ? ', those in other processes counted' : '';
    return refusal({
      limit: 'concurrency',
      message: `${name} has as many calls under way as it may, ${limits.concurrency}${elsewhere}.`,
      retryAfterMs: undefined,
      hint: 'Wait for one of them to end, or raise the limit of calls at once.',
    });
  }
  if (requests !== undefined && !requests.fits(1, now)) {
    const retryAfterMs = comesBackInMs(requests, 1, limits.requestsPerMinute, now);
    const message = `${name} may make ${limits.requestsPerMinute} requests a minute; the next in ${seconds(retryAfterMs)}.`;
    const hint = 'Try again then, or raise its requests per minute.';
    return refusal({ limit: 'requestsPerMinute', message, retryAfterMs, hint });
  }
  if (tokens !== undefined && !tokens.fits(needed(meter, bound), now)) {
    const retryAfterMs = comesBackInMs(tokens, needed(meter, bound), limits.tokensPerMinute, now);
    const message = `${name} may use ${limits.tokensPerMinute} tokens a minute; this call, up to ${bound}, fits in ${seconds(retryAfterMs)}.`;
    const hint = 'Try again then, ask for less output, or raise its tokens per minute.';
    return refusal({ limit: 'tokensPerMinute', message, retryAfterMs, hint });
  }
  return undefined;
}

/** Where others have a share they may give some of it back before anything leaves the minute here. */
const OTHERS_GIVE_MS = 1000;

function comesBackInMs(window: Window, amount: number, limit: number | undefined, now: number): number {
  const ownMs = window.fitsInMs(amount, now);
  return limit !== undefined && window.limit < limit ? Math.min(ownMs, OTHERS_GIVE_MS) : ownMs;
}

/** What was counted where; the meter's limits may be others by the time the call ends. */
interface Entry {
  readonly meter: Meter;
  readonly tokens: Window | undefined;
  readonly tick: number;
}

function enter(meter: Meter, bound: number, now: number): Entry {
  const { tokens, requests } = meter;
  meter.underWay++;
  requests?.add(1, now);
  return { meter, tokens, tick: tokens?.add(bound, now) ?? 0 };
}

const LIMIT_OF = { requests: 'requestsPerMinute', tokens: 'tokensPerMinute' } as const;

function tightest(meters: readonly Meter[], what: 'requests' | 'tokens', now: number): Left | undefined {
  let left: Left | undefined;
  for (const meter of meters) {
    const window = meter[what];
    if (window === undefined) continue;
    const remaining = Math.max(0, Math.floor(window.limit - window.used(now)));
    if (left === undefined || remaining < left.remaining) {
      left = { limit: meter.limits[LIMIT_OF[what]] ?? window.limit, remaining, resetMs: window.emptyInMs(now) };
    }
  }
  return left;
}

/** For a person; a key is known by its name. */
function who(kind: MeterKind, id: string, keyName: string): string {
  return `The ${kind} ${kind === 'key' ? keyName : id}`;
}
