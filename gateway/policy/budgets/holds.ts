// The request path: begin a hold on every ancestor or on none, end it exactly once. Nothing here reads or writes the
// catalogue, or waits; a hold costs a comparison per ancestor and a line in the journal.
import { ShoalError } from '#foundation';
import type { Reservation } from '../../contract.ts';
import { covers } from './accounts.ts';
import type { Account, Accounts, Pot, Slot } from './accounts.ts';
import type { Bookings } from './booking.ts';
import type { JournalHold } from './journal.ts';

interface Hold extends JournalHold {
  /** Where it was admitted, and so where it will be spent, whatever window it is by then. */
  readonly slots: readonly Slot[];
  /** Its node and all above. */
  readonly ids: readonly string[];
}

export interface Holds {
  /** Holds the amounts, or returns the pots that cannot take them. Throws `conflict` where a node is closed. */
  begin(leaf: Account, nanoUsd: number, tokens: number): Reservation | readonly Pot[];
  /** Returns what was charged: nothing where it has ended before. */
  end(id: string, nanoUsd: number, tokens: number): number;
  /** Ends those that began at or before this time, in full. */
  endOlderThan(at: number): void;
  isOpen(id: string): boolean;
  all(): Iterable<JournalHold>;
}

export interface HoldsOptions {
  readonly accounts: Accounts;
  readonly bookings: Bookings;
  readonly owner: string;
  readonly now: () => number;
  /** Told the node and all above. */
  readonly onEnd: (nodes: readonly string[]) => void;
}

const NONE: readonly string[] = [];

export function createHolds({ accounts, bookings, owner, now, onEnd }: HoldsOptions): Holds {
  const holds = new Map<string, Hold>();
  let next = 1;

  const end = (id: string, nanoUsd: number, tokens: number): number => {
    const hold = holds.get(id);
    if (hold === undefined) return 0;
    holds.delete(id);
    for (const slot of hold.slots) {
      const { pot } = slot;
      pot.freeNano += hold.nanoUsd - nanoUsd;
      pot.freeTokens += hold.tokens - tokens;
      pot.reservedNano -= hold.nanoUsd;
      pot.reservedTokens -= hold.tokens;
      pot.spentNano += nanoUsd;
      pot.spentTokens += tokens;
      slot.spentNano += nanoUsd;
      slot.spentTokens += tokens;
      if (!slot.dirty) bookings.mark(slot);
    }
    bookings.journal?.settle(hold.id, nanoUsd, tokens);
    onEnd(hold.ids);
    return nanoUsd;
  };

  return {
    begin: (leaf, nanoUsd, tokens) => {
      const at = Math.floor(now());
      let short: Pot[] | undefined;
      let overSoft: string[] | undefined;
      for (const account of leaf.path) {
        if (account.node.closed) throw closedBudget(account.id);
        if (at >= account.turnsAt) accounts.turn(account, at);
        const { pot } = account;
        pot.inUse = true;
        if (!covers(pot.freeNano, nanoUsd) || !covers(pot.freeTokens, tokens)) (short ??= []).push(pot);
        else if (isOverSoft(account, nanoUsd, tokens)) (overSoft ??= []).push(account.id);
      }
      if (short !== undefined) return short;
      const slots = accounts.slotsOf(leaf);
      for (const { pot } of slots) {
        pot.freeNano -= nanoUsd;
        pot.freeTokens -= tokens;
        pot.reservedNano += nanoUsd;
        pot.reservedTokens += tokens;
      }
      const hold: Hold = { id: next++, node: leaf.id, nanoUsd, tokens, at, slots, ids: leaf.ids };
      const id = `${owner}:${hold.id}`;
      bookings.journal?.hold(hold, leaf.json);
      holds.set(id, hold);
      return { kind: 'held', id, overSoft: overSoft ?? NONE };
    },
    end,
    endOlderThan: (at) => {
      // The oldest come first.
      for (const [id, hold] of holds) {
        if (hold.at > at) break;
        end(id, hold.nanoUsd, hold.tokens);
      }
    },
    isOpen: (id) => holds.has(id),
    all: () => holds.values(),
  };
}

export function isShort(answer: Reservation | readonly Pot[]): answer is readonly Pot[] {
  return Array.isArray(answer);
}

function isOverSoft({ pot, softNano, softTokens, bookedNano, bookedTokens }: Account, nanoUsd: number, tokens: number): boolean {
  if (softNano === Infinity && softTokens === Infinity) return false;
  return (
    bookedNano + pot.spentNano + pot.reservedNano + nanoUsd > softNano ||
    bookedTokens + pot.spentTokens + pot.reservedTokens + tokens > softTokens
  );
}

function closedBudget(id: string): ShoalError {
  return new ShoalError('conflict', `The budget ${id} is closed.`, { hint: 'Open it again, or charge another budget.' });
}
