// The durable half of the ledger: nodes and leases. A lease is a block of every ancestor's limit that one owner has
// taken in advance and may spend without asking again. Invariant, in every committed state and for every limited
// node: spent + the sum of its leases ≤ limit. So no number of processes, and no crash, can overspend it.
import { z } from 'zod';
import { ShoalError } from '#foundation';
import type { Database } from '#store';
import type { BudgetNode } from '../contract.ts';
import { isAlive, listOwners, removeOwner, sameBoot } from '../owners.ts';
import type { Owner, ProcessFacts } from '../owners.ts';
import { inTransaction } from '../tables.ts';
import { readJournal, removeJournal } from './journal.ts';

const NodeRow = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  limit_nano: z.number().nullable(),
  spent_nano: z.number(),
  leased_nano: z.number(),
});
const LeaseRow = z.object({ node: z.string(), amount_nano: z.number() });

/** A node as the file has it. */
export interface StoredNode extends BudgetNode {
  readonly spentNanoUsd: number;
  /** Over all owners, this one too. */
  readonly leasedNanoUsd: number;
}

export interface LeaseWish {
  readonly node: string;
  /** Less than this is of no use. */
  readonly needNanoUsd: number;
  readonly wantNanoUsd: number;
}

export type LeaseAnswer =
  | { readonly kind: 'granted'; readonly amounts: readonly number[] }
  | { readonly kind: 'denied'; readonly node: string };

export interface LedgerStore {
  open(node: BudgetNode): void;
  read(id: string): StoredNode | undefined;
  all(): readonly StoredNode[];
  /** All wishes or none. `forced` records money that is already gone, over the limit or not. */
  lease(wishes: readonly LeaseWish[], forced?: boolean): LeaseAnswer;
  /** Books what was spent and sets each lease to what is kept; the next journal counts from here. */
  book(rows: readonly { node: string; spentNanoUsd: number; keptNanoUsd: number }[], epoch: number): void;
  /** Takes back what dead owners leased; returns how many there were. */
  sweep(): number;
  journalPath(owner: string, epoch: number): string;
}

export function createLedgerStore(database: Database, path: string, owner: Owner, facts: ProcessFacts): LedgerStore {
  const select = `SELECT id, parent, limit_nano, spent_nano,
    (SELECT COALESCE(SUM(amount_nano), 0) FROM budget_leases WHERE node = budget_nodes.id) AS leased_nano FROM budget_nodes`;
  const readOne = database.prepare(`${select} WHERE id = ?`);
  const readAll = database.prepare(`${select} ORDER BY id`);
  const addLease = database.prepare(
    `INSERT INTO budget_leases (owner, node, amount_nano) VALUES (?, ?, ?)
     ON CONFLICT (owner, node) DO UPDATE SET amount_nano = amount_nano + excluded.amount_nano`,
  );
  const addSpent = database.prepare('UPDATE budget_nodes SET spent_nano = spent_nano + ? WHERE id = ?');
  const journalPath = (id: string, epoch: number): string => `${path}-ledger-${id}-${epoch}`;

  const read = (id: string): StoredNode | undefined => {
    const row = readOne.get(id);
    return row === undefined ? undefined : toNode(row);
  };

  /** A process that was taken for dead, rightly or not, must not go on spending: its leases are others' now. */
  const checkOwner = (): void => {
    if (database.prepare('SELECT 1 FROM gateway_owners WHERE id = ?').get(owner.id) !== undefined) return;
    throw new ShoalError('conflict', 'Another process has taken this one for dead and swept its budgets.', {
      hint: 'Start again; let one machine only work on this folder.',
    });
  };

  const sweepOwner = (dead: Owner): boolean => {
    const epoch = inTransaction(database, () => {
      const row = database.prepare('SELECT epoch FROM gateway_owners WHERE id = ?').get(dead.id);
      if (row === undefined) return undefined;
      const epoch = Number(row['epoch']);
      const journal = sameBoot(dead.boot, facts.boot) ? readJournal(journalPath(dead.id, epoch)) : undefined;
      const leases = z.array(LeaseRow).parse(database.prepare('SELECT * FROM budget_leases WHERE owner = ?').all(dead.id));
      const spent =
        journal === undefined
          ? leases.map((lease) => [lease.node, lease.amount_nano] as const)
          : chargedToAncestors([...journal.spent, ...journal.open.map((hold) => [hold.node, hold.nanoUsd] as const)], read);
      for (const [node, nanoUsd] of spent) addSpent.run(nanoUsd, node);
      database.prepare('DELETE FROM budget_leases WHERE owner = ?').run(dead.id);
      removeOwner(database, dead.id);
      return epoch;
    });
    if (epoch === undefined) return false;
    // It may have died between two journals.
    for (const file of [epoch - 1, epoch, epoch + 1]) removeJournal(journalPath(dead.id, file));
    return true;
  };

  return {
    open: (node) => inTransaction(database, () => upsert(database, read, node)),
    read,
    all: () => readAll.all().map(toNode),
    lease: (wishes, forced = false) =>
      inTransaction(database, (): LeaseAnswer => {
        checkOwner();
        const amounts: number[] = [];
        for (const wish of wishes) {
          const node = read(wish.node);
          if (node === undefined) throw new ShoalError('internal', `Budget node ${wish.node} has vanished from the catalogue.`);
          const available = (node.limitNanoUsd ?? Infinity) - node.spentNanoUsd - node.leasedNanoUsd;
          if (!forced && available < wish.needNanoUsd) return { kind: 'denied', node: wish.node };
          amounts.push(Math.max(wish.needNanoUsd, Math.min(wish.wantNanoUsd, available)));
        }
        for (const [index, wish] of wishes.entries()) addLease.run(owner.id, wish.node, amounts[index] ?? 0);
        return { kind: 'granted', amounts };
      }),
    book: (rows, epoch) =>
      inTransaction(database, () => {
        checkOwner();
        for (const row of rows) {
          addSpent.run(row.spentNanoUsd, row.node);
          database
            .prepare('UPDATE budget_leases SET amount_nano = ? WHERE owner = ? AND node = ?')
            .run(row.keptNanoUsd, owner.id, row.node);
        }
        database.prepare('UPDATE gateway_owners SET epoch = ? WHERE id = ?').run(epoch, owner.id);
      }),
    sweep: () =>
      listOwners(database).filter((other) => other.id !== owner.id && !isAlive(other, facts) && sweepOwner(other)).length,
    journalPath,
  };
}

function toNode(row: unknown): StoredNode {
  const { id, parent, limit_nano, spent_nano, leased_nano } = NodeRow.parse(row);
  return {
    id,
    parent: parent ?? undefined,
    limitNanoUsd: limit_nano ?? undefined,
    spentNanoUsd: spent_nano,
    leasedNanoUsd: leased_nano,
  };
}

function upsert(database: Database, read: (id: string) => StoredNode | undefined, node: BudgetNode): void {
  if (node.parent !== undefined && read(node.parent) === undefined) {
    throw new ShoalError('not_found', `Budget ${node.id} needs ${node.parent}, which is not open.`);
  }
  const known = read(node.id);
  if (known !== undefined && known.parent !== node.parent) {
    throw new ShoalError('conflict', `Budget ${node.id} already stands under ${known.parent ?? 'nothing'}.`);
  }
  database
    .prepare(
      `INSERT INTO budget_nodes (id, parent, limit_nano) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET limit_nano = excluded.limit_nano`,
    )
    .run(node.id, node.parent ?? null, node.limitNanoUsd ?? null);
}

/** Adds each amount to its node and to all nodes above. */
function chargedToAncestors(
  amounts: readonly (readonly [string, number])[],
  read: (id: string) => StoredNode | undefined,
): ReadonlyMap<string, number> {
  const charged = new Map<string, number>();
  for (const [leaf, nanoUsd] of amounts) {
    for (let node = read(leaf); node !== undefined; node = node.parent === undefined ? undefined : read(node.parent)) {
      charged.set(node.id, (charged.get(node.id) ?? 0) + nanoUsd);
    }
  }
  return charged;
}
