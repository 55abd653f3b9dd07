// /openapi.json and the interactive /docs, made from the routes themselves.
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { shoalVersion } from '../version.ts';

export async function registerDocs(server: FastifyInstance): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Shoal',
        version: shoalVersion(),
        description: 'Rehearse the future: runs, graphs, worlds, agents and reports.',
      },
    },
  });
  await server.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Shoal API', css: [{ filename: 'shoal.css', content: '.swagger-ui .topbar { display: none }' }] },
  });
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger());
}
