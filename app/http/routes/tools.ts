// Tool servers and their tools for whoever runs them, and for the page: the same tools as at /mcp, without a session.
import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  ApproveRequest,
  PinRow,
  PinsQuery,
  PinsView,
  ToolCallRequest,
  ToolCallResult,
  ToolServersView,
  ToolsQuery,
  ToolsView,
} from '#api/contract';
import { LOCAL_PRINCIPAL } from '#gateway';
import type { GatewaySystem } from '../../gateway-system.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

export function toolRoutes(server: FastifyInstance, { gateway: { tools } }: GatewaySystem): void {
  route(
    server,
    { method: 'GET', url: '/api/v1/tools/servers', summary: 'Tool servers, and how they are doing', answer: ToolServersView },
    async ({ reply }) => ({ servers: await tools.servers(goneWith(reply)), endpoints: tools.endpoints() }),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/tools', summary: 'Tools at an MCP endpoint', query: ToolsQuery, answer: ToolsView },
    async ({ query, request, reply }) => ({
      tools: await tools.list(query.endpoint, request.principal ?? LOCAL_PRINCIPAL, goneWith(reply)),
    }),
  );
  route(
    server,
    { method: 'POST', url: '/api/v1/tools/call', summary: 'Call a tool', body: ToolCallRequest, answer: ToolCallResult },
    ({ body, request, reply }) =>
      tools.call(body.endpoint, body.name, body.arguments, request.principal ?? LOCAL_PRINCIPAL, goneWith(reply)),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/tools/pins',
      summary: 'Definitions as they were approved, and what waits',
      query: PinsQuery,
      answer: PinsView,
    },
    ({ query }) => ({ pins: tools.pins(query.server) }),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/tools/pins/approve',
      summary: 'Approve a definition that waits',
      body: ApproveRequest,
      answer: PinRow,
    },
    ({ body, request }) => tools.approveDefinition(body, actorOf(request)),
  );
}

/** Fires when the client leaves before it was answered; the request's own signal fires when its body has been read. */
function goneWith({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
