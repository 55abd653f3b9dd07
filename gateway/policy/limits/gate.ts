// The way to one provider or one model: so many at once, so much in a minute. Whoever does not fit waits in one fair
// queue for both, so that neither limit is a way around the other's order. A full queue refuses at once; an abort
// leaves it without a trace. Invariant: places taken = grants − gives, and never more than the limit.
import { ShoalError } from '#foundation';
import type { Clock } from '../../clock.ts';
import { createFairQueue } from './fair-queue.ts';
import { refusal, seconds } from './refusal.ts';
import type { LimitSet } from './settings.ts';
import type { SharedLimit, Shares } from './shares.ts';
import { withLimit } from './window.ts';
import type { Window } from './window.ts';

export interface GateSettings {
  readonly limits: LimitSet;
  /** Those of them that all processes keep together; the others are of this process alone. */
  readonly together: LimitSet;
  readonly queue: number;
  /** Longest wait for what is let through in a minute; a wait for a place has no end of its own. */
  readonly waitMs: number;
}

export interface GateOptions extends GateSettings {
  /** In the words of the settings, e.g. `limits.providers.openai`. */
  readonly name: string;
  readonly clock: Clock;
  /** Absent = no other process counts. */
  readonly shares?: Shares | undefined;
}

export interface Waiting {
  readonly flow: string;
  readonly weight: number;
  readonly tokens: number;
  readonly signal: AbortSignal;
}

export interface Gate {
  /** New limits; who is inside stays, what has been counted stays, and whoever fits now goes in. */
  configure(settings: GateSettings): void;
  readonly countsTokens: boolean;
  readonly taken: number;
  readonly waiting: number;
  /** A place at once, if there is one and nobody waits for it: the tick that its tokens count in; else −1. */
  tryTake(tokens: number): number;
  /** A place in turn. Throws `limit_exceeded` or `cancelled`. */
  wait(waiting: Waiting): Promise<number>;
  /** Each grant is given back exactly once, with what was counted and what was used in truth. */
  give(tick: number, tokens: number, usedTokens: number): void;
  /** How long a call would be kept here by what was let through in the last minute. */
  readyInMs(): number;
}

/** How soon other processes hear that somebody wants more here. */
const OTHERS_GIVE_MS = 100;

interface Waiter extends Waiting {
  readonly sinceMs: number;
  readonly enter: (tick: number) => void;
  readonly refuse: (error: ShoalError) => void;
}

export function createGate({ name, clock, shares, ...settings }: GateOptions): Gate {
  let concurrency = Number.POSITIVE_INFINITY;
  let queueLimit = 0;
  let waitMs = 0;
  let requests: Window | undefined;
  let tokensWindow: Window | undefined;
  let rated = false;
  const line = createFairQueue<Waiter>();
  let taken = 0;
  let callOff: (() => void) | undefined;

  /** What other processes share in; undefined = nothing of it. */
  let shared: SharedLimit | undefined;
  /** Others have a part of the minute, and may give some of it back at any time. */
  let short = false;
  let largestTokens = Number.POSITIVE_INFINITY;
  let askedMs = Number.NEGATIVE_INFINITY;
  /** A process that sends nothing there, such as a command, takes no share. */
  let claimed = false;

  /** A request whose bound alone is over the limit may go when nothing else is counted. */
  const needed = (tokens: number): number => Math.min(tokens, largestTokens);
  const soon = (milliseconds: number): number => (short ? Math.min(milliseconds, OTHERS_GIVE_MS) : milliseconds);
  const inMs = (tokens: number, now: number): number =>
    rated ? soon(Math.max(requests?.fitsInMs(1, now) ?? 0, tokensWindow?.fitsInMs(needed(tokens), now) ?? 0)) : 0;
  const full = (): boolean => taken >= concurrency;
  const grant = (tokens: number): number => {
    taken++;
    if (!rated) return 0;
    const now = clock.now();
    requests?.add(1, now);
    return tokensWindow?.add(tokens, now) ?? 0;
  };
  const tooLong = (tokens: number, now: number): ShoalError => {
    const retryAfterMs = inMs(tokens, now);
    const which = (requests?.fitsInMs(1, now) ?? 0) >= retryAfterMs ? 'requestsPerMinute' : 'tokensPerMinute';
    return refusal({
      limit: `${name}.${which}`,
      message: `\`${name}.${which}\` is used up for the next ${seconds(retryAfterMs)}.`,
      retryAfterMs,
      hint: `Try again then, or raise \`${name}.${which}\`.`,
    });
  };
  /** Tokens come back before their minute is over when a call that is under way has used fewer than its bound. */
  const isHopeless = (tokens: number, now: number): boolean =>
    soon(requests?.fitsInMs(1, now) ?? 0) > waitMs || (taken === 0 && inMs(tokens, now) > waitMs);
  const serve = (): void => {
    callOff?.();
    callOff = undefined;
    for (let next = line.first(); next !== undefined && !full(); next = line.first()) {
      const untilMs = inMs(next.tokens, rated ? clock.now() : 0);
      if (untilMs > 0) {
        callOff = clock.after(Math.min(untilMs, waitMs), lookAgain);
        return;
      }
      line.take();
      next.enter(grant(next.tokens));
    }
  };
  const lookAgain = (): void => {
    const now = clock.now();
    for (const late of line.removeWhile((waiter) => now - waiter.sinceMs >= waitMs && inMs(waiter.tokens, now) > 0)) {
      late.refuse(tooLong(late.tokens, now));
    }
    serve();
  };

  const share = ({
    requestsPerMinute = Infinity,
    tokensPerMinute = Infinity,
    concurrency: places = Infinity,
  }: LimitSet): void => {
    short = false;
    if (shares === undefined || Math.min(requestsPerMinute, tokensPerMinute, places) === Infinity) {
      if (claimed && shared !== undefined) shares?.drop(shared);
      shared = undefined;
      claimed = false;
      return;
    }
    const limits = { requests: requestsPerMinute, tokens: tokensPerMinute, places };
    shared = {
      name,
      limits,
      used: () => {
        const now = clock.now();
        return { requests: requests?.used(now) ?? 0, tokens: tokensWindow?.used(now) ?? 0, places: taken };
      },
      askedSince: (sinceMs) => taken > 0 || askedMs >= sinceMs,
      get waiting() {
        return line.size > 0;
      },
      allow: (mine, fair) => {
        if (places !== Infinity) concurrency = mine.places;
        if (requests !== undefined) requests.limit = mine.requests;
        if (tokensWindow !== undefined) tokensWindow.limit = mine.tokens;
        largestTokens = Math.max(mine.tokens, fair.tokens);
        short = mine.requests < limits.requests || mine.tokens < limits.tokens;
        serve();
      },
    };
    if (claimed) shares.claim(shared);
  };
  const fitsNow = (tokens: number): boolean => !full() && inMs(tokens, rated ? clock.now() : 0) === 0;

  const configure = (changed: GateSettings): void => {
    concurrency = changed.limits.concurrency ?? Number.POSITIVE_INFINITY;
    queueLimit = changed.queue;
    waitMs = changed.waitMs;
    requests = withLimit(requests, changed.limits.requestsPerMinute);
    tokensWindow = withLimit(tokensWindow, changed.limits.tokensPerMinute);
    largestTokens = changed.limits.tokensPerMinute ?? Number.POSITIVE_INFINITY;
    rated = requests !== undefined || tokensWindow !== undefined;
    share(changed.together);
    serve();
  };
  configure(settings);

  return {
    configure,
    get countsTokens() {
      return tokensWindow !== undefined;
    },
    get taken() {
      return taken;
    },
    get waiting() {
      return line.size;
    },
    tryTake: (tokens) => {
      if (line.size > 0) return -1;
      if (shared === undefined) return fitsNow(tokens) ? grant(tokens) : -1;
      askedMs = clock.now();
      if (!claimed) shares?.claim(shared);
      claimed = true;
      return fitsNow(tokens) || (shares?.more(shared) === true && fitsNow(tokens)) ? grant(tokens) : -1;
    },
    wait: async (waiting) => {
      const now = clock.now();
      if (line.size >= queueLimit) {
        throw refusal({
          limit: 'limits.queue',
          message: `${queueLimit} calls already wait for \`${name}\`.`,
          retryAfterMs: undefined,
          hint: 'Try again later, or raise `limits.queue` or `limits.concurrency`.',
        });
      }
      if (isHopeless(waiting.tokens, now)) throw tooLong(waiting.tokens, now);
      return new Promise<number>((resolve, reject) => {
        const { signal } = waiting;
        const cancelled = (): void => {
          line.remove(ticket);
          reject(new ShoalError('cancelled', `The call was cancelled while it waited for \`${name}\`.`));
          // The one behind may fit where this one did not.
          if (rated) serve();
        };
        const ticket = line.add(waiting.flow, waiting.weight, {
          ...waiting,
          sinceMs: now,
          enter: (tick) => {
            signal.removeEventListener('abort', cancelled);
            resolve(tick);
          },
          refuse: (error) => {
            signal.removeEventListener('abort', cancelled);
            reject(error);
          },
        });
        if (signal.aborted) cancelled();
        else signal.addEventListener('abort', cancelled, { once: true });
        serve();
      });
    },
    give: (tick, tokens, usedTokens) => {
      taken--;
      if (tokensWindow !== undefined) tokensWindow.correct(tick, usedTokens - tokens, clock.now());
      if (line.size > 0) serve();
    },
    readyInMs: () => inMs(1, rated ? clock.now() : 0),
  };
}
