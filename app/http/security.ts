// Who may come in. On loopback the page works at once, but only for pages of our own: the Host header must name
// this machine (no DNS rebinding) and a request that changes something must not come from another site.
import { ShoalError } from '#foundation';
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const isLoopback = (host: string): boolean => LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);

/** Throws unless the server may be bound to this host without keys. */
export function checkBinding(host: string): void {
  if (isLoopback(host)) return;
  throw new ShoalError(
    'invalid_config',
    `Shoal will not listen on ${host}: anyone who can reach it could use it, and this version has no keys.`,
    {
      hint: 'Leave --host at 127.0.0.1 and reach it through an SSH tunnel or a proxy that asks who is there.',
    },
  );
}

const hostnameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** Throws `origin_refused` for a request that another site caused, or that names a host that is not ours. */
export function checkOrigin(method: string, headers: IncomingHttpHeaders): void {
  const host = headers.host ?? '';
  if (!isLoopback(hostnameOf(host))) {
    throw new ShoalError('origin_refused', `The request names the host “${host.slice(0, 100)}”, which is not this machine.`, {
      hint: 'Open http://127.0.0.1 or http://localhost with the port that Shoal printed.',
    });
  }
  const { origin } = headers;
  const crossSite = headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && origin !== `http://${host}`);
  if (crossSite && !(SAFE_METHODS.has(method) && origin === undefined && headers['sec-fetch-mode'] === 'navigate')) {
    throw new ShoalError('origin_refused', 'The request comes from another site.', {
      hint: 'Use Shoal from its own page, or call the API without an Origin header.',
    });
  }
}
