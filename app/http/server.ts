// The HTTP face of the app: security first, then the API, then the page. Errors leave as problem documents.
import { existsSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { ShoalError, toShoalError } from '#foundation';
import { invalidInput, problemOf } from '../problem.ts';
import type { GatewaySystem } from '../gateway-system.ts';
import type { System } from '../system.ts';
import { watchConfig, type ConfigReload } from '../config-reload.ts';
import { guardRoutes } from './guard-routes.ts';
import { registerDocs } from './docs.ts';
import { MAX_BODY_BYTES, MAX_FILES, MAX_UPLOAD_BYTES, MIB } from './limits.ts';
import { auditRoutes } from './routes/audit.ts';
import { configRoutes } from './routes/config.ts';
import { budgetRoutes } from './routes/budgets.ts';
import { gatewayRoutes } from './routes/gateway.ts';
import { keyRoutes } from './routes/keys.ts';
import { healthRoutes } from './routes/meta.ts';
import { sessionRoutes } from './routes/session.ts';
import { toolRoutes } from './routes/tools.ts';
import { traceRoutes } from './routes/traces.ts';
import { createDoor } from './security.ts';
import { createSessions } from './sessions.ts';

const PAGE = fileURLToPath(new URL('../../dist/page', import.meta.url));
/** Longer than clients keep a connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 72_000;

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

const GATEWAY_ROUTES = [keyRoutes, auditRoutes, traceRoutes, budgetRoutes, gatewayRoutes, toolRoutes];

export interface ServerOptions {
  /** The address that the server will be bound to: it decides who needs a key. */
  readonly host?: string;
  /** Whether a changed config.yaml waits for somebody who confirms it. */
  readonly reload?: 'confirm' | 'auto';
  readonly log?: (line: string) => void;
  /** Folder of the built page. */
  readonly page?: string;
}

/** The whole app. */
export async function createServer(system: System, options: ServerOptions = {}): Promise<FastifyInstance> {
  const { appRoutes } = await import('./app-routes.ts');
  return serverFor(system, options, async (server, config) => appRoutes(server, system, () => config.current.documents));
}

/** The model APIs and what governs them, without runs, uploads and page. */
export function createGatewayServer(system: GatewaySystem, options: ServerOptions = {}): Promise<FastifyInstance> {
  return serverFor(system, options, undefined);
}

async function serverFor(
  system: GatewaySystem,
  options: ServerOptions,
  addApp: ((server: FastifyInstance, config: ConfigReload) => Promise<void>) | undefined,
): Promise<FastifyInstance> {
  const { host = '127.0.0.1', reload = 'confirm', log = () => undefined, page = PAGE } = options;
  const { gateway, home } = system;
  const config = watchConfig({
    path: home.config,
    current: system.settings,
    mode: reload,
    reconfigure: (settings) => system.reconfigure(settings),
    audit: gateway.audit,
    redact: (text) => gateway.redact(text),
    log,
  });
  const sessions = createSessions(gateway.keys, () => config.current.access.sessionHours, Date.now);
  const door = createDoor({ host, keys: gateway.keys, sessions, access: () => config.current.access });
  const modelDoors = system.modelDoors((request) => {
    door.checkOrigin(request.method ?? '', request.headers);
    const principal = door.identify(request.headers, request.socket.remoteAddress, geminiUrl(request.url));
    if (principal instanceof ShoalError) throw principal;
    return principal;
  });
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
    serverFactory: (handler) => {
      // The model APIs do without a framework: thousands of agents go through them.
      const http = createHttpServer((request, response) => {
        if (!modelDoors(request, response)) handler(request, response);
      });
      http.keepAliveTimeout = KEEP_ALIVE_MS;
      return http;
    },
    // Faults from before there is a route, such as an address that cannot be decoded.
    frameworkErrors: (error, _request, reply) => answerFault(error, reply),
  });
  server.addHook('onRequest', async (request, reply) => {
    door.checkOrigin(request.method, request.headers);
    void reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  guardRoutes(server, door, addApp !== undefined);
  server.addHook('onClose', async () => config.close());
  server.setErrorHandler((thrown, _request, reply) => answerFault(thrown, reply));
  await registerDocs(server);
  // Without the app there is nothing that would read a document.
  healthRoutes(server, system, () => addApp !== undefined && config.current.documents.allowUrls);
  for (const routes of GATEWAY_ROUTES) routes(server, system);
  configRoutes(server, config);
  if (addApp !== undefined) {
    await addApp(server, config);
    await server.register(async (scope) => sessionRoutes(scope, sessions, door));
    await servePage(server, page);
  } else server.setNotFoundHandler((request, reply) => answerFault(nothingAt(request), reply));
  return server;
}

/** A key in the address is Google's way only, and ends up in logs: no other door takes it. */
function geminiUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^\/v1beta\/models\?|^\/v1(beta)?\/models\//.test(url) ? url : undefined;
}

function answerFault(thrown: unknown, reply: FastifyReply): void {
  const problem = problemOf(asShoalError(thrown));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.code(problem.status).type('application/problem+json').send(problem);
}

async function servePage(server: FastifyInstance, page: string): Promise<void> {
  const built = existsSync(page);
  if (built) {
    await server.register(fastifyStatic, {
      root: page,
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
    return answerFault(forPage && !built ? notBuilt() : nothingAt(request), reply);
  });
}

function notBuilt(): ShoalError {
  return new ShoalError('not_found', 'The page is not built.', { hint: 'Run `npm run build`, or start Shoal with `npm start`.' });
}

function nothingAt({ method, url }: FastifyRequest): ShoalError {
  return new ShoalError('not_found', `There is nothing at ${method} ${url.slice(0, 200)}.`, {
    hint: 'The API is described at /docs.',
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
