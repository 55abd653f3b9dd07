// A circuit breaker. Closed: everything passes and failures are counted over a sliding window. Open: nothing passes
// for a while. Half-open: a few probes pass; if all succeed it closes, and one failure opens it for twice as long.
// An attempt may be forced through an open breaker; it then is a probe like any other.
import type { BreakerSettings } from './settings.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';
export type Outcome = 'ok' | 'failed' | 'neutral';

/** Which life of the breaker an attempt belongs to: what it says after the next change is old news. */
export type Pass = number;

export interface Breaker {
  state(nowMs: number): BreakerState;
  readonly openUntilMs: number;
  /** 0 = an attempt may pass. */
  blockedMs(nowMs: number): number;
  enter(nowMs: number): Pass;
  leave(pass: Pass, outcome: Outcome, nowMs: number): void;
}

/** The window is counted in so many parts. */
const PARTS = 10;
/** While all probes are out there is no time to name. */
const PROBING_MS = 1;

/** The settings are asked for anew each time: they may change. */
export function createBreaker(current: () => BreakerSettings): Breaker {
  const total = new Float64Array(PARTS);
  const failed = new Float64Array(PARTS);
  let newest = 0;
  let countedMs = 0;
  let inARow = 0;
  let state: BreakerState = 'closed';
  let openUntilMs = 0;
  let openMs = current().openMs;
  let probesOut = 0;
  let probesOk = 0;
  let life = 0;

  const become = (next: BreakerState): void => {
    state = next;
    life++;
    probesOut = 0;
    probesOk = 0;
  };
  const open = (nowMs: number): void => {
    become('open');
    openUntilMs = nowMs + openMs;
    openMs = Math.min(current().maxOpenMs, openMs * 2);
  };
  const close = (): void => {
    become('closed');
    openMs = current().openMs;
    inARow = 0;
    total.fill(0);
    failed.fill(0);
  };
  const look = (nowMs: number): void => {
    if (state === 'open' && nowMs >= openUntilMs) become('half-open');
  };
  /** Parts of another length cannot be told apart from these. */
  const forget = (part: number, windowMs: number): void => {
    total.fill(0);
    failed.fill(0);
    newest = part;
    countedMs = windowMs;
  };
  const count = (outcome: 'ok' | 'failed', nowMs: number): void => {
    const { windowMs, minimum, failureRatio, consecutive } = current();
    const part = Math.floor((nowMs * PARTS) / windowMs);
    if (windowMs !== countedMs) forget(part, windowMs);
    for (let passing = Math.max(newest + 1, part - PARTS + 1); passing <= part; passing++) {
      total[passing % PARTS] = 0;
      failed[passing % PARTS] = 0;
    }
    newest = Math.max(newest, part);
    const slot = newest % PARTS;
    total[slot] = (total[slot] ?? 0) + 1;
    if (outcome === 'ok') {
      inARow = 0;
      return;
    }
    failed[slot] = (failed[slot] ?? 0) + 1;
    inARow++;
    const attempts = total.reduce((sum, amount) => sum + amount, 0);
    const failures = failed.reduce((sum, amount) => sum + amount, 0);
    const tooMany = attempts >= minimum && failures >= attempts * failureRatio;
    if (tooMany || inARow >= consecutive) open(nowMs);
  };

  return {
    state: (nowMs) => {
      look(nowMs);
      return state;
    },
    get openUntilMs() {
      return openUntilMs;
    },
    blockedMs: (nowMs) => {
      if (state === 'closed') return 0;
      look(nowMs);
      if (state === 'open') return openUntilMs - nowMs;
      return probesOut < current().probes ? 0 : PROBING_MS;
    },
    enter: (nowMs) => {
      if (state === 'closed') return life;
      look(nowMs);
      if (state === 'open') become('half-open');
      probesOut++;
      return life;
    },
    leave: (pass, outcome, nowMs) => {
      if (pass !== life) return;
      if (state === 'closed') {
        if (outcome !== 'neutral') count(outcome, nowMs);
        return;
      }
      probesOut--;
      if (outcome === 'failed') open(nowMs);
      else if (outcome === 'ok' && ++probesOk >= current().probes) close();
    },
  };
}
