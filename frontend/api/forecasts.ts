// What is asked of the ledger of forecasts, and what it is told. All keys begin with 'forecasts'.
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { LedgerForecastView, LedgerScoreView, LedgerVerdictView, type ResolveRequest, type SealRequest } from '#api/contract';
import { API, request } from './request.ts';

export const forecastsKey = ['forecasts'] as const;
export const LEDGER_EXPORT = `${API}/forecast-export`;

const path = (id: string): string => `/forecasts/${encodeURIComponent(id)}`;

export const forecastsQuery = queryOptions({
  queryKey: [...forecastsKey, 'list'],
  queryFn: ({ signal }) => request(z.array(LedgerForecastView), '/forecasts', { signal }),
  staleTime: 0,
});
export const forecastQuery = (id: string) =>
  queryOptions({
    queryKey: [...forecastsKey, 'one', id],
    queryFn: ({ signal }) => request(LedgerForecastView, path(id), { signal }),
    staleTime: 0,
  });
export const forecastScoreQuery = queryOptions({
  queryKey: [...forecastsKey, 'score'],
  queryFn: ({ signal }) => request(LedgerScoreView, '/forecast-score', { signal }),
  staleTime: 0,
});
export const forecastChainQuery = queryOptions({
  queryKey: [...forecastsKey, 'chain'],
  queryFn: ({ signal }) => request(LedgerVerdictView, '/forecast-chain', { signal }),
  staleTime: 0,
});

export const sealForecast = (body: SealRequest): Promise<LedgerForecastView> =>
  request(LedgerForecastView, '/forecasts', { method: 'POST', body });
export const resolveForecast = (id: string, body: ResolveRequest): Promise<LedgerForecastView> =>
  request(LedgerForecastView, `${path(id)}/resolve`, { method: 'POST', body });
/** `void` or `dispute`, with the reason. */
export const objectToForecast = (id: string, act: 'void' | 'dispute', reason: string): Promise<LedgerForecastView> =>
  request(LedgerForecastView, `${path(id)}/${act}`, { method: 'POST', body: { reason } });
