// Keys and the audit chain of one catalogue, opened together.
import { dirname, join } from 'node:path';
import { openAudit } from './audit/audit-log.ts';
import { headFile, headInMemory } from './audit/head-file.ts';
import { openGovernanceTables } from './governance-tables.ts';
import { createKeyStore } from './keys/key-store.ts';
import { createKeys } from './keys/keys.ts';
import type { OpenBudget } from './keys/keys.ts';
import type { Audit, Keys } from '../contract.ts';
import type { Redact } from './secrets.ts';

export interface Governance {
  readonly keys: Keys;
  readonly audit: Audit;
  close(): void;
}

export interface GovernanceOptions {
  /** The catalogue file, or `:memory:`. */
  readonly databasePath: string;
  readonly openBudget: OpenBudget;
  readonly redact: Redact;
  readonly now: () => number;
}

export function openGovernance({ databasePath, openBudget, redact, now }: GovernanceOptions): Governance {
  const database = openGovernanceTables(databasePath);
  const head = databasePath === ':memory:' ? headInMemory() : headFile(join(dirname(databasePath), 'audit-head.json'));
  const audit = openAudit({ database, head, redact, now });
  const keys = createKeys({ store: createKeyStore(database), audit, openBudget, now });
  return {
    keys,
    audit,
    close: () => {
      keys.close();
      database.close();
    },
  };
}
