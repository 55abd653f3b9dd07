// Who is signed in. `null` = the server wants a key. Any request that is answered so asks again who is there, and the
// shell shows the sign-in over the page, which stays as it is.
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { SessionView } from '#api/contract';
import { ApiError } from './problem.ts';
import { request, requestNothing } from './request.ts';

const KEY_NEEDED = 401;
const sessionKey = ['session'] as const;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await request(SessionView, '/session', { signal });
    } catch (error) {
      if (isKeyNeeded(error)) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

const isKeyNeeded = (error: unknown): boolean => error instanceof ApiError && error.problem.status === KEY_NEEDED;

/** Called for every failed request. */
export function noteRefusal(client: QueryClient, error: unknown): void {
  if (isKeyNeeded(error)) client.setQueryData(sessionKey, null);
}

/** What was refused is asked for again; what is shown stays, drafts too. */
export async function signIn(client: QueryClient, key: string): Promise<void> {
  const session = await request(SessionView, '/session', { method: 'POST', body: { key } });
  client.setQueryData(sessionKey, session);
  await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

export async function signOut(client: QueryClient): Promise<void> {
  await requestNothing('/session', { method: 'DELETE' });
  client.setQueryData(sessionKey, null);
  // Nothing of what only a key may see stays on the page.
  await client.resetQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** Whether what only administrators may do should be offered; the server decides in the end. */
export function useIsAdministrator(): boolean {
  const { data } = useQuery(sessionQuery);
  return data === undefined || data === null || data.scopes.includes('admin');
}
