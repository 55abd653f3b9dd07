// What is here: health, status, scenarios, models.
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { ScenarioView, StatusView } from '#api/contract';
import { listScenarios } from '#scenarios';
import type { System } from '../../system.ts';
import { shoalVersion } from '../../version.ts';
import { route } from '../route.ts';

export function metaRoutes(server: FastifyInstance, system: System): void {
  const health = z.object({ status: z.literal('ok') });
  route(server, { method: 'GET', url: '/healthz', summary: 'The process is alive', answer: health }, () => ({ status: 'ok' }));
  route(server, { method: 'GET', url: '/readyz', summary: 'The catalogue answers', answer: health }, () => {
    system.runs.list();
    return { status: 'ok' };
  });
  route(server, { method: 'GET', url: '/api/v1/status', summary: 'Version, home folder, models', answer: StatusView }, () => ({
    version: shoalVersion(),
    home: system.home.folder,
    models: system.gateway
      .models()
      .map(({ id, kind, available, price }) => ({ id, kind, available, priced: price !== undefined })),
    threads: system.defaultThreads,
  }));
  route(server, { method: 'GET', url: '/api/v1/scenarios', summary: 'Bundled scenarios', answer: z.array(ScenarioView) }, () =>
    listScenarios(),
  );
}
