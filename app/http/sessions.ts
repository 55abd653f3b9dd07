// Sign-ins at the page. A session stands for a key and ends with it: when the key expires, is disabled, deleted, or
// rotated past its grace. The cookie holds a random token of which only the hash is kept, in memory: after a restart
// people sign in again.
import { randomBytes } from 'node:crypto';
import { ShoalError } from '#foundation';
import { digestOf } from '#gateway';
import type { Keys, Principal } from '#gateway/contract';
import { principalOr } from './key-refusals.ts';

export interface Sessions {
  /** The principal of a key, and the token for its cookie; `unauthenticated` is returned. */
  open(key: string): { readonly principal: Principal; readonly token: string; readonly seconds: number } | ShoalError;
  principalOf(cookies: string | undefined): Principal | undefined;
  close(cookies: string | undefined): void;
}

interface Session {
  readonly keyDigest: string;
  readonly endsMs: number;
}

const COOKIE = 'shoal_session';
const MOST_SESSIONS = 10_000;

export function createSessions(keys: Keys, hours: () => number, now: () => number): Sessions {
  const sessions = new Map<string, Session>();
  /** The map is in the order of signing in: the oldest goes first. */
  const makeRoom = (): void => {
    const [oldest] = sessions.keys();
    if (oldest !== undefined && sessions.size >= MOST_SESSIONS) sessions.delete(oldest);
  };
  return {
    open: (key) => {
      const principal = principalOr(keys.authenticate(key));
      if (principal instanceof ShoalError) return principal;
      makeRoom();
      const token = randomBytes(32).toString('base64url');
      const seconds = Math.round(hours() * 3600);
      sessions.set(digestOf(token), { keyDigest: digestOf(key), endsMs: now() + seconds * 1000 });
      return { principal, token, seconds };
    },
    principalOf: (cookies) => {
      const token = cookieOf(cookies);
      const session = token === undefined ? undefined : sessions.get(digestOf(token));
      if (session === undefined || session.endsMs <= now()) return undefined;
      const principal = keys.recognise(session.keyDigest);
      return principal.kind === 'refused' ? undefined : principal;
    },
    close: (cookies) => {
      const token = cookieOf(cookies);
      if (token !== undefined) sessions.delete(digestOf(token));
    },
  };
}

function cookieOf(cookies: string | undefined): string | undefined {
  return cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
}

/** `secure` where the browser speaks TLS to a proxy. No seconds: the cookie is taken away. */
export function sessionCookie(token: string, seconds: number, secure: boolean): string {
  return `${COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
