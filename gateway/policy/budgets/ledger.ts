// The budget ledger: reserve the worst case on every ancestor or on none, settle exactly once. The counters live
// here, in memory; a reserve costs a comparison per ancestor and one line in the journal. Only when a lease is used
// up is the catalogue asked for another block.
//
// After a crash: what the dead process had settled is booked as settled, and each hold it left open as spent in full
// (the call may have gone out). The next process that opens the catalogue, or any that is running, does the sweeping.
// A provider that bills more than its cap allowed is still booked in full: a ledger that hides money is worse than
// one that shows a limit passed. Nothing further is admitted then.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { ShoalError } from '#foundation';
import type { BudgetAlert, BudgetBalance, BudgetChange, Ledger, Reservation } from '../../contract.ts';
import type { Owner } from '../../owners.ts';
import type { Account, Pot } from './accounts.ts';
import { covers, createAccounts } from './accounts.ts';
import { balanceOf } from './balances.ts';
import { createBookings } from './booking.ts';
import { checkAmount, hardLimitsAt, unknownBudget } from './catalogue.ts';
import type { Amounts } from './catalogue.ts';
import { createHolds, isShort } from './holds.ts';
import { createLeasing } from './leasing.ts';
import type { LedgerStore } from './ledger-store.ts';
import { createRememberedKeys } from './remembered-keys.ts';
import { resetsAt } from './window.ts';

/** The ledger and what only the gateway's own steps need of it. */
export interface OwnedLedger extends Ledger {
  /** As `reserve`, but never asks the catalogue: `dry` where that may help, see `refilled`. */
  take(node: string, nanoUsd: number, tokens: number): Reservation | Dry;
  /** Resolves when what was `dry` has been asked for. */
  refilled(): Promise<void>;
  /** What is free under all ancestors, as far as is known here; Infinity = no hard limit. May ask the catalogue. */
  room(node: string): Amounts;
  /** The tightest hard limits of its path: more than this never fits. */
  capacity(node: string): Amounts;
  /** Whether headroom on this node may yet appear: holds are open here, or others have leases. */
  mayFree(node: string): boolean;
  /** The node and its ancestors, root last. */
  pathOf(node: string): readonly string[];
  /** Calls back with the node whenever a hold ends or headroom may have come, with it or an ancestor. */
  onFreed(listener: (nodes: readonly string[]) => void): void;
  /**
   * To be called about ten times a second: sees what other processes changed and want, and about once a second books,
   * gives back idle leases and sweeps. Where it fails, the journal still has it all.
   */
  tend(): Promise<void>;
  /** Books everything at once. */
  book(): void;
  shut(): void;
}

export type Dry = { readonly kind: 'dry' };

export interface LedgerOptions {
  readonly store: LedgerStore;
  readonly owner: Owner;
  /** False for a catalogue in memory. */
  readonly durable: boolean;
  readonly now: () => number;
  /** Longer than any call lasts: a hold this old has lost its call, and is charged in full. */
  readonly holdMs: number;
}

const CHORES_MS = 1000;
const DRY: Dry = { kind: 'dry' };

export function createLedger({ store, owner, durable, now, holdMs }: LedgerOptions): OwnedLedger {
  const accounts = createAccounts();
  const freedListeners: ((nodes: readonly string[]) => void)[] = [];
  const alertListeners: ((alert: BudgetAlert) => void)[] = [];
  let choresAt = now();

  store.sweep(now());
  const load = (id: string): Account => {
    const known = accounts.find(id);
    if (known !== undefined) return known;
    const node = store.catalogue.read(id, now());
    if (node === undefined) throw unknownBudget(id);
    if (node.parent !== undefined) load(node.parent);
    const account = accounts.add(node, now());
    if (node.edge === 'hard') return account;
    const booked = store.catalogue.booked(node, now());
    account.bookedNano = booked.nanoUsd;
    account.bookedTokens = booked.tokens;
    return account;
  };
  const leasing = createLeasing({ store, accounts, now, load });
  // So that the request path finds every node in memory.
  for (const node of store.catalogue.open(now())) load(node.id);
  const bookings = createBookings({
    store,
    durable,
    holds: () => holds.all(),
    now,
    onAlert: (alert) => {
      for (const listener of alertListeners) listener(alert);
    },
  });
  const freed = (nodes: readonly string[]): void => {
    for (const listener of freedListeners) listener(nodes);
  };
  const holds = createHolds({ accounts, bookings, owner: owner.id, now, onEnd: freed });
  const keys = createRememberedKeys((id) => holds.isOpen(id));

  const denial = (pot: Pot, nanoUsd: number): Reservation => {
    const resets = resetsAt(pot.node.window, now(), pot.oldestBucket);
    return {
      kind: 'denied',
      node: pot.account.id,
      measure: covers(pot.freeNano, nanoUsd) ? 'tokens' : 'usd',
      headroomNanoUsd: Math.max(0, pot.freeNano + pot.unleasedNano),
      headroomTokens: Math.max(0, pot.freeTokens + pot.unleasedTokens),
      retryAfterMs: resets === undefined ? undefined : Math.max(0, resets - now()),
    };
  };
  const take: OwnedLedger['take'] = (node, nanoUsd, tokens) => {
    checkAmount(nanoUsd);
    checkAmount(tokens);
    const answer = holds.begin(load(node), nanoUsd, tokens);
    if (!isShort(answer)) return answer;
    const hopeless = answer.find((pot) => !leasing.mayHelp(pot, nanoUsd, tokens));
    if (hopeless !== undefined) return denial(hopeless, nanoUsd);
    for (const pot of answer) leasing.wish(pot, nanoUsd, tokens);
    return DRY;
  };
  /** Asks the catalogue once, and again where sweeping up after the dead has brought something. */
  const takeOrAsk = (node: string, nanoUsd: number, tokens: number): Reservation => {
    checkAmount(nanoUsd);
    checkAmount(tokens);
    const leaf = load(node);
    for (let asked = 0; ; asked++) {
      const answer = holds.begin(leaf, nanoUsd, tokens);
      if (!isShort(answer)) return answer;
      if (asked === 2 || (asked === 1 && store.sweep(now()) === 0)) {
        const [first] = answer as readonly [Pot];
        return denial(answer.find((pot) => !leasing.mayHelp(pot, nanoUsd, tokens)) ?? first, nanoUsd);
      }
      for (const pot of answer) leasing.wish(pot, nanoUsd, tokens);
      leasing.refill();
    }
  };

  const balance = (id: string): BudgetBalance | undefined => {
    const node = store.catalogue.read(id, now());
    return node === undefined ? undefined : balanceOf(store, accounts, owner.id, node, now());
  };
  const administer = (act: BudgetChange['act'], id: string, work: () => void): BudgetChange => {
    const before = balance(id);
    if (before === undefined && act !== 'open') throw unknownBudget(id);
    store.transact(work);
    store.afterCommit(() => {
      leasing.readChanges();
      freed([id]);
    });
    return { act, before, after: balance(id) as BudgetBalance };
  };

  const chores = async (): Promise<void> => {
    const at = now();
    if (at - choresAt < CHORES_MS && at >= choresAt) return;
    choresAt = at;
    holds.endOlderThan(at - holdMs);
    store.sweep(at);
    const idle = leasing.idle();
    // Each part in a turn of the event loop of its own.
    await turnOfTheLoop();
    await bookings.bookInSlices(idle);
  };

  return {
    open: (node) => administer('open', node.id, () => store.catalogue.save(node, now())),
    change: (id, edit) => administer('change', id, () => store.catalogue.edit(id, edit, now())),
    extend: (id, { nanoUsd, tokens, untilMs }) => {
      checkAmount(nanoUsd);
      checkAmount(tokens);
      if (!(untilMs > now())) {
        throw new ShoalError('invalid_input', 'An extension has to end in the future.', { hint: 'Give a later time.' });
      }
      const fromMs = Math.floor(now());
      return administer('extend', id, () =>
        store.catalogue.extend(id, { nanoUsd, tokens, fromMs, untilMs: Math.floor(untilMs) }),
      );
    },
    raise: (id, more) => administer('raise', id, () => store.catalogue.raise(id, more, now())),
    close: (id) => administer('close', id, () => store.catalogue.close(id, now())),
    purge: (closedBeforeMs) => {
      // What the dead had spent reaches its ancestors by the node itself, so they come first. A node keeps its row for as
      // long as a call of before its end may still have to be booked.
      store.sweep(now());
      const before = Math.min(closedBeforeMs, now() - 2 * holdMs);
      return store.transact(() => store.catalogue.purge(before));
    },
    reserve: (node, nanoUsd, { tokens = 0, key } = {}) => {
      const known = key === undefined ? undefined : keys.find(node, key);
      if (known !== undefined) return { kind: 'held', id: known, overSoft: [] };
      const answer = takeOrAsk(node, nanoUsd, tokens);
      if (key !== undefined && answer.kind === 'held') keys.add(node, key, answer.id);
      return answer;
    },
    take,
    refilled: () => leasing.refilled(),
    durable: () => bookings.journal?.durable(),
    settle: (id, nanoUsd, tokens = 0) => {
      checkAmount(nanoUsd);
      checkAmount(tokens);
      return holds.end(id, nanoUsd, tokens);
    },
    release: (id) => void holds.end(id, 0, 0),
    headroom: (node) => Math.min(...load(node).ids.map((id) => balance(id)?.headroomNanoUsd ?? Infinity)),
    room: (node) => {
      const leaf = load(node);
      leasing.learn(leaf.path.map(({ pot }) => pot));
      return roomOf(leaf);
    },
    capacity: (node) => capacityOf(load(node), now()),
    mayFree: (node) => {
      const { pot } = load(node);
      return pot.reservedNano + pot.reservedTokens > 0 || pot.othersLease;
    },
    pathOf: (node) => load(node).ids,
    balance,
    balances: ({ closed = false } = {}) =>
      (closed ? store.catalogue.all(now()) : store.catalogue.open(now())).map((node) =>
        balanceOf(store, accounts, owner.id, node, now()),
      ),
    alerts: (query = {}) => store.catalogue.alerts(query),
    onAlert: (listener) => void alertListeners.push(listener),
    onFreed: (listener) => void freedListeners.push(listener),
    tend: async () => {
      const refused = leasing.poll();
      if (refused.length > 0) freed(refused);
      await chores();
    },
    book: () => bookings.book(),
    shut: () => {
      // A hold that is open now belongs to a call that may have gone out: it stays charged in full.
      holds.endOlderThan(Infinity);
      bookings.close();
      store.dropLeases();
    },
  };
}

function roomOf(leaf: Account): Amounts {
  let [nanoUsd, tokens] = [Infinity, Infinity];
  for (const { pot } of leaf.path) {
    nanoUsd = Math.min(nanoUsd, pot.freeNano + pot.unleasedNano);
    tokens = Math.min(tokens, pot.freeTokens + pot.unleasedTokens);
  }
  return { nanoUsd: Math.max(0, nanoUsd), tokens: Math.max(0, tokens) };
}

function capacityOf(leaf: Account, at: number): Amounts {
  const limits = leaf.path.map((account) => hardLimitsAt(account.node, at));
  return {
    nanoUsd: Math.min(...limits.map((limit) => limit.nanoUsd)),
    tokens: Math.min(...limits.map((limit) => limit.tokens)),
  };
}
