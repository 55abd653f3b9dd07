// From the journal to the catalogue, behind the calls. A booking first starts a new journal that begins with all that
// is to be booked and all that is held; then it books that beginning in slices, with a turn of the event loop between
// them. The catalogue says which journal counts and how much of its beginning is booked, in the same transaction as
// the spending itself: so at any instant each amount is in exactly one of the two.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { BudgetAlert } from '../../contract.ts';
import type { Pot, Slot } from './accounts.ts';
import { leaseOf } from './accounts.ts';
import { carriedLine, openJournal, removeJournal } from './journal.ts';
import type { Journal, JournalHold } from './journal.ts';
import type { Booking, BookingEnd, LedgerStore } from './ledger-store.ts';
import { bucketAt } from './window.ts';

export interface Bookings {
  readonly journal: Journal | undefined;
  /** This slot has unbooked spending. */
  mark(slot: Slot): void;
  /** Books everything, now. */
  book(): void;
  /** Books everything and writes these leases, in slices. Ends early, without harm, once `close` is called. */
  bookInSlices(leases: readonly Pot[]): Promise<void>;
  close(): void;
}

export interface BookingsOptions {
  readonly store: LedgerStore;
  /** False for a catalogue in memory, which dies with the process anyway. */
  readonly durable: boolean;
  readonly holds: () => Iterable<JournalHold>;
  readonly now: () => number;
  readonly onAlert: (alert: BudgetAlert) => void;
}

/** Takes about half a millisecond. */
const SLICE = 50;

interface Entry {
  readonly slot: Slot;
  readonly nanoUsd: number;
  readonly tokens: number;
}

export function createBookings({ store, durable, holds, now, onAlert }: BookingsOptions): Bookings {
  let epoch = 0;
  let dirty: Slot[] = [];
  /** What the present journal begins with, and how much of that is booked. */
  let entries: readonly Entry[] = [];
  let booked = 0;
  let closed = false;
  let slicing: Promise<void> | undefined;
  let journal = durable ? openJournal(store.journalPath(0), [], []) : undefined;

  const bookSome = (from: readonly Entry[], start: number, count: number, inEpoch: number): void => {
    const at = now();
    const some = from.slice(start, start + count);
    let ends: readonly BookingEnd[] = [];
    for (const { slot, nanoUsd, tokens } of some) {
      slot.pot.spentNano -= nanoUsd;
      slot.pot.spentTokens -= tokens;
    }
    try {
      store.transact(() => {
        ends = store.book(
          some.map((entry) => bookingOf(entry, at)),
          at,
        );
        store.setJournal(inEpoch, start + some.length);
      }, 'relaxed');
    } catch (error) {
      for (const { slot, nanoUsd, tokens } of some) {
        slot.pot.spentNano += nanoUsd;
        slot.pot.spentTokens += tokens;
      }
      throw error;
    }
    for (const [index, { slot }] of some.entries()) {
      const { account } = slot.pot;
      const { booked, alerts } = ends[index] as BookingEnd;
      if (booked !== undefined && account.pot === slot.pot) {
        account.bookedNano = booked.nanoUsd;
        account.bookedTokens = booked.tokens;
      }
      for (const alert of alerts) onAlert(alert);
    }
  };
  const bookMore = (count: number): void => {
    bookSome(entries, booked, count, epoch);
    booked = Math.min(entries.length, booked + count);
  };

  /** Starts the next journal, and books this much of what it begins with. All that the last began with is booked. */
  const begin = (count: number): void => {
    if (dirty.length === 0) return;
    // Neighbours share pages of the file, so a slice in its order writes far fewer of them.
    const next = dirty
      .map((slot) => ({ slot, nanoUsd: slot.spentNano, tokens: slot.spentTokens }))
      .toSorted((left, right) => left.slot.pot.account.rank - right.slot.pot.account.rank);
    journal?.flush();
    const path = store.journalPath(epoch + 1);
    const nextJournal = durable ? openJournal(path, linesOf(next), holds()) : undefined;
    try {
      bookSome(next, 0, count, epoch + 1);
    } catch (error) {
      // The old journal goes on: it still says everything.
      nextJournal?.close();
      removeJournal(path);
      throw error;
    }
    journal?.close();
    if (durable) removeJournal(store.journalPath(epoch));
    journal = nextJournal;
    epoch++;
    entries = next;
    booked = Math.min(next.length, count);
    for (const slot of dirty) {
      slot.dirty = false;
      slot.spentNano = 0;
      slot.spentTokens = 0;
    }
    dirty = [];
  };

  const book = (): void => {
    if (booked < entries.length) bookMore(entries.length);
    begin(Infinity);
  };
  const leasesToWrite = new Set<Pot>();
  const writeSomeLeases = (): void => {
    const some: Pot[] = [];
    for (const pot of leasesToWrite) if (some.push(pot) === SLICE) break;
    store.transact(() => {
      for (const pot of some) store.setLease(pot, leaseOf(pot));
    }, 'relaxed');
    for (const pot of some) leasesToWrite.delete(pot);
  };
  const slices = async (): Promise<void> => {
    for (let begun = false; ;) {
      if (closed) return;
      if (booked < entries.length) bookMore(SLICE);
      else if (!begun) {
        begin(0);
        begun = true;
      } else if (leasesToWrite.size > 0) writeSomeLeases();
      else return;
      await turnOfTheLoop();
    }
  };

  return {
    get journal() {
      return journal;
    },
    mark: (slot) => {
      slot.dirty = true;
      dirty.push(slot);
    },
    book,
    bookInSlices: (leases) => {
      for (const pot of leases) leasesToWrite.add(pot);
      return (slicing ??= slices().finally(() => {
        slicing = undefined;
      }));
    },
    close: () => {
      book();
      closed = true;
      journal?.close();
      if (durable) removeJournal(store.journalPath(epoch));
    },
  };
}

function bookingOf({ slot, nanoUsd, tokens }: Entry, now: number): Booking {
  const { pot } = slot;
  const { node } = pot.account;
  // Under a window that has replaced its own, it counts as of now.
  const bucket = pot.node.windowSince === node.windowSince ? slot.bucket : bucketAt(node.window, now).start;
  return { node, share: pot, bucket, spent: { nanoUsd, tokens }, lease: leaseOf(pot) };
}

function* linesOf(entries: readonly Entry[]): Iterable<string> {
  for (const { slot, nanoUsd, tokens } of entries) {
    const { node, account } = slot.pot;
    yield carriedLine({ windowSince: node.windowSince, bucket: slot.bucket, nanoUsd, tokens }, account.json);
  }
}
