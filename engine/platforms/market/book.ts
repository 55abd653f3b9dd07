// The order book of one answer: limit orders by price, and at one price by the time they came.
// Invariant: every resting order has shares left and stands in exactly one queue.

/** Highest price in cents; the lowest is 1. */
export const TOP_PRICE = 99;

export interface RestingOrder {
  readonly seq: number;
  readonly agent: number;
  readonly isBuy: boolean;
  readonly price: number;
  left: number;
}

export interface Book {
  /** Highest price somebody bids and lowest that somebody asks; 0 for none. */
  readonly bid: number;
  readonly ask: number;
  /** The order first in line at the best price of a side. */
  first(isBuy: boolean): RestingOrder | undefined;
  rest(order: RestingOrder): void;
  /** Takes an order out, filled or withdrawn. */
  remove(order: RestingOrder): void;
  /** Shares by price of one side, best price first. */
  depth(isBuy: boolean): readonly { readonly price: number; readonly shares: number }[];
}

/** A queue for each price. */
const levels = (): RestingOrder[][] => Array.from({ length: TOP_PRICE + 1 }, () => []);

export function createBook(): Book {
  const bids = levels();
  const asks = levels();
  let bid = 0;
  let ask = 0;
  const sideOf = (isBuy: boolean): RestingOrder[][] => (isBuy ? bids : asks);

  /** Best prices after a level has emptied. */
  const settle = (): void => {
    while (bid > 0 && bids[bid]?.length === 0) bid--;
    while (ask > 0 && asks[ask]?.length === 0) ask = ask === TOP_PRICE ? 0 : ask + 1;
  };

  return {
    get bid() {
      return bid;
    },
    get ask() {
      return ask;
    },
    first: (isBuy) => sideOf(isBuy)[isBuy ? bid : ask]?.[0],
    rest: (order) => {
      sideOf(order.isBuy)[order.price]?.push(order);
      if (order.isBuy) bid = Math.max(bid, order.price);
      else ask = ask === 0 ? order.price : Math.min(ask, order.price);
    },
    remove: (order) => {
      const queue = sideOf(order.isBuy)[order.price] as RestingOrder[];
      queue.splice(queue.indexOf(order), 1);
      settle();
    },
    depth: (isBuy) => {
      const found = sideOf(isBuy).flatMap((queue, price) =>
        queue.length === 0 ? [] : [{ price, shares: queue.reduce((sum, { left }) => sum + left, 0) }],
      );
      return isBuy ? found.toReversed() : found;
    },
  };
}
