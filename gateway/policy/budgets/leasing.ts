// Leases: when they are taken, kept and given back. Asking costs a transaction, so wishes of one turn of the event
// loop are asked together, a lease is kept as long as it is in use, and blocks grow with the pace of spending.
import type { Account, Accounts, Pot } from './accounts.ts';
import { covers, emptyFree, leaseOf } from './accounts.ts';
import { hardLimitsAt } from './catalogue.ts';
import type { LedgerStore } from './ledger-store.ts';

/** A block is never more than this share of a limit: so much counts as spent after a power cut. */
const LARGEST_SHARE = 1 / 16;
const SMALLEST_BLOCK_CALLS = 16;
const LARGEST_BLOCK_CALLS = 1 << 20;
/** A block that lasted less than this was too small, one that lasted ten times as long too large. */
const BLOCK_MS = 1000;

interface Wish {
  nano: number;
  tokens: number;
  /** Of one call. */
  largestNano: number;
  largestTokens: number;
}

export interface Leasing {
  /** Whether asking the catalogue may help this pot. */
  mayHelp(pot: Pot, nano: number, tokens: number): boolean;
  wish(pot: Pot, nano: number, tokens: number): void;
  /** Asks about those of which nothing is known since their window, bucket or limit changed. */
  learn(pots: readonly Pot[]): void;
  /** Asks for all that has been wished, now. */
  refill(): void;
  /** The same, together with all that is wished in this turn of the event loop. */
  refilled(): Promise<void>;
  /** Takes over definitions that others, or this process, have changed. */
  readChanges(): void;
  /** Gives back what other processes wait for, and looks again for what was refused. Returns the nodes refused. */
  poll(): readonly string[];
  /** Pots whose leases have something to give back because nobody used them lately. */
  idle(): readonly Pot[];
}

export interface LeasingOptions {
  readonly store: LedgerStore;
  readonly accounts: Accounts;
  readonly now: () => number;
  /** Loads a node that has come up elsewhere. */
  readonly load: (id: string) => Account;
}

export function createLeasing({ store, accounts, now, load }: LeasingOptions): Leasing {
  const wishes = new Map<Pot, Wish>();
  const refused = new Set<Pot>();
  /** Grows whenever what the catalogue last said may be out of date. */
  let freshness = 0;
  let changes = store.catalogue.changes();
  let wanting = false;
  let next: PromiseWithResolvers<void> | undefined;

  const wish = (pot: Pot, nano: number, tokens: number): void => {
    const known = wishes.get(pot);
    if (known === undefined) wishes.set(pot, { nano, tokens, largestNano: nano, largestTokens: tokens });
    else {
      known.nano += nano;
      known.tokens += tokens;
      known.largestNano = Math.max(known.largestNano, nano);
      known.largestTokens = Math.max(known.largestTokens, tokens);
    }
  };

  const readChanges = (): void => {
    const last = store.catalogue.changes();
    if (last === changes) return;
    const at = now();
    for (const node of store.catalogue.changedSince(changes, at)) {
      const account = accounts.find(node.id);
      if (account !== undefined) {
        accounts.redefine(account, node, at);
        // Held amounts may have had no lease before, or too much of one.
        wish(account.pot, 0, 0);
      } else if (!node.closed) load(node.id);
    }
    changes = last;
    freshness++;
  };

  const ask = (at: number): void => {
    const asked = [...wishes].filter(([pot]) => pot.account.pot === pot);
    const grants = store.lease(
      asked.map(([pot, one]) => {
        const hard = hardLimitsAt(pot.node, at);
        const need = { nanoUsd: one.nano, tokens: one.tokens };
        return {
          node: pot.node,
          period: pot.period,
          used: { nanoUsd: pot.reservedNano + pot.spentNano, tokens: pot.reservedTokens + pot.spentTokens },
          need,
          want: {
            nanoUsd: Math.max(need.nanoUsd, block(pot, one.largestNano, hard.nanoUsd)),
            tokens: Math.max(need.tokens, block(pot, one.largestTokens, hard.tokens)),
          },
        };
      }),
      at,
    );
    for (const [index, [pot, one]] of asked.entries()) {
      const grant = grants[index];
      if (grant === undefined) continue;
      if (pot.freeNano !== Infinity) pot.freeNano = grant.granted.nanoUsd;
      if (pot.freeTokens !== Infinity) pot.freeTokens = grant.granted.tokens;
      pot.unleasedNano = grant.unleased.nanoUsd;
      pot.unleasedTokens = grant.unleased.tokens;
      pot.othersLease = grant.othersLease;
      pot.oldestBucket = grant.oldestBucket;
      pot.askedAt = freshness;
      if (grant.granted.nanoUsd < one.nano || grant.granted.tokens < one.tokens) refused.add(pot);
      else refused.delete(pot);
    }
  };

  const refill = (): void => {
    const at = now();
    const free = [...wishes.keys()].map((pot) => [pot, pot.freeNano, pot.freeTokens] as const);
    for (const [pot, one] of wishes) if (one.nano + one.tokens > 0) resize(pot, at);
    try {
      store.transact(() => {
        readChanges();
        ask(at);
      });
    } catch (error) {
      for (const [pot, nano, tokens] of free) {
        pot.freeNano = Math.min(pot.freeNano, nano);
        pot.freeTokens = Math.min(pot.freeTokens, tokens);
      }
      throw error;
    } finally {
      wishes.clear();
    }
  };

  const giveBack = (pots: readonly Pot[]): void => {
    if (pots.length === 0) return;
    for (const pot of pots) emptyFree(pot);
    store.transact(() => {
      for (const pot of pots) store.setLease(pot, leaseOf(pot));
    }, 'relaxed');
  };

  return {
    mayHelp: (pot, nano, tokens) =>
      pot.askedAt !== freshness ||
      (covers(pot.freeNano + pot.unleasedNano, nano) && covers(pot.freeTokens + pot.unleasedTokens, tokens)),
    wish,
    learn: (pots) => {
      const unknown = pots.filter((pot) => pot.askedAt === -1 && (pot.freeNano !== Infinity || pot.freeTokens !== Infinity));
      for (const pot of unknown) wish(pot, 0, 0);
      if (unknown.length > 0) refill();
    },
    refill,
    refilled: () => {
      if (next !== undefined) return next.promise;
      const mine = Promise.withResolvers<void>();
      next = mine;
      setImmediate(() => {
        next = undefined;
        try {
          refill();
          mine.resolve();
        } catch (error) {
          mine.reject(error);
        }
      });
      return mine.promise;
    },
    readChanges: () => {
      readChanges();
      if (wishes.size > 0) refill();
    },
    poll: () => {
      readChanges();
      if (wishes.size > 0) refill();
      const wanted = store.wantedByOthers().flatMap((id) => accounts.find(id)?.pot ?? []);
      giveBack(wanted.filter(hasFree));
      if (refused.size === 0) {
        // Whoever wanted more has it, or has gone.
        if (wanting) store.forgetWants();
        wanting = false;
        return [];
      }
      wanting = true;
      const nodes = [...refused].map((pot) => pot.account.id);
      refused.clear();
      freshness++;
      return nodes;
    },
    idle: () => {
      const idle: Pot[] = [];
      for (const { pot } of accounts.all()) {
        if (!pot.inUse && hasFree(pot)) idle.push(pot);
        pot.inUse = false;
      }
      for (const pot of accounts.past) {
        const done = pot.reservedNano + pot.reservedTokens + pot.spentNano + pot.spentTokens === 0;
        if (done) accounts.past.delete(pot);
        if (done || hasFree(pot)) idle.push(pot);
      }
      for (const pot of idle) emptyFree(pot);
      return idle;
    },
  };
}

function hasFree(pot: Pot): boolean {
  return (pot.freeNano !== Infinity && pot.freeNano > 0) || (pot.freeTokens !== Infinity && pot.freeTokens > 0);
}

function block(pot: Pot, amount: number, limit: number): number {
  return Math.min(amount * pot.blockCalls, Math.floor(limit * LARGEST_SHARE));
}

function resize(pot: Pot, at: number): void {
  const lasted = at - pot.leasedAtMs;
  if (lasted < BLOCK_MS) pot.blockCalls = Math.min(LARGEST_BLOCK_CALLS, pot.blockCalls * 2);
  else if (lasted > 10 * BLOCK_MS) pot.blockCalls = SMALLEST_BLOCK_CALLS;
  pot.leasedAtMs = at;
}
