// A market at work: who has what, what is on offer, and what an order does. All amounts are whole cents and shares, so
// nothing is lost to rounding.
// Invariants: cash and shares never go below 0; an auction conserves both, counting what resting orders hold back; the
// maker gains whatever agents lose and can lose at most b · ln n payoffs a question; nobody trades with themselves.
import { PAYOFF, type Answer, type MarketTerms } from './listing.ts';
import { createAuction } from './auction.ts';
import type { Book } from './book.ts';
import { createMakerDesk } from './maker-desk.ts';

/** Limit of a market order: whatever the price. */
export const NO_LIMIT = 1000;

export interface Order {
  /** Number of its event. */
  readonly seq: number;
  readonly agent: number;
  readonly answer: number;
  readonly isBuy: boolean;
  readonly shares: number;
  /** Cents a share, 1–99, or NO_LIMIT. */
  readonly limit: number;
}

export interface Trade {
  /** Whose order set it off. */
  readonly agent: number;
  readonly answer: number;
  readonly isBuy: boolean;
  readonly shares: number;
  /** Cents a share, on average. */
  readonly price: number;
  /** The order that had rested; with the maker the order itself. */
  readonly order: number;
  /** The other side; undefined where it is the maker. */
  readonly other: number | undefined;
}

/** What everyone can see, on shared memory, and each agent's own holdings. */
export interface MarketColumns {
  /** Cents a share of each answer: the maker's price, or of the latest trade. */
  readonly price: Float64Array;
  /** Best offers in an auction; 0 for none. */
  readonly bid: Uint8Array;
  readonly ask: Uint8Array;
  /** Free cents of each agent. */
  readonly cash: Float64Array;
  /** size × answers: free shares. */
  readonly shares: Uint32Array;
}

export interface Exchange {
  /** Carries out an order; its trades in the order in which they happened. */
  submit(order: Order): readonly Trade[];
  /** Cents that the maker has taken in, less what it has paid out. */
  readonly makerCash: number;
  /** Shares the maker has sold of each answer. */
  readonly sold: Float64Array;
  readonly books: readonly Book[];
}

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** Everyone with the terms' cash and, in an auction, shares; every answer of a question as likely as the others. */
export function createMarketColumns(size: number, answers: readonly Answer[], terms: MarketTerms): MarketColumns {
  const columns: MarketColumns = {
    price: new Float64Array(shared(answers.length * 8)),
    bid: new Uint8Array(shared(answers.length)),
    ask: new Uint8Array(shared(answers.length)),
    cash: new Float64Array(shared(size * 8)),
    shares: new Uint32Array(shared(size * answers.length * 4)),
  };
  columns.cash.fill(terms.cash);
  if (terms.mechanism === 'auction') columns.shares.fill(terms.shares);
  answers.forEach(({ count }, answer) => (columns.price[answer] = PAYOFF / count));
  return columns;
}

export function createExchange(columns: MarketColumns, answers: readonly Answer[], terms: MarketTerms): Exchange {
  return terms.mechanism === 'maker' ? createMakerDesk(columns, answers, terms.liquidity) : createAuction(columns, answers);
}
