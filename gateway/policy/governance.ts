// Keys and the audit chain of one catalogue, opened together.
import { dirname, join } from 'node:path';
import type { Database } from '#store';
import { openAudit } from './audit/audit-log.ts';
import { headFile, headInMemory } from './audit/head-file.ts';
import { createKeyStore } from './keys/key-store.ts';
import { createKeys } from './keys/keys.ts';
import type { KeyBudgets } from './keys/keys.ts';
import type { Audit, Keys } from '../contract.ts';
import type { Transactions } from '../transactions.ts';
import type { Redact } from './secrets.ts';

export interface Governance {
  readonly keys: Keys;
  readonly audit: Audit;
  close(): void;
}

export interface GovernanceOptions {
  /** The catalogue, open. */
  readonly database: Database;
  readonly transactions: Transactions;
  readonly budgets: KeyBudgets;
  readonly redact: Redact;
  readonly now: () => number;
}

export function openGovernance({ database, transactions, budgets, redact, now }: GovernanceOptions): Governance {
  const path = database.location();
  const head = path === null ? headInMemory() : headFile(join(dirname(path), 'audit-head.json'));
  const audit = openAudit({ database, transactions, head, redact, now });
  const keys = createKeys({ store: createKeyStore(database, transactions), audit, budgets, now });
  return { keys, audit, close: () => keys.close() };
}
