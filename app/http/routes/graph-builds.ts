// Graphs that are being built: how far each is, and its end where a person wants it.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GraphBuildView } from '#api/contract';
import type { BuildBoard } from '../../graphs/build-board.ts';
import { route } from '../route.ts';

const BuildParams = z.object({ name: z.string().min(1).max(200) });

export function graphBuildRoutes(server: FastifyInstance, builds: BuildBoard): void {
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graph-builds',
      summary: 'Graphs that are being built, each with its step and how much of it is done, in percent',
      answer: z.array(GraphBuildView),
    },
    () => builds.list(),
  );
  route(
    server,
    {
      method: 'DELETE',
      url: '/api/v1/graph-builds/:name',
      summary: 'Cancel the building of a graph; its request is answered with `cancelled`',
      params: BuildParams,
      answer: z.array(GraphBuildView),
    },
    ({ params }) => {
      builds.cancel(params.name);
      return builds.list();
    },
  );
}
