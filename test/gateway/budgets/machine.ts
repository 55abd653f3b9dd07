// Several processes on one machine with one catalogue: real ledgers on one real file; only their deaths, the clock
// and the machine's restarts are staged.
import { join } from 'node:path';
import { registerOwner, removeOwner } from '../../../gateway/owners.ts';
import { createLedger } from '../../../gateway/policy/budgets/ledger.ts';
import type { OwnedLedger } from '../../../gateway/policy/budgets/ledger.ts';
import { createLedgerStore } from '../../../gateway/policy/budgets/ledger-store.ts';
import type { LedgerStore } from '../../../gateway/policy/budgets/ledger-store.ts';
import { openTables } from '../../../gateway/tables.ts';
import { createTransactions } from '../../../gateway/transactions.ts';
import { temporaryFolder } from '../open-gateway.ts';

export interface Process {
  readonly pid: number;
  readonly ledger: OwnedLedger;
  /** So many it has begun. */
  readonly transactions: () => number;
  /** Ends as a process should. */
  readonly quit: () => void;
  /** As by SIGKILL: what is not yet written never will be. */
  readonly die: () => void;
}

export interface Machine {
  /** The clock of all its processes, in ms. */
  now: number;
  start(): Process;
  /** Makes a living process look dead, as from inside another container. */
  hide(pid: number): void;
  reboot(): void;
}

export const HOUR_MS = 3_600_000;
export const HOLD_MS = 2 * HOUR_MS;
/** A Wednesday, at one o'clock. */
const START = Date.UTC(2026, 10, 25, 13);

export function createMachine(path = join(temporaryFolder(), 'catalog.sqlite')): Machine {
  const alive = new Set<number>();
  let boot = 1;
  let pids = 100;
  const machine: Machine = {
    now: START,
    start: () => {
      const pid = pids++;
      alive.add(pid);
      const facts = { pid, boot: `boot-${boot}-`, startOf: (other: number) => (alive.has(other) ? `start-${other}` : undefined) };
      const database = openTables(path);
      // These tests are about processes; without this they would mostly wait for the disk.
      database.exec('PRAGMA synchronous = OFF');
      const owner = registerOwner(database, facts);
      const store = createLedgerStore({ database, transactions: createTransactions(database), path, owner, facts });
      let transactions = 0;
      const counted: LedgerStore = {
        ...store,
        transact: (work, relaxed) => {
          transactions++;
          return store.transact(work, relaxed);
        },
      };
      const ledger = createLedger({ store: counted, owner, durable: true, now: () => machine.now, holdMs: HOLD_MS });
      const leave = (): void => {
        alive.delete(pid);
        database.close();
      };
      return {
        pid,
        ledger,
        transactions: () => transactions,
        die: leave,
        quit: () => {
          ledger.shut();
          removeOwner(database, owner.id);
          leave();
        },
      };
    },
    hide: (pid) => void alive.delete(pid),
    reboot: () => void boot++,
  };
  return machine;
}

/** The hold's id; throws where it was denied. */
export function held(answer: ReturnType<OwnedLedger['reserve']>): string {
  if (answer.kind === 'held') return answer.id;
  throw new Error(`denied by ${answer.node}`);
}
