// Keys and audit chain of one test, with a clock that is moved by hand.
import { onTestFinished } from 'vitest';
import type { NewKey } from '#gateway/contract';
import { openGovernance, type Governance } from '../../../gateway/policy/governance.ts';

export const ADMIN: NewKey = {
  name: 'admin',
  scopes: ['admin'],
  team: undefined,
  user: undefined,
  models: undefined,
  limits: {},
  limitNanoUsd: undefined,
  allowUnpriced: false,
  expiresAt: undefined,
};
export const WORKER: NewKey = { ...ADMIN, name: 'worker', scopes: ['invoke'] };

export interface OpenedGovernance extends Governance {
  readonly clock: { ms: number };
  /** Budget nodes that were opened, with their limits. */
  readonly opened: (readonly [id: string, parent: string | undefined, limitNanoUsd: number | undefined])[];
}

export function open(databasePath = ':memory:'): OpenedGovernance {
  const clock = { ms: Date.parse('2030-01-01T00:00:00Z') };
  const opened: OpenedGovernance['opened'] = [];
  const governance = openGovernance({
    databasePath,
    openBudget: ({ id, parent }, limit) => opened.push([id, parent, limit]),
    redact: (text) => text,
    now: () => clock.ms,
  });
  let closed = false;
  const close = (): void => {
    if (!closed) governance.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...governance, close, clock, opened };
}
