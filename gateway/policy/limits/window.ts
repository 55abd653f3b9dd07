// How much was used in the last minute. Exact meaning: no 60 seconds, wherever they begin, hold more than was let in
// by `fits`. Time is cut into ticks of one second; a tick's amount leaves as a whole once all of it is a minute old,
// so the window is 60 to 61 seconds long. Constant memory and time, whatever the rate.

const TICK_MS = 1000;
const TICKS = 61;

export interface Window {
  /** May be changed at any time; what is counted stays. */
  limit: number;
  used(nowMs: number): number;
  fits(amount: number, nowMs: number): boolean;
  /** Adds, whether it fits or not; the tick that is returned names the amount for a later correction. */
  add(amount: number, nowMs: number): number;
  /** Changes what an earlier `add` counted; what has left the window already can only be added to, as of now. */
  correct(tick: number, byAmount: number, nowMs: number): void;
  /** Until `amount` would fit if nothing else were added. */
  fitsInMs(amount: number, nowMs: number): number;
  /** Until nothing is counted any more. */
  emptyInMs(nowMs: number): number;
}

export function createWindow(limit: number): Window {
  const amounts = new Float64Array(TICKS);
  let total = 0;
  /** The newest tick that `amounts` speaks of. */
  let newest = 0;
  let lastUsed = -TICKS;

  const advance = (nowMs: number): number => {
    const tick = Math.floor(nowMs / TICK_MS);
    if (tick - newest >= TICKS) {
      amounts.fill(0);
      total = 0;
    } else {
      for (let passing = newest + 1; passing <= tick; passing++) {
        const slot = passing % TICKS;
        total -= amounts[slot] ?? 0;
        amounts[slot] = 0;
      }
    }
    newest = Math.max(newest, tick);
    return newest;
  };
  const put = (tick: number, amount: number): void => {
    const slot = tick % TICKS;
    amounts[slot] = (amounts[slot] ?? 0) + amount;
    total += amount;
  };
  /** When a tick's amount leaves. */
  const leavesInMs = (tick: number, nowMs: number): number => Math.max(0, (tick + TICKS) * TICK_MS - nowMs);

  const window: Window = {
    limit,
    used: (nowMs) => {
      advance(nowMs);
      return total;
    },
    fits: (amount, nowMs) => {
      advance(nowMs);
      return total + amount <= window.limit;
    },
    add: (amount, nowMs) => {
      lastUsed = advance(nowMs);
      put(lastUsed, amount);
      return lastUsed;
    },
    correct: (tick, byAmount, nowMs) => {
      const now = advance(nowMs);
      if (now - tick < TICKS) put(tick, byAmount);
      else if (byAmount > 0) put((lastUsed = now), byAmount);
    },
    fitsInMs: (amount, nowMs) => {
      const now = advance(nowMs);
      let left = total;
      if (left + amount <= window.limit) return 0;
      for (let tick = now - TICKS + 1; tick <= now; tick++) {
        left -= amounts[((tick % TICKS) + TICKS) % TICKS] ?? 0;
        if (left + amount <= window.limit) return leavesInMs(tick, nowMs);
      }
      return leavesInMs(now, nowMs);
    },
    emptyInMs: (nowMs) => (advance(nowMs) - lastUsed < TICKS && total > 0 ? leavesInMs(lastUsed, nowMs) : 0),
  };
  return window;
}

/** What has been counted, under a limit that may have changed; undefined = no limit any more. */
export function withLimit(window: Window | undefined, limit: number | undefined): Window | undefined {
  if (limit === undefined) return undefined;
  if (window === undefined) return createWindow(limit);
  window.limit = limit;
  return window;
}
