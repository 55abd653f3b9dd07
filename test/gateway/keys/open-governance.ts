// Keys and audit chain of one test, with a clock that is moved by hand.
import { onTestFinished } from 'vitest';
import type { NewKey } from '#gateway/contract';
import { openGovernance, type Governance } from '../../../gateway/policy/governance.ts';
import { openTables } from '../../../gateway/tables.ts';
import { createTransactions } from '../../../gateway/transactions.ts';

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
  /** Those that were closed. */
  readonly shut: string[];
}

export function open(databasePath = ':memory:'): OpenedGovernance {
  const clock = { ms: Date.parse('2030-01-01T00:00:00Z') };
  const opened: OpenedGovernance['opened'] = [];
  const shut: string[] = [];
  const database = openTables(databasePath);
  const governance = openGovernance({
    database,
    transactions: createTransactions(database),
    budgets: {
      open: ({ id, parent }, limit) => void opened.push([id, parent, limit]),
      close: (id) => void shut.push(id),
    },
    redact: (text) => text,
    now: () => clock.ms,
  });
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    governance.close();
    database.close();
  };
  onTestFinished(close);
  return { ...governance, close, clock, opened, shut };
}
