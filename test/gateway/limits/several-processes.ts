// Several processes on one machine that keep limits together: real limiters on one real catalogue; only their deaths and
// the clock are staged.
import type { Handler } from '../../../gateway/chain.ts';
import type { Clock } from '../../../gateway/clock.ts';
import type { ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { registerOwner, removeOwner } from '../../../gateway/owners.ts';
import { createGate } from '../../../gateway/policy/limits/gate.ts';
import type { Gate } from '../../../gateway/policy/limits/gate.ts';
import { createLimiter, limited } from '../../../gateway/policy/limits/limiter.ts';
import type { LimitSet } from '../../../gateway/policy/limits/settings.ts';
import { createShareStore } from '../../../gateway/policy/limits/share-store.ts';
import { createShares } from '../../../gateway/policy/limits/shares.ts';
import type { Shares } from '../../../gateway/policy/limits/shares.ts';
import { openTables } from '../../../gateway/tables.ts';
import { createTransactions } from '../../../gateway/transactions.ts';

export interface LimitingProcess {
  readonly pid: number;
  readonly shares: Shares;
  handler(end: Handler<ModelCall, ModelAnswer>): Handler<ModelCall, ModelAnswer>;
  gate(limits: LimitSet): Gate;
  quit(): void;
  /** As by SIGKILL, and then seen to be dead by another. */
  die(): void;
}

export function startProcess(path: string, pid: number, clock: Clock): LimitingProcess {
  const database = openTables(path);
  database.exec('PRAGMA synchronous = OFF');
  const owner = registerOwner(database, { pid, boot: 'boot', startOf: () => 'start' });
  const store = createShareStore(database, createTransactions(database), owner.id, () => clock.now());
  const shares = createShares(store, clock);
  const limiter = createLimiter({ settings: { teams: {}, users: {} }, clock, shares });
  return {
    pid,
    shares,
    handler: limited(limiter, { clock, outputTokens: 0 }),
    gate: (limits) =>
      createGate({ name: 'limits.providers.x', limits, together: limits, queue: 100, waitMs: 20_000, clock, shares }),
    quit: () => {
      shares.close();
      removeOwner(database, owner.id);
      database.close();
    },
    die: () => {
      database.close();
      const other = openTables(path);
      removeOwner(other, owner.id);
      other.close();
    },
  };
}
