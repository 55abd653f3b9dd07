// The words of the HTTP API and of the command line, as the gateway's traces take them.
import type { RequestsQuery, UsageRequest } from '#api/contract';
import type { RequestFilter, UsageQuery } from '#gateway/contract';

export function filterOf(query: Omit<RequestsQuery, 'before' | 'limit'>): RequestFilter {
  const { run, error, since, until, team, user, key, model, provider, stage, outcome, door, agent } = query;
  const named = { team, user, key, model, provider, stage, outcome, door, agent };
  return { ...named, runId: run, errorCode: error, sinceMs: since, untilMs: until };
}

export function usageQueryOf(query: UsageRequest): UsageQuery {
  const { by, quantiles, run, since, until, team, user, key, model, provider, stage, outcome } = query;
  const filter = { runId: run, team, user, key, model, provider, stage, outcome };
  return { by, quantiles, filter, sinceMs: since, untilMs: until };
}
