// On whose behalf a call is made. Keys become principals when they are checked; what runs inside this process, and
// the person at a page bound to loopback, is the local principal.
import { ROOT_BUDGET, SCOPES } from '../contract.ts';
import type { Principal, Scope } from '../contract.ts';

export type { CallLimits, Principal, Scope } from '../contract.ts';

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

const INCLUDES: Readonly<Record<Scope, readonly Scope[]>> = {
  admin: ['admin'],
  operate: ['operate', 'admin'],
  read: ['read', 'operate', 'admin'],
  invoke: ['invoke'],
};

/** Whether its scopes, or one that includes it, hold this one. */
export function holdsScope({ scopes }: Principal, needed: Scope): boolean {
  for (const scope of INCLUDES[needed]) if (scopes.has(scope)) return true;
  return false;
}
