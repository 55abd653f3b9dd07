// Budget nodes as the ledger counts them in memory. An account has a pot: what this process leased of the present
// period, and what of it is free, held and spent. Free amounts of a node without a hard limit are Infinity, so the
// request path makes no difference between nodes. A slot is the pot's present bucket, where spending will be booked.
// Invariant, for each hard limit: free + reserved + unbooked ≤ the lease that the catalogue knows. Less than nothing is
// free where more is held and spent than the limit allows by now: what calls give back pays for that first.
import type { Amounts, Definition } from './catalogue.ts';
import { hardLimitsAt, limitsAt } from './catalogue.ts';
import { bucketAt, periodAt } from './window.ts';

export interface Pot {
  readonly account: Account;
  node: Definition;
  readonly period: number;
  freeNano: number;
  freeTokens: number;
  reservedNano: number;
  reservedTokens: number;
  /** Settled, and not yet booked. */
  spentNano: number;
  spentTokens: number;
  /** Of the limits, what nobody had spent or leased when the catalogue was last asked, and when that was. */
  unleasedNano: number;
  unleasedTokens: number;
  askedAt: number;
  othersLease: boolean;
  oldestBucket: number | undefined;
  /** Size of the next block to lease, in calls. */
  blockCalls: number;
  leasedAtMs: number;
  /** Since the ledger last looked for idle leases. */
  inUse: boolean;
}

export interface Slot {
  readonly pot: Pot;
  readonly bucket: number;
  /** Settled since the last journal began. */
  spentNano: number;
  spentTokens: number;
  dirty: boolean;
}

export interface Account {
  readonly id: string;
  /** The id as the journal writes it. */
  readonly json: string;
  /** Those that were there at the start are in the catalogue's order. */
  readonly rank: number;
  /** From this one up to the root. */
  readonly path: readonly Account[];
  /** The ids of `path`. */
  readonly ids: readonly string[];
  node: Definition;
  pot: Pot;
  slot: Slot;
  /** When pot, slot or limits change by themselves. */
  turnsAt: number;
  /** For a soft edge: past these, holds are flagged; Infinity otherwise. */
  softNano: number;
  softTokens: number;
  /** In the present window, by all, as of the last booking; kept for soft edges only. */
  bookedNano: number;
  bookedTokens: number;
  /** The slots of `path`, as long as no account has turned. */
  slots: readonly Slot[];
  slotsAsOf: number;
}

export interface Accounts {
  find(id: string): Account | undefined;
  add(node: Definition, now: number): Account;
  /** Takes over a changed definition. */
  redefine(account: Account, node: Definition, now: number): void;
  /** New bucket, new period, or the end of an extension. */
  turn(account: Account, now: number): void;
  slotsOf(leaf: Account): readonly Slot[];
  all(): IterableIterator<Account>;
  /** Pots whose period or definition is over; they live until nothing of them is held or unbooked. */
  readonly past: Set<Pot>;
}

const FIRST_BLOCK_CALLS = 16;

export function createAccounts(): Accounts {
  const accounts = new Map<string, Account>();
  const past = new Set<Pot>();
  let turns = 0;

  const renew = (account: Account, now: number, replace: boolean): void => {
    const { node } = account;
    const bucket = bucketAt(node.window, now);
    const period = periodAt(node.window, now);
    if (replace || account.pot.period !== period) {
      past.add(account.pot);
      account.pot = newPot(account, period, now);
      account.bookedNano = 0;
      account.bookedTokens = 0;
    }
    if (account.slot.pot !== account.pot || account.slot.bucket !== bucket.start)
      account.slot = newSlot(account.pot, bucket.start);
    const hard = hardLimitsAt(node, now);
    account.pot.freeNano = hard.nanoUsd === Infinity ? Infinity : finite(account.pot.freeNano);
    account.pot.freeTokens = hard.tokens === Infinity ? Infinity : finite(account.pot.freeTokens);
    const soft = node.edge === 'soft' ? limitsAt(node, now) : undefined;
    account.softNano = soft?.nanoUsd ?? Infinity;
    account.softTokens = soft?.tokens ?? Infinity;
    const ends = node.extensions.map(({ untilMs }) => untilMs).filter((untilMs) => untilMs > now);
    account.turnsAt = Math.min(bucket.end, ...ends);
    turns++;
  };
  return {
    past,
    find: (id) => accounts.get(id),
    all: () => accounts.values(),
    add: (node, now) => {
      const parent = node.parent === undefined ? undefined : accounts.get(node.parent);
      const path: Account[] = [];
      // Filled in by `renew`; an account without a pot is never seen outside.
      const { id } = node;
      const ids = [id, ...(parent?.ids ?? [])];
      const account = {
        id,
        json: JSON.stringify(id),
        rank: accounts.size,
        path,
        ids,
        node,
        slots: [],
        slotsAsOf: -1,
      } as unknown as Account;
      path.push(account, ...(parent?.path ?? []));
      account.pot = newPot(account, periodAt(node.window, now), now);
      account.slot = newSlot(account.pot, bucketAt(node.window, now).start);
      account.bookedNano = 0;
      account.bookedTokens = 0;
      renew(account, now, false);
      accounts.set(node.id, account);
      return account;
    },
    redefine: (account, node, now) => {
      const replaced = account.node.windowSince !== node.windowSince;
      account.node = node;
      // Holds stay in their pot; what was free is asked for anew, under the new limit.
      if (!replaced) account.pot.node = node;
      renew(account, now, replaced);
      forgetFree(account.pot);
    },
    turn: (account, now) => {
      // Since the last turn, which may be longer ago than one bucket.
      const ended = account.node.extensions.some(({ untilMs }) => untilMs >= account.turnsAt && untilMs <= now);
      if (ended) forgetFree(account.pot);
      account.pot.askedAt = -1;
      renew(account, now, false);
    },
    slotsOf: (leaf) => {
      if (leaf.slotsAsOf !== turns) {
        leaf.slots = leaf.path.map((account) => account.slot);
        leaf.slotsAsOf = turns;
      }
      return leaf.slots;
    },
  };
}

function newPot(account: Account, period: number, now: number): Pot {
  const hard = hardLimitsAt(account.node, now);
  return {
    account,
    node: account.node,
    period,
    freeNano: hard.nanoUsd === Infinity ? Infinity : 0,
    freeTokens: hard.tokens === Infinity ? Infinity : 0,
    reservedNano: 0,
    reservedTokens: 0,
    spentNano: 0,
    spentTokens: 0,
    unleasedNano: 0,
    unleasedTokens: 0,
    askedAt: -1,
    othersLease: false,
    oldestBucket: undefined,
    blockCalls: FIRST_BLOCK_CALLS,
    leasedAtMs: -Infinity,
    inUse: false,
  };
}

/** Whether a call of this amount may begin. One that costs nothing takes nothing, even where a limit has been passed. */
export function covers(free: number, amount: number): boolean {
  return amount <= free || amount === 0;
}

/** No longer for this process to spend; the lease stays in the catalogue until it is written anew. */
export function emptyFree(pot: Pot): void {
  if (pot.freeNano !== Infinity) pot.freeNano = Math.min(0, pot.freeNano);
  if (pot.freeTokens !== Infinity) pot.freeTokens = Math.min(0, pot.freeTokens);
  pot.askedAt = -1;
}

/**
 * The limit may be less than what the lease was taken from, so until the catalogue is asked again nothing is free, not
 * even what open calls give back.
 */
function forgetFree(pot: Pot): void {
  if (pot.freeNano !== Infinity) pot.freeNano = -Infinity;
  if (pot.freeTokens !== Infinity) pot.freeTokens = -Infinity;
  pot.unleasedNano = 0;
  pot.unleasedTokens = 0;
  pot.askedAt = -1;
}

/** What the catalogue has to know as leased: never less than what is held or to be booked. */
export function leaseOf(pot: Pot): Amounts {
  return {
    nanoUsd: pot.freeNano === Infinity ? 0 : Math.max(0, pot.freeNano) + pot.reservedNano + pot.spentNano,
    tokens: pot.freeTokens === Infinity ? 0 : Math.max(0, pot.freeTokens) + pot.reservedTokens + pot.spentTokens,
  };
}

function newSlot(pot: Pot, bucket: number): Slot {
  return { pot, bucket, spentNano: 0, spentTokens: 0, dirty: false };
}

/** A limit has come where there was none: nothing is leased of it yet. */
function finite(free: number): number {
  return free === Infinity ? 0 : free;
}
