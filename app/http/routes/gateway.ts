// Which models there are with what they cost, and how those that were tried are doing.
import type { FastifyInstance } from 'fastify';
import { GatewayHealthView, ModelsView } from '#api/contract';
import type { GatewaySystem } from '../../gateway-system.ts';
import { route } from '../route.ts';

export function gatewayRoutes(server: FastifyInstance, { models }: GatewaySystem): void {
  route(
    server,
    { method: 'GET', url: '/api/v1/models', summary: 'Models, prices with their source, and groups', answer: ModelsView },
    () => ({ models: models.modelTable(), groups: models.groups() }),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/gateway/health',
      summary: 'Circuits, pace and queues of what was tried since the server began',
      answer: GatewayHealthView,
    },
    () => ({ targets: models.health(), places: models.places() }),
  );
}
