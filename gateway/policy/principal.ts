// On whose behalf a call is made. Keys become principals when they are checked; what runs inside this process, and
// the person at a page bound to loopback, is the local principal.
import { ROOT_BUDGET } from '../contract.ts';

/** From most to least: each scope includes those after it, `invoke` apart: it only lets models and tools be called. */
export const SCOPES = ['admin', 'operate', 'read', 'invoke'] as const;
export type Scope = (typeof SCOPES)[number];

export interface CallLimits {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly concurrency?: number | undefined;
}

export interface Principal {
  readonly kind: 'local' | 'key';
  /** Public id of the key; never the key. */
  readonly keyId: string | undefined;
  readonly name: string;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** Patterns of model names (`openai/*`, a group's name) that may be called; undefined = all. */
  readonly models: readonly string[] | undefined;
  /** Leaf of the budget tree that its calls are charged to. */
  readonly budget: string;
  readonly limits: CallLimits;
  /** May call models whose price nobody knows; they count as costing nothing. */
  readonly allowUnpriced: boolean;
}

export const LOCAL_PRINCIPAL: Principal = {
  kind: 'local',
  keyId: undefined,
  name: 'local',
  team: undefined,
  user: undefined,
  scopes: new Set(SCOPES),
  models: undefined,
  budget: ROOT_BUDGET,
  limits: {},
  allowUnpriced: false,
};
