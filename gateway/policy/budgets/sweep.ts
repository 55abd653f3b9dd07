// What is left of a dead process: what it had settled is booked as settled, each hold it left open as spent in full,
// and its leases are given back. Where its journal cannot be trusted, its whole leases are booked as spent.
import { z } from 'zod';
import type { Database } from '#store';
import { removeOwner, sameBoot } from '../../owners.ts';
import type { Owner } from '../../owners.ts';
import type { Transactions } from '../../transactions.ts';
import { hardLimitsAt } from './catalogue.ts';
import type { Amounts, BudgetCatalogue, Definition } from './catalogue.ts';
import { readJournal, removeJournal } from './journal.ts';
import { bucketAt } from './window.ts';

const ShareRow = z.object({ node: z.string(), period: z.number(), nano: z.number(), tokens: z.number() });

export interface SweeperOptions {
  readonly database: Database;
  readonly transactions: Transactions;
  readonly catalogue: BudgetCatalogue;
  /** This start of the machine. */
  readonly boot: string;
  readonly journalOf: (owner: string, epoch: number) => string;
}

/** Sweeps up after one owner; false where another process has done it. */
export function createSweeper({
  database,
  transactions,
  catalogue,
  boot,
  journalOf,
}: SweeperOptions): (dead: Owner, now: number) => boolean {
  /** `leased`: the amounts are covered by leases that are booked whole, where there are leases. */
  const add = (node: Definition, bucket: number, amounts: Amounts, leased: boolean, now: number): void => {
    const hard = hardLimitsAt(node, now);
    const nanoUsd = leased && hard.nanoUsd < Infinity ? 0 : amounts.nanoUsd;
    const tokens = leased && hard.tokens < Infinity ? 0 : amounts.tokens;
    if (nanoUsd + tokens > 0) catalogue.spend(node, bucket, { nanoUsd, tokens }, now);
  };

  const bookJournal = (owner: string, epoch: number, booked: number, leased: boolean, now: number): boolean => {
    const journal = readJournal(journalOf(owner, epoch));
    for (const one of journal?.carried.slice(booked) ?? []) {
      const node = catalogue.read(one.node, now);
      if (node === undefined) continue;
      const fits = one.windowSince === node.windowSince;
      add(node, fits ? one.bucket : bucketOf(node, now, false, now), one, leased, now);
    }
    for (const hold of journal?.holds ?? []) {
      for (let node = catalogue.read(hold.node, now); node !== undefined;) {
        add(node, bucketOf(node, hold.at, hold.at >= node.windowSince, now), hold, leased, now);
        node = node.parent === undefined ? undefined : catalogue.read(node.parent, now);
      }
    }
    return journal !== undefined;
  };
  const bookShares = (owner: string, now: number): void => {
    const shares = database.prepare('SELECT * FROM budget_shares WHERE owner = ?').all(owner);
    for (const share of z.array(ShareRow).parse(shares)) {
      const node = catalogue.read(share.node, now);
      if (node === undefined) continue;
      const bucket = node.window.kind === 'calendar' ? share.period : bucketAt(node.window, now).start;
      catalogue.spend(node, bucket, { nanoUsd: share.nano, tokens: share.tokens }, now);
    }
  };

  return (dead, now) =>
    transactions.run(() => {
      const row = database.prepare('SELECT epoch, booked FROM gateway_owners WHERE id = ?').get(dead.id);
      if (row === undefined) return false;
      const [epoch, booked] = [Number(row['epoch']), Number(row['booked'])];
      const onDisk = sameBoot(dead.boot, boot);
      const found = bookJournal(dead.id, epoch, booked, !onDisk, now);
      if (!found || !onDisk) bookShares(dead.id, now);
      database.prepare('DELETE FROM budget_shares WHERE owner = ?').run(dead.id);
      database.prepare('DELETE FROM budget_wants WHERE owner = ?').run(dead.id);
      removeOwner(database, dead.id);
      transactions.afterCommit(() => {
        // It may have died between two journals.
        for (const file of [epoch - 1, epoch, epoch + 1]) removeJournal(journalOf(dead.id, file));
      });
      return true;
    });
}

/** In a window that has been replaced since, nobody knows where it would count: so it counts now. */
function bucketOf(node: Definition, at: number, fits: boolean, now: number): number {
  return bucketAt(node.window, fits ? at : now).start;
}
