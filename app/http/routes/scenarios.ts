// The bundled scenarios.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ScenarioView } from '#api/contract';
import { listScenarios } from '#scenarios';
import { route } from '../route.ts';

export function scenarioRoutes(server: FastifyInstance): void {
  route(server, { method: 'GET', url: '/api/v1/scenarios', summary: 'Bundled scenarios', answer: z.array(ScenarioView) }, () =>
    listScenarios(),
  );
}
