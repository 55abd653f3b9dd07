// What the page asks for, each with its key. Keys of one run all begin with ['run', id].
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  AgentFeedView,
  AgentsView,
  AgentView,
  ChatView,
  CostsView,
  DivergenceView,
  GroupsView,
  MarketView,
  MeasuresView,
  PostsView,
  PostView,
  ReportView,
  RunView,
  ScenarioView,
  StatusView,
} from '#api/contract';
import { MINUTE_MS } from '../shared/time.ts';
import { queryString, request } from './request.ts';

const run = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export const runKey = (id: string) => ['run', id] as const;
export const runsKey = ['runs'] as const;
export const measuresKey = (id: string) => ['run', id, 'measures'] as const;
export const chatKey = (id: string, agent: number) => ['run', id, 'chat', agent] as const;

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => request(StatusView, '/status', { signal }),
  staleTime: 5 * MINUTE_MS,
});
export const scenariosQuery = queryOptions({
  queryKey: ['scenarios'],
  queryFn: ({ signal }) => request(z.array(ScenarioView), '/scenarios', { signal }),
  staleTime: 5 * MINUTE_MS,
});
export const runsQuery = queryOptions({
  queryKey: runsKey,
  queryFn: ({ signal }) => request(z.array(RunView), '/runs', { signal }),
  staleTime: 0,
});
export const runQuery = (id: string) =>
  queryOptions({ queryKey: runKey(id), queryFn: ({ signal }) => request(RunView, run(id), { signal }) });
export const measuresQuery = (id: string) =>
  queryOptions({
    queryKey: measuresKey(id),
    queryFn: ({ signal }) => request(MeasuresView, `${run(id)}/measures`, { signal }),
  });

/** Grows while the fork lives, so it is asked for anew after each round that has come. */
export const divergenceQuery = (id: string, roundsDone: number) =>
  queryOptions({
    queryKey: ['run', id, 'divergence', roundsDone],
    queryFn: ({ signal }) => request(DivergenceView, `${run(id)}/divergence`, { signal }),
    placeholderData: (previous) => previous,
  });

export interface PostFilter {
  readonly round: number | undefined;
  readonly platform?: string | undefined;
  readonly agent?: number | undefined;
  readonly issue?: number | undefined;
  readonly sort?: 'recent' | 'top' | undefined;
  readonly limit?: number | undefined;
  readonly before?: number | undefined;
}
export const fetchPosts = (id: string, filter: PostFilter, signal: AbortSignal) =>
  request(PostsView, `${run(id)}/posts${queryString({ ...filter })}`, { signal });
export const postQuery = (id: string, seq: number, round: number | undefined) =>
  queryOptions({
    queryKey: ['run', id, 'post', seq, round],
    queryFn: ({ signal }) => request(PostView, `${run(id)}/posts/${seq}${queryString({ round })}`, { signal }),
    staleTime: 5 * MINUTE_MS,
  });

export const groupsQuery = (id: string, round: number) =>
  queryOptions({
    queryKey: ['run', id, 'groups', round],
    queryFn: ({ signal }) => request(GroupsView, `${run(id)}/groups${queryString({ round })}`, { signal }),
    placeholderData: keepPreviousData,
  });
export const marketQuery = (id: string, round: number) =>
  queryOptions({
    queryKey: ['run', id, 'market', round],
    queryFn: ({ signal }) => request(MarketView, `${run(id)}/market${queryString({ round })}`, { signal }),
    placeholderData: keepPreviousData,
  });

export interface AgentFilter {
  readonly q: string | undefined;
  readonly kind: 'named' | 'crowd' | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly round: number | undefined;
}
export const agentsQuery = (id: string, filter: AgentFilter) =>
  queryOptions({
    queryKey: ['run', id, 'agents', filter],
    queryFn: ({ signal }) => request(AgentsView, `${run(id)}/agents${queryString({ ...filter })}`, { signal }),
  });
export const agentQuery = (id: string, agent: number, round: number | undefined) =>
  queryOptions({
    queryKey: ['run', id, 'agent', agent, round],
    queryFn: ({ signal }) => request(AgentView, `${run(id)}/agents/${agent}${queryString({ round })}`, { signal }),
    placeholderData: (previous) => (previous?.agent === agent ? previous : undefined),
  });
export const feedQuery = (id: string, agent: number, round: number) =>
  queryOptions({
    queryKey: ['run', id, 'feed', agent, round],
    queryFn: ({ signal }) => request(AgentFeedView, `${run(id)}/agents/${agent}/feed${queryString({ round })}`, { signal }),
    staleTime: 5 * MINUTE_MS,
  });
export const chatQuery = (id: string, agent: number) =>
  queryOptions({
    queryKey: chatKey(id, agent),
    queryFn: ({ signal }) => request(ChatView, `${run(id)}/agents/${agent}/chat`, { signal }),
  });
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id, 'report'],
    queryFn: ({ signal }) => request(ReportView, `${run(id)}/report`, { signal }),
    staleTime: 5 * MINUTE_MS,
  });
export const costsQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id, 'costs'],
    queryFn: ({ signal }) => request(CostsView, `${run(id)}/costs`, { signal }),
    staleTime: 0,
  });
