// The HTTP face of the app: security first, then the API, then the page. Errors leave as problem documents.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyMultipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { ZodError } from 'zod';
import { ShoalError, toShoalError } from '#foundation';
import { invalidInput, problemOf } from '../problem.ts';
import type { System } from '../system.ts';
import { registerDocs } from './docs.ts';
import { agentRoutes } from './routes/agents.ts';
import { graphRoutes } from './routes/graph.ts';
import { metaRoutes } from './routes/meta.ts';
import { reportRoutes } from './routes/report.ts';
import { runRoutes } from './routes/runs.ts';
import { worldRoutes } from './routes/world.ts';
import { checkOrigin } from './security.ts';

const PAGE = fileURLToPath(new URL('../../dist/page', import.meta.url));
const MIB = 1024 * 1024;
const MAX_BODY_BYTES = 2 * MIB;
const MAX_UPLOAD_BYTES = 64 * MIB;
const MAX_FILES = 200;

/** What is over a limit, and what to do. */
const LIMITS: Readonly<Record<string, readonly [says: string, hint: string]>> = {
  FST_REQ_FILE_TOO_LARGE: [
    `A file is over the limit of ${MAX_UPLOAD_BYTES / MIB} MiB.`,
    'Split the file, or leave out what is not text.',
  ],
  FST_FILES_LIMIT: [`The upload holds more than ${MAX_FILES} files.`, 'Send them in several uploads; a run takes up to 200.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [`The body is over the limit of ${MAX_BODY_BYTES / MIB} MiB.`, 'Documents go to /api/v1/uploads.'],
};

/** Strict, since reports and posts carry other people's words: nothing from elsewhere, no inline script. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

export async function createServer(system: System): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
    // Faults from before there is a route, such as an address that cannot be decoded.
    frameworkErrors: (error, _request, reply) => answerFault(error, reply),
  });
  server.addHook('onRequest', async (request, reply) => {
    checkOrigin(request.method, request.headers);
    void reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  server.setErrorHandler((thrown, _request, reply) => answerFault(thrown, reply));
  await server.register(fastifyMultipart, { limits: { fileSize: MAX_UPLOAD_BYTES, files: MAX_FILES, fields: 4 } });
  await registerDocs(server);
  for (const routes of [metaRoutes, runRoutes, graphRoutes, worldRoutes, agentRoutes, reportRoutes]) routes(server, system);
  await servePage(server);
  return server;
}

function answerFault(thrown: unknown, reply: FastifyReply): void {
  const problem = problemOf(asShoalError(thrown));
  void reply.code(problem.status).type('application/problem+json').send(problem);
}

async function servePage(server: FastifyInstance): Promise<void> {
  const built = existsSync(PAGE);
  if (built) {
    await server.register(fastifyStatic, {
      root: PAGE,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        const lasting = path.includes('/assets/');
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const forPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (forPage && built && !/^\/(api|v1)\//.test(request.url)) return reply.sendFile('index.html');
    const problem = problemOf(
      forPage && !built
        ? new ShoalError('not_found', 'The page is not built.', { hint: 'Run `npm run build`, or start Shoal with `npm start`.' })
        : new ShoalError('not_found', `There is nothing at ${request.method} ${request.url.slice(0, 200)}.`, {
            hint: 'The API is described at /docs.',
          }),
    );
    return reply.code(404).type('application/problem+json').send(problem);
  });
}

/** Fastify's own faults (bad JSON, too large, wrong media type) and zod's, in our words. */
function asShoalError(thrown: unknown): ShoalError {
  if (thrown instanceof ZodError) return invalidInput(thrown, 'Compare it with /docs.');
  const { code, statusCode, message } = thrown as Partial<FastifyError>;
  const limit = code === undefined ? undefined : LIMITS[code];
  if (limit !== undefined) return new ShoalError('document_too_large', limit[0], { hint: limit[1] });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new ShoalError('invalid_input', 'The body is of a kind that is not taken here.', {
      hint: 'Send JSON with the header content-type: application/json; documents go to /api/v1/uploads.',
    });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500 && code?.startsWith('FST_')) {
    return new ShoalError('invalid_input', message ?? 'The request is not valid.', { hint: 'Compare it with /docs.' });
  }
  return toShoalError(thrown);
}
