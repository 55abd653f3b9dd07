// What is here: health, version, models.
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { StatusView } from '#api/contract';
import type { GatewaySystem } from '../../gateway-system.ts';
import { shoalVersion } from '../../version.ts';
import { route } from '../route.ts';

/** `fetchesUrls`: what is in force when it is asked for. */
export function healthRoutes(server: FastifyInstance, system: GatewaySystem, fetchesUrls: () => boolean): void {
  const health = z.object({ status: z.literal('ok') });
  route(server, { method: 'GET', url: '/healthz', summary: 'The process is alive', answer: health }, () => ({ status: 'ok' }));
  route(server, { method: 'GET', url: '/readyz', summary: 'The catalogue answers', answer: health }, () => {
    system.gateway.ledger.balances();
    return { status: 'ok' };
  });
  route(server, { method: 'GET', url: '/api/v1/status', summary: 'Version, home folder, models', answer: StatusView }, () => ({
    version: shoalVersion(),
    home: system.home.folder,
    models: system.gateway
      .models()
      .map(({ id, kind, available, price }) => ({ id, kind, available, priced: price !== undefined })),
    threads: system.defaultThreads,
    fetchesUrls: fetchesUrls(),
  }));
}
