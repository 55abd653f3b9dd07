// The routes of the app proper: scenarios, runs and all that a run leads to.
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { DocumentSettings } from '../config.ts';
import type { System } from '../system.ts';
import { agentRoutes } from './routes/agents.ts';
import { forkRoutes } from './routes/forks.ts';
import { forecastRoutes } from './routes/forecasts.ts';
import { graphRoutes } from './routes/graph.ts';
import { graphExportRoutes } from './routes/graph-export.ts';
import { graphsRoutes } from './routes/graphs.ts';
import { platformRoutes } from './routes/platforms.ts';
import { reportRoutes } from './routes/report.ts';
import { runRoutes } from './routes/runs.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { worldRoutes } from './routes/world.ts';
import { MAX_FILES, MAX_UPLOAD_BYTES } from './limits.ts';

/** `documents`: the settings in force when they are asked for. */
export async function appRoutes(server: FastifyInstance, system: System, documents: () => DocumentSettings): Promise<void> {
  await server.register(fastifyMultipart, { limits: { fileSize: MAX_UPLOAD_BYTES, files: MAX_FILES, fields: 4 } });
  for (const routes of [
    scenarioRoutes,
    runRoutes,
    forkRoutes,
    graphRoutes,
    graphsRoutes,
    graphExportRoutes,
    worldRoutes,
    platformRoutes,
    agentRoutes,
    reportRoutes,
    forecastRoutes,
  ])
    routes(server, system);
  uploadRoutes(server, system.blobs, documents);
}
