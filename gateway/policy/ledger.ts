// The budget ledger: reserve the worst case on every ancestor or on none, settle exactly once. The counters live
// here, in memory; a reserve costs a comparison per ancestor and one line in the journal. Only when a lease is used
// up is the catalogue asked for another block.
//
// After a crash: what the dead process had settled is booked as settled, and each hold it left open as spent in full
// (the call may have gone out). The next process that opens the catalogue, or finds no headroom, does the sweeping.
// A provider that bills more than its cap allowed is still booked in full: a ledger that hides money is worse than
// one that shows a limit passed. Nothing further is admitted then.
import { ShoalError } from '#foundation';
import type { BudgetBalance, BudgetNode, Ledger } from '../contract.ts';
import type { Owner } from '../owners.ts';
import { ancestors, block, free } from './accounts.ts';
import type { Account } from './accounts.ts';
import { openJournal, removeJournal } from './journal.ts';
import type { Hold, Journal } from './journal.ts';
import type { LedgerStore } from './ledger-store.ts';

/** The ledger and what only the gateway's own steps need of it. */
export interface OwnedLedger extends Ledger {
  /** Whether headroom on this node may yet appear: holds are open, here or in another process. */
  mayFree(node: string): boolean;
  /** Calls back whenever a hold ends. */
  onFreed(listener: () => void): void;
  /** Books what is settled and gives back unused leases. Where it fails, the journal still has it all. */
  book(): void;
  close(): void;
}

const LINES_PER_JOURNAL = 50_000;

export function createLedger(store: LedgerStore, owner: Owner, durable: boolean): OwnedLedger {
  const accounts = new Map<string, Account>();
  const holds = new Map<string, Hold>();
  const listeners: (() => void)[] = [];
  let epoch = 0;
  let nextHold = 1;
  let journal: Journal | undefined;
  /** Something has changed since the last booking. */
  let dirty = false;
  store.sweep();
  if (durable) journal = openJournal(store.journalPath(owner.id, epoch), []);

  const account = (id: string): Account => {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const stored = store.read(id);
    if (stored === undefined) {
      throw new ShoalError('not_found', `There is no budget called ${id}.`, { hint: 'Open the node before charging it.' });
    }
    const fresh: Account = {
      id,
      parent: stored.parent === undefined ? undefined : account(stored.parent),
      limitNanoUsd: stored.limitNanoUsd,
      unleasedNanoUsd: 0,
      leasedNanoUsd: 0,
      spentNanoUsd: 0,
      reservedNanoUsd: 0,
    };
    accounts.set(id, fresh);
    refresh(fresh);
    return fresh;
  };
  const refresh = (of: Account): void => {
    const stored = store.read(of.id);
    if (stored === undefined) return;
    of.limitNanoUsd = stored.limitNanoUsd;
    of.unleasedNanoUsd = (stored.limitNanoUsd ?? Infinity) - stored.spentNanoUsd - stored.leasedNanoUsd;
  };

  /** Makes sure that every account can take `nanoUsd` more; names the one that cannot. */
  const ensure = (path: readonly Account[], nanoUsd: number): Account | undefined => {
    const short = path.filter((one) => free(one) < nanoUsd);
    if (short.length === 0) return undefined;
    const ask = (want: boolean): ReturnType<LedgerStore['lease']> =>
      store.lease(
        short.map((one) => {
          const need = nanoUsd - free(one);
          return { node: one.id, needNanoUsd: need, wantNanoUsd: want ? Math.max(need, block(one, nanoUsd)) : need };
        }),
      );
    let answer = ask(true);
    if (answer.kind === 'denied' && store.sweep() > 0) answer = ask(false);
    if (answer.kind === 'granted') for (const [index, one] of short.entries()) one.leasedNanoUsd += answer.amounts[index] ?? 0;
    for (const one of short) refresh(one);
    return answer.kind === 'denied' ? account(answer.node) : undefined;
  };

  const end = (id: string, nanoUsd: number): number => {
    const hold = holds.get(id);
    if (hold === undefined) return 0;
    holds.delete(id);
    dirty = true;
    const path = ancestors(account(hold.node));
    for (const one of path) {
      one.reservedNanoUsd -= hold.nanoUsd;
      one.spentNanoUsd += nanoUsd;
    }
    const over = path.filter((one) => free(one) < 0);
    if (over.length > 0) {
      store.lease(
        over.map((one) => ({ node: one.id, needNanoUsd: -free(one), wantNanoUsd: 0 })),
        true,
      );
      for (const one of over) one.leasedNanoUsd -= free(one);
      for (const one of over) refresh(one);
    }
    journal?.settle(hold, nanoUsd);
    if ((journal?.lines ?? 0) > LINES_PER_JOURNAL) book(true);
    for (const listener of listeners) listener();
    return nanoUsd;
  };

  const book = (keepLeases: boolean): void => {
    const used = [...accounts.values()].filter((one) => one.leasedNanoUsd !== 0);
    if (!dirty || used.length === 0) return;
    const next = durable ? openJournal(store.journalPath(owner.id, epoch + 1), holds.values()) : undefined;
    const rows = used.map((one) => ({
      node: one.id,
      spentNanoUsd: one.spentNanoUsd,
      keptNanoUsd: keepLeases ? one.leasedNanoUsd - one.spentNanoUsd : one.reservedNanoUsd,
    }));
    try {
      store.book(rows, epoch + 1);
    } catch (error) {
      // The old journal goes on: it still says everything.
      next?.close();
      removeJournal(store.journalPath(owner.id, epoch + 1));
      throw error;
    }
    journal?.close();
    removeJournal(store.journalPath(owner.id, epoch));
    epoch++;
    journal = next;
    dirty = false;
    for (const [index, one] of used.entries()) {
      one.leasedNanoUsd = rows[index]?.keptNanoUsd ?? 0;
      one.spentNanoUsd = 0;
      refresh(one);
    }
  };

  const balanceOf = (id: string): BudgetBalance | undefined => {
    const stored = store.read(id);
    if (stored === undefined) return undefined;
    const own = accounts.get(id);
    const { leasedNanoUsd, ...node } = stored;
    return {
      ...node,
      spentNanoUsd: node.spentNanoUsd + (own?.spentNanoUsd ?? 0),
      // What other processes lease may be held or not; from here it cannot be told, so it shows as reserved.
      reservedNanoUsd: (own?.reservedNanoUsd ?? 0) + leasedNanoUsd - (own?.leasedNanoUsd ?? 0),
    };
  };

  return {
    open: (node: BudgetNode) => {
      checkAmount(node.limitNanoUsd ?? 0);
      store.open(node);
      const known = accounts.get(node.id);
      if (known === undefined) account(node.id);
      else {
        book(false);
        refresh(known);
      }
    },
    reserve: (node, nanoUsd) => {
      checkAmount(nanoUsd);
      const leaf = account(node);
      const path = ancestors(leaf);
      const denier = ensure(path, nanoUsd);
      if (denier !== undefined) {
        return { kind: 'denied', node: denier.id, headroomNanoUsd: Math.max(0, free(denier) + denier.unleasedNanoUsd) };
      }
      const hold = { id: nextHold, node, nanoUsd };
      journal?.hold(hold);
      nextHold++;
      const id = `${owner.id}:${hold.id}`;
      holds.set(id, hold);
      for (const one of path) one.reservedNanoUsd += nanoUsd;
      dirty = true;
      return { kind: 'held', id };
    },
    settle: (id, nanoUsd) => {
      checkAmount(nanoUsd);
      return end(id, nanoUsd);
    },
    release: (id) => {
      end(id, 0);
    },
    headroom: (node) => Math.max(0, Math.min(...ancestors(account(node)).map((one) => free(one) + one.unleasedNanoUsd))),
    balance: balanceOf,
    balances: () => store.all().flatMap((node) => balanceOf(node.id) ?? []),
    mayFree: (node) => (balanceOf(node)?.reservedNanoUsd ?? 0) > 0,
    onFreed: (listener) => listeners.push(listener),
    book: () => book(false),
    close: () => {
      // A hold that is open now belongs to a call that may have gone out: it stays charged in full.
      for (const [id, hold] of holds) end(id, hold.nanoUsd);
      book(false);
      journal?.close();
      removeJournal(store.journalPath(owner.id, epoch));
    },
  };
}

function checkAmount(nanoUsd: number): void {
  if (!Number.isSafeInteger(nanoUsd) || nanoUsd < 0) {
    throw new ShoalError('internal', `An amount of money must be a whole number of nano-USD, not ${nanoUsd}.`);
  }
}
