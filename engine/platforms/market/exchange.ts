// A market as it opens, by either mechanism.
// Invariants: cash and shares never go below 0; an auction conserves both, counting what resting orders hold back; the
// maker gains whatever agents lose and can lose at most b · ln n payoffs a question; nobody trades with themselves.
import { createAuction } from './auction.ts';
import { PAYOFF, type Answer, type MarketTerms } from './listing.ts';
import { createMakerDesk } from './maker-desk.ts';
import type { Exchange, MarketColumns } from './orders.ts';

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
