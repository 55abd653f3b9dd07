// The durable half of the ledger. A lease is a block of a hard limit that one owner has taken in advance and may
// spend without asking again; nodes without a hard limit need none. Invariant, whenever a lease is granted, for every
// hard limit: what is booked in the present window + all its leases ≤ limit. So no number of processes, and no
// crash, can overspend it. Where the limit falls below that sum (it is lowered, an extension ends, a provider bills more
// than was held), leases shrink to what is held, and nobody is granted more until the sum is below the limit again.
import { ShoalError } from '#foundation';
import type { Database } from '#store';
import type { BudgetAlert } from '../../contract.ts';
import { isAlive, listOwners } from '../../owners.ts';
import type { Owner, ProcessFacts } from '../../owners.ts';
import type { Transactions } from '../../transactions.ts';
import { crossedAlerts } from './alerts.ts';
import { createBudgetCatalogue, hardLimitsAt } from './catalogue.ts';
import type { Amounts, BudgetCatalogue, Definition } from './catalogue.ts';
import { createSweeper } from './sweep.ts';

/** One owner's lease from one period of one window of a node. */
export interface Share {
  readonly node: Definition;
  readonly period: number;
}

export interface LeaseWish extends Share {
  /** Held or spent already and not booked. */
  readonly used: Amounts;
  /** In excess of `used`: less than this is of no use, more than `want` is not asked for. */
  readonly need: Amounts;
  readonly want: Amounts;
}

export interface LeaseGrant {
  /** Less than nothing where `used` has passed the limit: so much has to come back before any is free. */
  readonly granted: Amounts;
  /** Of the limits, what nobody has spent or leased now; Infinity = no hard limit. */
  readonly unleased: Amounts;
  /** Others have leases here, so headroom may appear without anything ending in this process. */
  readonly othersLease: boolean;
  readonly oldestBucket: number | undefined;
}

/** Spending to be booked, and what its lease is afterwards. */
export interface Booking {
  /** As it is defined now. */
  readonly node: Definition;
  readonly share: Share;
  readonly bucket: number;
  readonly spent: Amounts;
  readonly lease: Amounts;
}

export interface BookingEnd {
  /** By all processes, in the present window; not read where there is no limit. */
  readonly booked: Amounts | undefined;
  /** Those that are new. */
  readonly alerts: readonly BudgetAlert[];
}

export interface LedgerStore {
  readonly catalogue: BudgetCatalogue;
  /**
   * Everything in `work`, or nothing; throws `conflict` where another process has taken this one for dead. `relaxed`
   * may be undone by a power cut: right where the state before it counts no less as spent than the one after.
   */
  transact<T>(work: () => T, relaxed?: 'relaxed'): T;
  /** Once the transaction under way is committed, or at once. */
  afterCommit(then: () => void): void;
  /** Grants each wish what there is; call within `transact`. */
  lease(wishes: readonly LeaseWish[], now: number): readonly LeaseGrant[];
  setLease(share: Share, amounts: Amounts): void;
  /** Books, and says what that came to; call within `transact`. */
  book(bookings: readonly Booking[], now: number): readonly BookingEnd[];
  /** From now on, this journal counts, but for the first `booked` of the entries that it begins with. */
  setJournal(epoch: number, booked: number): void;
  /** Nodes of which other processes want more than there is. */
  wantedByOthers(): readonly string[];
  forgetWants(): void;
  /** All of this owner's; when nothing of them is held any more. */
  dropLeases(): void;
  /** Takes back what dead owners leased, and books what they spent; returns how many there were. */
  sweep(now: number): number;
  journalPath(epoch: number): string;
}

export interface LedgerStoreOptions {
  readonly database: Database;
  readonly transactions: Transactions;
  /** The catalogue file; journals lie beside it. */
  readonly path: string;
  readonly owner: Owner;
  readonly facts: ProcessFacts;
}

export function createLedgerStore({ database, transactions, path, owner, facts }: LedgerStoreOptions): LedgerStore {
  const catalogue = createBudgetCatalogue(database);
  const ownRow = database.prepare('SELECT 1 FROM gateway_owners WHERE id = ?');
  const mark = database.prepare('UPDATE gateway_owners SET epoch = ?, booked = ? WHERE id = ?');
  const writeShare = database.prepare('INSERT OR REPLACE INTO budget_shares VALUES (?, ?, ?, ?, ?, ?)');
  const dropShare = database.prepare(
    'DELETE FROM budget_shares WHERE owner = ? AND node = ? AND window_since = ? AND period = ?',
  );
  const sumOwnOld = database.prepare(
    `SELECT COALESCE(SUM(nano), 0) AS nano, COALESCE(SUM(tokens), 0) AS tokens FROM budget_shares
     WHERE node = ? AND owner = ? AND window_since <> ?`,
  );
  const addWant = database.prepare('INSERT OR IGNORE INTO budget_wants VALUES (?, ?)');
  const dropWant = database.prepare('DELETE FROM budget_wants WHERE node = ? AND owner = ?');
  const readWants = database.prepare('SELECT DISTINCT node FROM budget_wants WHERE owner <> ?');
  const journalOf = (id: string, epoch: number): string => `${path}-ledger-${id}-${epoch}`;

  const sweepOwner = createSweeper({ database, transactions, catalogue, boot: facts.boot, journalOf });

  const setLease = ({ node, period }: Share, { nanoUsd, tokens }: Amounts): void => {
    if (nanoUsd === 0 && tokens === 0) dropShare.run(owner.id, node.id, node.windowSince, period);
    else writeShare.run(owner.id, node.id, node.windowSince, period, nanoUsd, tokens);
  };

  const leaseOne = (wish: LeaseWish, now: number): LeaseGrant => {
    const { node, period, used, need, want } = wish;
    const limits = hardLimitsAt(node, now);
    const booked = catalogue.booked(node, now);
    const others = catalogue.leased(node, now, owner.id);
    // This owner's own leases from a window that has been replaced count like those of others.
    const old = sumOwnOld.get(node.id, owner.id, node.windowSince) as { nano: number; tokens: number };
    const available = {
      nanoUsd: limits.nanoUsd - booked.nanoUsd - others.nanoUsd - old.nano - used.nanoUsd,
      tokens: limits.tokens - booked.tokens - others.tokens - old.tokens - used.tokens,
    };
    const granted = {
      nanoUsd: Math.min(want.nanoUsd, available.nanoUsd),
      tokens: Math.min(want.tokens, available.tokens),
    };
    setLease(
      { node, period },
      {
        nanoUsd: limits.nanoUsd === Infinity ? 0 : used.nanoUsd + Math.max(0, granted.nanoUsd),
        tokens: limits.tokens === Infinity ? 0 : used.tokens + Math.max(0, granted.tokens),
      },
    );
    const othersLease = others.nanoUsd + others.tokens > 0;
    const short = granted.nanoUsd < need.nanoUsd || granted.tokens < need.tokens;
    if (short && othersLease) addWant.run(node.id, owner.id);
    else dropWant.run(node.id, owner.id);
    return {
      granted,
      unleased: {
        nanoUsd: Math.max(0, available.nanoUsd - granted.nanoUsd),
        tokens: Math.max(0, available.tokens - granted.tokens),
      },
      othersLease,
      oldestBucket: booked.oldestBucket,
    };
  };

  return {
    catalogue,
    transact: (work, relaxed) =>
      transactions.run(() => {
        // A process that was taken for dead, rightly or not, must not go on spending: its leases are others' now.
        if (ownRow.get(owner.id) === undefined) throw takenForDead();
        return work();
      }, relaxed),
    afterCommit: (then) => transactions.afterCommit(then),
    lease: (wishes, now) => wishes.map((wish) => leaseOne(wish, now)),
    setLease,
    book: (bookings, now) =>
      bookings.map(({ node, share, bucket, spent, lease }) => {
        catalogue.spend(node, bucket, spent, now);
        setLease(share, lease);
        if (node.limitNanoUsd === undefined && node.limitTokens === undefined) return { booked: undefined, alerts: [] };
        const booked = catalogue.booked(node, now);
        return { booked, alerts: crossedAlerts(catalogue, node, booked, now) };
      }),
    setJournal: (epoch, booked) => void mark.run(epoch, booked, owner.id),
    wantedByOthers: () => readWants.all(owner.id).map((row) => String(row['node'])),
    forgetWants: () => void database.prepare('DELETE FROM budget_wants WHERE owner = ?').run(owner.id),
    dropLeases: () => {
      database.prepare('DELETE FROM budget_shares WHERE owner = ?').run(owner.id);
      database.prepare('DELETE FROM budget_wants WHERE owner = ?').run(owner.id);
    },
    sweep: (now) =>
      listOwners(database).filter((other) => other.id !== owner.id && !isAlive(other, facts) && sweepOwner(other, now)).length,
    journalPath: (epoch) => journalOf(owner.id, epoch),
  };
}

function takenForDead(): ShoalError {
  return new ShoalError('conflict', 'Another process has taken this one for dead and swept its budgets.', {
    hint: 'Start again; let one machine only work on this folder.',
  });
}
