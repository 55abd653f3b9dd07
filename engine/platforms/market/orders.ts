// What is placed on a market and what comes of it. All amounts are whole cents and shares, so nothing is lost to rounding.
import type { Book } from './book.ts';

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
