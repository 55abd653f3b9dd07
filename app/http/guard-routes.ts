// Asks of every request who it is and whether its scope allows the route. The scope of a route is looked up once, when
// the route is added. A person without a key who opens the page, where there is one, gets a form to sign in with.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ShoalError } from '#foundation';
import { holdsScope } from '#gateway';
import type { Principal, Scope } from '#gateway/contract';
import { routeScope, type Needed } from './scopes.ts';
import type { Door } from './security.ts';
import { signInPage } from './sign-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    needs?: Needed;
  }
}

export function guardRoutes(server: FastifyInstance, door: Door, hasPage = true): void {
  server.decorateRequest('principal', null);
  server.addHook('onRoute', (options) => {
    options.config = { ...options.config, needs: routeScope([options.method].flat(), options.url) };
  });
  server.addHook('onRequest', async (request, reply) => {
    // What is at no route shows nothing, but neither does it tell strangers what there is.
    const needs = request.routeOptions.config.needs ?? 'read';
    if (needs === 'public') return undefined;
    const who = door.identify(request.headers, request.socket.remoteAddress);
    if (who instanceof ShoalError) {
      if (!hasPage || !wantsPage(request)) throw who;
      return reply.code(401).type('text/html').header('cache-control', 'no-store').send(signInPage(undefined));
    }
    if (!holdsScope(who, needs)) throw lacks(who, needs);
    request.principal = who;
    return undefined;
  });
}

/** Who did it, as the audit chain names them. */
export function actorOf({ principal }: FastifyRequest): string {
  return principal?.kind === 'key' ? `key:${principal.keyId} (${principal.name})` : 'local';
}

const wantsPage = ({ method, headers, url }: FastifyRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html') && !/^\/(api|v1)\//.test(url);

function lacks({ name, scopes }: Principal, needed: Scope): ShoalError {
  return new ShoalError('forbidden', `The key “${name}” may not do this: it needs the scope \`${needed}\`.`, {
    hint: `It has ${[...scopes].join(', ')}. Use another key, or have an administrator change this one.`,
    details: { needed },
  });
}
