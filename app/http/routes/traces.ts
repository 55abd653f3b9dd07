// What was called: the request log, usage, and metrics for Prometheus. Exports are streamed.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { RequestDetailView, RequestExportQuery, RequestsQuery, RequestsView, UsageRequest, UsageView } from '#api/contract';
import { ShoalError } from '#foundation';
import type { GatewaySystem } from '../../gateway-system.ts';
import { filterOf, usageQueryOf } from '../../views/trace-queries.ts';
import { route } from '../route.ts';

const RequestParams = z.object({ id: z.string().min(1).max(200) });

export function traceRoutes(server: FastifyInstance, { gateway }: GatewaySystem): void {
  const { traces } = gateway;
  route(
    server,
    { method: 'GET', url: '/api/v1/requests', summary: 'Requests, newest first', query: RequestsQuery, answer: RequestsView },
    ({ query }) => traces.requests(filterOf(query), { before: query.before, limit: query.limit }),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/requests.export', summary: 'All requests, as JSON or CSV', query: RequestExportQuery },
    ({ query, reply }) => {
      const { form, ...conditions } = query;
      return sendPieces(reply, `requests.${form}`, form, traces.exportRequests(filterOf(conditions), form));
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/requests/:id',
      summary: 'One request with its spans',
      params: RequestParams,
      answer: RequestDetailView,
    },
    ({ params }) => {
      const detail = traces.request(params.id);
      if (detail !== undefined) return detail;
      throw new ShoalError('not_found', `There is no request ${params.id} in the log.`, {
        hint: 'Rows are swept away after the days set in config.yaml (trace.requests.days); usage stays.',
      });
    },
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/usage', summary: 'Calls, tokens and costs by group', query: UsageRequest, answer: UsageView },
    ({ query }) => ({ rows: traces.usage(usageQueryOf(query)) }),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/usage.csv', summary: 'Calls, tokens and costs by group, as CSV', query: UsageRequest },
    ({ query, reply }) => sendPieces(reply, 'usage.csv', 'csv', traces.exportUsage(usageQueryOf(query), 'csv')),
  );
  route(server, { method: 'GET', url: '/metrics', summary: 'Metrics in the text format of Prometheus' }, ({ reply }) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(traces.metrics()),
  );
}

const TYPES = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present' } as const;

function sendPieces(reply: FastifyReply, name: string, form: keyof typeof TYPES, pieces: Iterable<string>): FastifyReply {
  return reply
    .type(TYPES[form])
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(pieces, { objectMode: false }));
}
