// How server data is kept: no polling, no refetching behind the reader's back; two retries where a retry can help.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem.ts';
import { noteRefusal } from './session.ts';

const RETRYABLE = new Set([0, 429, 500, 502, 503, 504]);

export function createQueryClient(): QueryClient {
  const onError = (error: Error): void => noteRefusal(client, error);
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
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
  return client;
}
