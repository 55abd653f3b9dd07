// Signing in at the page with a key, by form or JSON; who is signed in; signing out.
import type { FastifyInstance } from 'fastify';
import { SessionRequest, SessionView } from '#api/contract';
import { ShoalError } from '#foundation';
import type { Principal } from '#gateway/contract';
import { route } from '../route.ts';
import type { Door } from '../security.ts';
import { sessionCookie, type Sessions } from '../sessions.ts';
import { signInPage } from '../sign-in.ts';

const FORM = 'application/x-www-form-urlencoded';

export function sessionRoutes(server: FastifyInstance, sessions: Sessions, door: Door): void {
  server.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  server.get('/sign-in', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html').header('cache-control', 'no-store').send(signInPage(undefined)),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/session',
      summary: 'Sign in at the page with a key',
      body: SessionRequest,
      answer: SessionView,
      status: 201,
    },
    ({ body, request, reply }) => {
      const opened = sessions.open(body.key.trim());
      const byForm = (request.headers['content-type'] ?? '').startsWith(FORM);
      if (opened instanceof ShoalError) {
        if (!byForm) throw opened;
        return reply.code(401).type('text/html').send(signInPage(opened.message));
      }
      const secure = request.headers['x-forwarded-proto'] === 'https';
      void reply.header('set-cookie', sessionCookie(opened.token, opened.seconds, secure)).header('cache-control', 'no-store');
      return byForm ? reply.redirect('/', 303) : viewOf(opened.principal);
    },
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/session', summary: 'Who is asking, and what they may do', answer: SessionView },
    ({ request }) => {
      const who = door.identify(request.headers, request.socket.remoteAddress);
      if (who instanceof ShoalError) throw who;
      return viewOf(who);
    },
  );
  route(server, { method: 'DELETE', url: '/api/v1/session', summary: 'Sign out', status: 204 }, ({ request, reply }) => {
    sessions.close(request.headers.cookie);
    return reply
      .code(204)
      .header('set-cookie', sessionCookie('', 0, false))
      .send();
  });
}

const viewOf = ({ kind, name, scopes }: Principal): SessionView => ({ kind, name, scopes: [...scopes] });
