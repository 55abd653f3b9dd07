// Who may come in. Bound to loopback, the page and the API work at once, but only for pages of our own: the Host header
// must name this machine (no DNS rebinding) and a request that changes something must not come from another site.
// Everywhere else each request needs a key. Shoal speaks plain HTTP: beyond one machine, TLS is a proxy's job.
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { ShoalError } from '#foundation';
import { LOCAL_PRINCIPAL, TOKEN_PREFIX } from '#gateway';
import type { Keys, Principal } from '#gateway/contract';
import type { AccessSettings } from '../config.ts';
import { keyNeeded, principalOr, refusedKey } from './key-refusals.ts';
import type { Sessions } from './sessions.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const ANY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const isLoopback = (host: string): boolean => LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);
const isLocalRemote = (remote: string | undefined): boolean =>
  remote !== undefined && isLoopback(remote.startsWith('::ffff:') ? remote.slice(7) : remote);
const hostnameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();
const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Throws unless the server may be bound to this host. */
export function checkBinding(host: string, hasAdminKey: boolean): void {
  if (isLoopback(host) || hasAdminKey) return;
  throw new ShoalError('invalid_config', `Shoal will not listen on ${host}: anyone who can reach it could use it.`, {
    hint: 'Make an administrator’s key first: npx shoal keys create --name admin --scopes admin. Or leave --host at 127.0.0.1.',
  });
}

/** What of the binding and the configuration decides who comes in. */
export interface DoorOptions {
  /** What the server is bound to. */
  readonly host: string;
  readonly keys: Pick<Keys, 'authenticate'>;
  readonly sessions: Pick<Sessions, 'principalOf'>;
  /** Asked at each request, since a new configuration comes into force while the server runs. */
  readonly access: () => AccessSettings;
}

export interface Door {
  /** Throws `origin_refused` for a request that another site caused, or that names a host that is not ours. */
  checkOrigin(method: string, headers: IncomingHttpHeaders): void;
  /**
   * Who asks; an `unauthenticated` fault is returned, not thrown. `remote` is the socket's other end; a key in `url` is
   * looked for only where it is given.
   */
  identify(headers: IncomingHttpHeaders, remote: string | undefined, url?: string): Principal | ShoalError;
}

export function createDoor({ host: bound, keys, sessions, access }: DoorOptions): Door {
  const boundToLoopback = isLoopback(bound);

  /** An address cannot be rebound to another machine, a name can. */
  const isOurs = (hostname: string): boolean =>
    isLoopback(hostname) ||
    hostname === bound.toLowerCase() ||
    bare(hostname) === bare(bound) ||
    (ANY_ADDRESS.has(bound) && isIP(bare(hostname)) !== 0) ||
    access().allowedHosts.includes(hostname);

  /** The person at this machine. What came through a proxy, or by a public name, did not begin here. */
  const isLocal = (headers: IncomingHttpHeaders, remote: string | undefined): boolean =>
    boundToLoopback &&
    isLocalRemote(remote) &&
    !access().requireKeys &&
    isLoopback(hostnameOf(headers.host ?? '')) &&
    headers['x-forwarded-for'] === undefined &&
    headers['forwarded'] === undefined;

  return {
    checkOrigin: (method, headers) => checkOrigin(method, headers, isOurs),
    identify: (headers, remote, url) => {
      const given = givenKeys(headers, url);
      const own = given.find((token) => token.startsWith(TOKEN_PREFIX));
      if (own !== undefined) return principalOr(keys.authenticate(own));
      // Clients insist on sending some key; here that is as good as none.
      if (isLocal(headers, remote)) return LOCAL_PRINCIPAL;
      return sessions.principalOf(headers.cookie) ?? (given.length === 0 ? keyNeeded() : refusedKey('unknown'));
    },
  };
}

/** By every header that one of the model APIs has for it; Google's has `?key=` too. */
function givenKeys(headers: IncomingHttpHeaders, url: string | undefined): readonly string[] {
  const { authorization } = headers;
  const keys: string[] = [];
  if (authorization !== undefined && /^bearer /i.test(authorization)) keys.push(authorization.slice(7).trim());
  for (const name of ['x-api-key', 'x-goog-api-key']) {
    const key = headers[name];
    if (typeof key === 'string') keys.push(key.trim());
  }
  const inUrl = url === undefined ? undefined : /[?&]key=([^&]+)/.exec(url)?.[1];
  if (inUrl !== undefined) keys.push(inUrl);
  return keys;
}

function checkOrigin(method: string, headers: IncomingHttpHeaders, isOurs: (hostname: string) => boolean): void {
  const host = headers.host ?? '';
  const hostname = hostnameOf(host);
  if (!isOurs(hostname)) {
    throw new ShoalError('origin_refused', `The request names the host “${host.slice(0, 100)}”, which is not this machine.`, {
      hint: 'Open the address that Shoal printed, or name the host under `access.allowedHosts` in config.yaml.',
    });
  }
  const { origin } = headers;
  // Beyond this machine a proxy may speak TLS for us, and the page is then an https page.
  const own = origin === `http://${host}` || (origin === `https://${host}` && !isLoopback(hostname));
  const crossSite = headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && !own);
  if (crossSite && !(SAFE_METHODS.has(method) && origin === undefined && headers['sec-fetch-mode'] === 'navigate')) {
    throw new ShoalError('origin_refused', 'The request comes from another site.', {
      hint: 'Use Shoal from its own page, or call the API without an Origin header.',
    });
  }
}
