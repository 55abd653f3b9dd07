// What the page asks of tool servers. Keys of all queries begin with 'gateway'.
import { queryOptions } from '@tanstack/react-query';
import type { ApproveRequest, ToolCallRequest } from '#api/contract';
import { PinRow, PinsView, ToolCallResult, ToolServersView, ToolsView } from '#api/contract';
import { queryString, request } from './request.ts';

const REFRESH_MS = 5000;

export const toolServersQuery = queryOptions({
  queryKey: ['gateway', 'tool-servers'],
  queryFn: ({ signal }) => request(ToolServersView, '/tools/servers', { signal }),
  refetchInterval: REFRESH_MS,
});
export const toolsKey = ['gateway', 'tools'] as const;
export const toolsQuery = (endpoint: string) =>
  queryOptions({
    queryKey: [...toolsKey, endpoint],
    queryFn: ({ signal }) => request(ToolsView, `/tools${queryString({ endpoint })}`, { signal }),
  });
export const pinsKey = ['gateway', 'tool-pins'] as const;
export const pinsQuery = queryOptions({
  queryKey: pinsKey,
  queryFn: ({ signal }) => request(PinsView, '/tools/pins', { signal }),
});
export const approveDefinition = (body: ApproveRequest): Promise<PinRow> =>
  request(PinRow, '/tools/pins/approve', { method: 'POST', body });
export const callTool = (body: ToolCallRequest): Promise<ToolCallResult> =>
  request(ToolCallResult, '/tools/call', { method: 'POST', body });
