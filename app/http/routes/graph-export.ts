// Graphs to take away: those of runs and those built alone, by name, hash or run.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exportGraph } from '#knowledge-graph';
import { EXPORT_FORMATS } from '#knowledge-graph/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { System } from '../../system.ts';
import { route } from '../route.ts';

const GraphParams = z.object({ graph: z.string().min(1).max(300) });
const ExportQuery = z.object({ format: z.enum(EXPORT_FORMATS) });

export function graphExportRoutes(server: FastifyInstance, { graphs, runs }: System): void {
  const graphOf = (id: string): GraphSnapshot =>
    runs.list().some((run) => run.id === id) ? runs.graph(id) : graphs.open(id).snapshot;
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graphs/:graph/export',
      summary: 'A graph (of a run, or by name or hash) as GraphML, GEXF, JSON-LD or CSV',
      params: GraphParams,
      query: ExportQuery,
    },
    ({ params, query, reply }) => {
      const { mediaType, fileName, pieces } = exportGraph(graphOf(params.graph), query.format);
      return reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .send(Readable.from(pieces, { objectMode: false }));
    },
  );
}
