// Live news of one run for any number of readers. Events have increasing numbers; a reader who comes back with the
// last number it saw gets what it missed, or a fresh picture of the run where that is no longer kept.
import { EventEmitter } from 'node:events';
import type { RunEvent, RunView } from '#api/contract';

const KEPT = 2000;

/** Without its number, which the hub gives. `Omit` over a union needs to go member by member. */
type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

export interface EventHub {
  publish(event: Unnumbered<RunEvent>): void;
  /** Events after `lastSeen` (exclusive) from the ones kept, then live ones, until `signal` aborts. */
  read(lastSeen: number | undefined, current: () => RunView, signal: AbortSignal): AsyncGenerator<RunEvent>;
}

export function createEventHub(): EventHub {
  const kept: RunEvent[] = [];
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  // Numbers go on from the clock, so that those of a server started later are always higher.
  let next = Date.now();

  return {
    publish: (event) => {
      const numbered = { ...event, seq: next++ };
      kept.push(numbered);
      if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
      emitter.emit('event');
    },
    async *read(lastSeen, current, signal) {
      const known = lastSeen !== undefined && kept.some((event) => event.seq === lastSeen);
      let cursor = known ? lastSeen : (kept.at(-1)?.seq ?? next++);
      if (!known) yield { kind: 'run', seq: cursor, run: current() };
      while (!signal.aborted) {
        const fresh = kept.filter((event) => event.seq > cursor);
        for (const event of fresh) {
          cursor = event.seq;
          yield event;
        }
        if (fresh.length === 0) await nextEvent(emitter, signal);
      }
    },
  };
}

function nextEvent(emitter: EventEmitter, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      emitter.off('event', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    emitter.once('event', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
