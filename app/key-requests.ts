// What people ask for about keys, in the gateway's terms; the same for HTTP and the command line.
import type { z } from 'zod';
import type { HolderRequest, KeyPatch, KeyRequest, TeamRequest } from '#api/contract';
import type { Holder, KeyChange, NewKey } from '#gateway/contract';

const nanoUsd = (usd: number | undefined): number | undefined => (usd === undefined ? undefined : Math.floor(usd * 1e9));
const utc = (time: string): string => new Date(time).toISOString();

export function newKeyOf({ limitUsd, expiresAt, models, team, user, ...rest }: KeyRequest): NewKey {
  return {
    ...rest,
    models,
    team,
    user,
    expiresAt: expiresAt === undefined ? undefined : utc(expiresAt),
    limitNanoUsd: nanoUsd(limitUsd),
  };
}

export function keyChangeOf({ models, expiresAt, ...rest }: KeyPatch): KeyChange {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as KeyChange;
  return {
    ...given,
    ...(models === undefined ? {} : { models: models ?? undefined }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt === null ? undefined : utc(expiresAt) }),
  };
}

export function holderOf(
  name: string,
  { models, limits, ...rest }: z.infer<typeof HolderRequest> | z.infer<typeof TeamRequest>,
): Holder & { readonly limitNanoUsd?: number | undefined } {
  return { name, models, limits, ...('limitUsd' in rest ? { limitNanoUsd: nanoUsd(rest.limitUsd) } : {}) };
}
