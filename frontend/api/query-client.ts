// How server data is kept: no polling, no refetching behind the reader's back; two retries where a retry can help.
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem.ts';

const RETRYABLE = new Set([0, 429, 500, 502, 503, 504]);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && RETRYABLE.has(error.problem.status),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  });
