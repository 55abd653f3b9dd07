// The HTTP face of the app: security first, then the API, then the page. Errors leave as problem documents.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyMultipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { ShoalError, toShoalError } from '#foundation';
import { problemOf } from '../problem.ts';
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
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 200;

/** Strict, since reports and posts carry other people's words: nothing from elsewhere, no inline script. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

export async function createServer(system: System): Promise<FastifyInstance> {
  const server = fastify({ bodyLimit: 2 * 1024 * 1024, forceCloseConnections: true, routerOptions: { maxParamLength: 400 } });
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
  server.setErrorHandler((thrown, _request, reply) => {
    const problem = problemOf(asShoalError(thrown));
    void reply.code(problem.status).type('application/problem+json').send(problem);
  });
  await server.register(fastifyMultipart, { limits: { fileSize: MAX_UPLOAD_BYTES, files: MAX_FILES, fields: 4 } });
  await registerDocs(server);
  for (const routes of [metaRoutes, runRoutes, graphRoutes, worldRoutes, agentRoutes, reportRoutes]) routes(server, system);
  await servePage(server);
  return server;
}

async function servePage(server: FastifyInstance): Promise<void> {
  const built = existsSync(PAGE);
  if (built) {
    await server.register(fastifyStatic, {
      root: PAGE,
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
  if (thrown instanceof ZodError) {
    const problems = thrown.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return new ShoalError('invalid_input', `The request is not valid: ${problems.join('; ')}.`, {
      hint: 'Compare it with /docs.',
      details: { problems },
    });
  }
  const { code, statusCode, message } = thrown as Partial<FastifyError>;
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') {
    return new ShoalError(
      'document_too_large',
      `The upload is over the limit of ${MAX_UPLOAD_BYTES / 1024 / 1024} MiB per file.`,
      {
        hint: 'Split the file, or leave out what is not text.',
      },
    );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500 && code?.startsWith('FST_')) {
    return new ShoalError('invalid_input', message ?? 'The request is not valid.', { hint: 'Compare it with /docs.' });
  }
  return toShoalError(thrown);
}
