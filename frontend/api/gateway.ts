// What the gateway's pages ask for and tell the server to do. Keys of all queries begin with 'gateway'.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type {
  BudgetAddRequest,
  BudgetExtensionRequest,
  BudgetRequest,
  HolderRequest,
  KeyPatch,
  KeyRequest,
  TeamRequest,
} from '#api/contract';
import {
  AuditEntryView,
  AuditVerdictView,
  BudgetAlertView,
  BudgetChangeView,
  BudgetView,
  ConfigChangeView,
  ConfigStateView,
  GatewayHealthView,
  HolderView,
  KeyMade,
  KeyView,
  ModelsView,
  RequestDetailView,
  RequestsView,
  UsageView,
} from '#api/contract';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { API, queryString, request, requestNothing } from './request.ts';

export const RANGE_HOURS = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 } as const;
export type RangeName = keyof typeof RANGE_HOURS;

/** From the beginning of an hour, since usage is added up by the hour. */
export const sinceOf = (range: RangeName, nowMs: number): number =>
  Math.floor(nowMs / HOUR_MS) * HOUR_MS - (RANGE_HOURS[range] - 1) * HOUR_MS;

// ---- usage and requests -----------------------------------------------------------------------------------

export const usageQuery = (by: string, range: RangeName, quantiles = false) =>
  queryOptions({
    queryKey: ['gateway', 'usage', by, range, quantiles],
    queryFn: ({ signal }) =>
      request(
        UsageView,
        `/usage${queryString({ by, since: sinceOf(range, Date.now()), ...(quantiles ? { quantiles: 'true' } : {}) })}`,
        { signal },
      ),
    // Another range may show the old one while it loads; other groups are another table.
    placeholderData: (previous, query) => (query?.queryKey[2] === by ? previous : undefined),
  });
export const usageCsv = (by: string, range: RangeName, nowMs: number): string =>
  `${API}/usage.csv${queryString({ by, since: sinceOf(range, nowMs) })}`;

export interface RequestConditions {
  readonly outcome: string | undefined;
  readonly model: string | undefined;
  readonly key: string | undefined;
  readonly team: string | undefined;
  readonly run: string | undefined;
  readonly door: string | undefined;
  readonly range: RangeName | undefined;
}
const PAGE = 100;

const wordsOf = ({ range, ...named }: RequestConditions) => ({
  ...named,
  since: range === undefined ? undefined : Date.now() - RANGE_HOURS[range] * HOUR_MS,
});
export const requestsQuery = (conditions: RequestConditions) =>
  infiniteQueryOptions({
    queryKey: ['gateway', 'requests', conditions],
    queryFn: ({ pageParam, signal }) =>
      request(RequestsView, `/requests${queryString({ ...wordsOf(conditions), before: pageParam, limit: PAGE })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
export const requestsCsv = (conditions: RequestConditions): string =>
  `${API}/requests.export${queryString({ ...wordsOf(conditions), form: 'csv' })}`;
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['gateway', 'request', id],
    queryFn: ({ signal }) => request(RequestDetailView, `/requests/${encodeURIComponent(id)}`, { signal }),
    staleTime: Infinity,
  });

// ---- keys, teams and users --------------------------------------------------------------------------------

export const keysKey = ['gateway', 'keys'] as const;
export const keysQuery = queryOptions({
  queryKey: keysKey,
  queryFn: ({ signal }) => request(z.array(KeyView), '/keys', { signal }),
});
export type Holders = 'teams' | 'users';
export const holdersKey = (kind: Holders) => ['gateway', kind] as const;
export const holdersQuery = (kind: Holders) =>
  queryOptions({
    queryKey: holdersKey(kind),
    queryFn: ({ signal }) => request(z.array(HolderView), `/${kind}`, { signal }),
  });

const key = (id: string): string => `/keys/${encodeURIComponent(id)}`;
export const createKey = (body: KeyRequest): Promise<KeyMade> => request(KeyMade, '/keys', { method: 'POST', body });
export const changeKey = (id: string, body: KeyPatch): Promise<KeyView> => request(KeyView, key(id), { method: 'PATCH', body });
export const rotateKey = (id: string, graceHours: number): Promise<KeyMade> =>
  request(KeyMade, `${key(id)}/rotate`, { method: 'POST', body: { graceHours } });
export const deleteKey = (id: string): Promise<void> => requestNothing(key(id), { method: 'DELETE' });
export const setHolder = (
  kind: Holders,
  name: string,
  body: z.infer<typeof HolderRequest> | z.infer<typeof TeamRequest>,
): Promise<HolderView> => request(HolderView, `/${kind}/${encodeURIComponent(name)}`, { method: 'PUT', body });
export const deleteHolder = (kind: Holders, name: string): Promise<void> =>
  requestNothing(`/${kind}/${encodeURIComponent(name)}`, { method: 'DELETE' });

// ---- budgets ----------------------------------------------------------------------------------------------

export const budgetsKey = ['gateway', 'budgets'] as const;
/** Open ones, or all. */
export const budgetsQuery = (closed: boolean) =>
  queryOptions({
    queryKey: [...budgetsKey, 'list', closed],
    queryFn: ({ signal }) =>
      request(z.array(BudgetView), `/budgets${queryString({ closed: closed ? 'true' : undefined })}`, { signal }),
    placeholderData: (previous) => previous,
  });
export const budgetQuery = (id: string) =>
  queryOptions({
    queryKey: [...budgetsKey, 'one', id],
    queryFn: ({ signal }) => request(BudgetView, budget(id), { signal }),
  });
export const alertsQuery = queryOptions({
  queryKey: ['gateway', 'budget-alerts'],
  queryFn: ({ signal }) => request(z.array(BudgetAlertView), '/budget-alerts?limit=20', { signal }),
});
const budget = (id: string): string => `/budgets/${encodeURIComponent(id)}`;
export const setBudget = (id: string, body: BudgetRequest): Promise<BudgetChangeView> =>
  request(BudgetChangeView, budget(id), { method: 'PUT', body });
export const addToBudget = (id: string, body: BudgetAddRequest): Promise<BudgetChangeView> =>
  request(BudgetChangeView, `${budget(id)}/add`, { method: 'POST', body });
export const extendBudget = (id: string, body: BudgetExtensionRequest): Promise<BudgetChangeView> =>
  request(BudgetChangeView, `${budget(id)}/extend`, { method: 'POST', body });
export const closeBudget = (id: string): Promise<BudgetChangeView> => request(BudgetChangeView, budget(id), { method: 'DELETE' });

// ---- models, audit, configuration -------------------------------------------------------------------------

export const modelsQuery = queryOptions({
  queryKey: ['gateway', 'models'],
  queryFn: ({ signal }) => request(ModelsView, '/models', { signal }),
  staleTime: MINUTE_MS,
});
export const healthQuery = queryOptions({
  queryKey: ['gateway', 'health'],
  queryFn: ({ signal }) => request(GatewayHealthView, '/gateway/health', { signal }),
});

export const auditQuery = infiniteQueryOptions({
  queryKey: ['gateway', 'audit'],
  queryFn: ({ pageParam, signal }) =>
    request(z.array(AuditEntryView), `/audit${queryString({ order: 'newest', before: pageParam, limit: PAGE })}`, { signal }),
  initialPageParam: undefined as number | undefined,
  getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.seq),
});
export const AUDIT_EXPORT = `${API}/audit.export`;
export const verifyAudit = (): Promise<AuditVerdictView> => request(AuditVerdictView, '/audit/verify');

export const configKey = ['gateway', 'config'] as const;
export const configQuery = queryOptions({
  queryKey: configKey,
  queryFn: ({ signal }) => request(ConfigStateView, '/config/pending', { signal }),
  staleTime: 0,
});
const Applied = z.object({ applied: z.array(ConfigChangeView) });
export const applyConfig = (digest: string): Promise<z.infer<typeof Applied>> =>
  request(Applied, '/config/apply', { method: 'POST', body: { digest } });
