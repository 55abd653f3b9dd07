// The audit chain: read, walked, and taken away.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AuditEntryView, AuditVerdictView } from '#api/contract';
import type { Audit } from '#gateway/contract';
import type { GatewaySystem } from '../../gateway-system.ts';
import { route } from '../route.ts';

const AuditQuery = z.object({
  order: z.enum(['oldest', 'newest']).default('oldest'),
  /** With `oldest`: only later ones. */
  after: z.coerce.number().int().min(0).default(0),
  /** With `newest`: only earlier ones. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function auditRoutes(server: FastifyInstance, { gateway: { audit } }: GatewaySystem): void {
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/audit',
      summary: 'Administrative acts: oldest first from after `after`, or newest first from before `before`',
      query: AuditQuery,
      answer: z.array(AuditEntryView),
    },
    ({ query }) => (query.order === 'oldest' ? audit.list(query) : audit.newest(query)),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/audit/verify', summary: 'Walk the chain; says where it is broken', answer: AuditVerdictView },
    () => audit.verify(),
  );
  route(server, { method: 'GET', url: '/api/v1/audit.export', summary: 'The whole chain as JSON lines' }, ({ reply }) =>
    reply
      .type('application/jsonl; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.jsonl"')
      .send(Readable.from(linesOf(audit), { objectMode: false })),
  );
}

const PAGE = 1000;

function* linesOf(audit: Pick<Audit, 'list'>): Iterable<string> {
  let after = 0;
  for (;;) {
    const page = audit.list({ after, limit: PAGE });
    yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.seq;
  }
}
