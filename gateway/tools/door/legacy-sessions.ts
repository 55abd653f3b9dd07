// All sessions of legacy clients. They are bounded in number, belong to whoever opened them, and end when nobody used them
// for a while: clients that come and go without a word must not fill the memory.
import type { LegacySession } from './legacy-session.ts';

export interface LegacySessions {
  add(session: LegacySession): void;
  /** Undefined for one that is not there, is another's, or is of another endpoint: all the same to who asks. */
  find(id: string | undefined, owner: string, endpoint: string): LegacySession | undefined;
  end(session: LegacySession): void;
  readonly size: number;
  close(): void;
}

const IDLE_MS = 30 * 60_000;
const SWEEP_MS = 60_000;

export function createLegacySessions(limit: () => number, now: () => number): LegacySessions {
  /** By last use, the oldest first. */
  const sessions = new Map<string, LegacySession>();
  const end = (session: LegacySession): void => {
    if (sessions.delete(session.id)) session.end();
  };
  const sweeping = setInterval(() => {
    for (const session of sessions.values()) {
      if (now() - session.usedMs < IDLE_MS) break;
      if (session.underWay.size === 0) end(session);
    }
  }, SWEEP_MS).unref();
  return {
    add: (session) => {
      while (sessions.size >= limit()) {
        const [oldest] = sessions.values();
        if (oldest === undefined) break;
        end(oldest);
      }
      sessions.set(session.id, session);
    },
    find: (id, owner, endpoint) => {
      const session = id === undefined ? undefined : sessions.get(id);
      if (session === undefined || session.owner !== owner || session.endpoint.name !== endpoint) return undefined;
      session.usedMs = now();
      sessions.delete(session.id);
      sessions.set(session.id, session);
      return session;
    },
    end,
    get size() {
      return sessions.size;
    },
    close: () => {
      clearInterval(sweeping);
      for (const session of sessions.values()) end(session);
    },
  };
}
