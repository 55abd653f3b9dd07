// What is under way when the gateway closes: it is cancelled and waited for, so that every hold is settled before the
// ledger closes. Afterwards nothing new begins. Each call has a signal of its own: thousands that listened to the same
// one would each pay for all the others, since listeners are kept in a list.
import { ShoalError } from '#foundation';

export interface InFlight {
  /**
   * Runs `work` with a signal that fires with the caller's and when the gateway closes.
   * Throws `cancelled` once the gateway is closing.
   */
  run<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The same for work with a controller of its own, which is aborted when the gateway closes; `leave` follows once. */
  enter(controller: AbortController): void;
  leave(controller: AbortController): void;
  end(): Promise<void>;
}

export function createInFlight(): InFlight {
  const tracked = new Set<AbortController>();
  const sources = new Map<AbortSignal, Followers>();
  let closed = false;
  let emptied: (() => void) | undefined;

  const follow = (source: AbortSignal, controller: AbortController): void => {
    let followers = sources.get(source);
    if (followers === undefined) sources.set(source, (followers = followersOf(source)));
    followers.controllers.add(controller);
    if (source.aborted) controller.abort();
  };
  const unfollow = (source: AbortSignal, controller: AbortController): void => {
    const followers = sources.get(source);
    followers?.controllers.delete(controller);
    if (followers?.controllers.size !== 0) return;
    source.removeEventListener('abort', followers.abort);
    sources.delete(source);
  };
  const enter = (controller: AbortController): void => {
    if (closed) controller.abort();
    tracked.add(controller);
  };
  const leave = (controller: AbortController): void => {
    tracked.delete(controller);
    if (tracked.size === 0) emptied?.();
  };
  return {
    run: async (source, work) => {
      if (closed) throw new ShoalError('cancelled', 'The gateway is closed.');
      const controller = new AbortController();
      enter(controller);
      if (source !== undefined) follow(source, controller);
      try {
        return await work(controller.signal);
      } finally {
        if (source !== undefined) unfollow(source, controller);
        leave(controller);
      }
    },
    enter,
    leave,
    end: async () => {
      closed = true;
      for (const controller of tracked) controller.abort();
      if (tracked.size > 0) await new Promise<void>((resolve) => (emptied = resolve));
    },
  };
}

/** Calls under one caller's signal, e.g. a run's, behind one listener. */
interface Followers {
  readonly controllers: Set<AbortController>;
  readonly abort: () => void;
}

function followersOf(source: AbortSignal): Followers {
  const controllers = new Set<AbortController>();
  const abort = (): void => {
    for (const controller of controllers) controller.abort();
  };
  source.addEventListener('abort', abort, { once: true });
  return { controllers, abort };
}
