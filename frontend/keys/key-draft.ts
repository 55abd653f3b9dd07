// A key as a person fills it in, and as the API takes it. Pure; only what was changed is sent.
import type { KeyPatch, KeyRequest, KeyView } from '#api/contract';

export const SCOPES = ['invoke', 'read', 'operate', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  invoke: 'call models and tools',
  read: 'look at everything but secrets',
  operate: 'start, steer and delete runs',
  admin: 'change keys, budgets and the configuration',
};

export interface LimitsDraft {
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  readonly concurrency: number | undefined;
}

export interface KeyDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly team: string;
  readonly user: string;
  /** Patterns, with commas between them; empty = all models. */
  readonly models: string;
  readonly limits: LimitsDraft;
  readonly limitUsd: number | undefined;
  /** `2030-01-31`, the last day on which it is taken; empty = no end. */
  readonly expires: string;
  readonly allowUnpriced: boolean;
}

export const NEW_KEY: KeyDraft = {
  name: '',
  scopes: ['invoke'],
  team: '',
  user: '',
  models: '',
  limits: { requestsPerMinute: undefined, tokensPerMinute: undefined, concurrency: undefined },
  limitUsd: undefined,
  expires: '',
  allowUnpriced: false,
};

export const patternsOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');

/** The end of that day, where the reader is. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59`).toISOString();
const twoDigits = (value: number): string => String(value).padStart(2, '0');
const dayOf = (iso: string): string => {
  const date = new Date(iso);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
};

export function limitsOf(limits: LimitsDraft): KeyRequest['limits'] {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

export function requestOf(draft: KeyDraft): KeyRequest {
  const { name, scopes, team, user, models, limits, limitUsd, expires, allowUnpriced } = draft;
  const patterns = patternsOf(models);
  return {
    name: name.trim(),
    scopes: [...scopes],
    limits: limitsOf(limits),
    allowUnpriced,
    ...(team === '' ? {} : { team }),
    ...(user === '' ? {} : { user }),
    ...(patterns.length === 0 ? {} : { models: patterns }),
    ...(limitUsd === undefined ? {} : { limitUsd }),
    ...(expires === '' ? {} : { expiresAt: endOfDay(expires) }),
  };
}

export function draftOf(key: KeyView): KeyDraft {
  const { requestsPerMinute, tokensPerMinute, concurrency } = key.limits;
  return {
    name: key.name,
    scopes: key.scopes,
    team: key.team ?? '',
    user: key.user ?? '',
    models: key.models?.join(', ') ?? '',
    limits: { requestsPerMinute, tokensPerMinute, concurrency },
    limitUsd: undefined,
    expires: key.expiresAt === undefined ? '' : dayOf(key.expiresAt),
    allowUnpriced: key.allowUnpriced,
  };
}

export function patchOf(before: KeyDraft, after: KeyDraft): KeyPatch {
  const patterns = patternsOf(after.models);
  return {
    ...(after.name === before.name ? {} : { name: after.name.trim() }),
    ...(after.scopes.toSorted().join() === before.scopes.toSorted().join() ? {} : { scopes: [...after.scopes] }),
    ...(after.models === before.models ? {} : { models: patterns.length === 0 ? null : patterns }),
    ...(JSON.stringify(after.limits) === JSON.stringify(before.limits) ? {} : { limits: limitsOf(after.limits) }),
    ...(after.expires === before.expires ? {} : { expiresAt: after.expires === '' ? null : endOfDay(after.expires) }),
    ...(after.allowUnpriced === before.allowUnpriced ? {} : { allowUnpriced: after.allowUnpriced }),
  };
}

export type KeyState = 'active' | 'disabled' | 'expired';

export function stateOf({ disabled, expiresAt }: KeyView, nowMs: number): KeyState {
  if (disabled) return 'disabled';
  return expiresAt !== undefined && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active';
}
