// Markets: the maker's published prices, an auction's book, and that nothing is made or lost.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketOverrides, ScenarioInput } from '#scenarios/contract';
import { createExchange, createMarketColumns } from '../../engine/platforms/market/exchange.ts';
import { answersOf, type MarketTerms } from '../../engine/platforms/market/listing.ts';
import { chargeFor, costOf, priceOf, sharesBetween, sharesFor } from '../../engine/platforms/market/maker.ts';
import { NO_LIMIT, type Order, type Trade } from '../../engine/platforms/market/orders.ts';
import { applyEvents, beginRound } from '../../engine/rounds/apply.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import { eventsOf, live } from './fixtures-live.ts';
import { digestOf } from './fixtures-run.ts';
import { framingOf, issueList, syntheticSpec } from './fixtures-world.ts';

const TRADERS = 6;
const THREE = answersOf(framingOf(issueList(3)));
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

function market(terms: Partial<MarketTerms> = {}, answers = THREE) {
  const all: MarketTerms = { mechanism: 'auction', liquidity: 50, cash: 10_000, shares: 20, ...terms };
  const columns = createMarketColumns(TRADERS, answers, all);
  const exchange = createExchange(columns, answers, all);
  let seq = 0;
  /** Cents a share as limit, or NO_LIMIT. */
  const place = (agent: number, side: 'buy' | 'sell', shares: number, limit: number, answer = 0) =>
    exchange.submit({ seq: seq++, agent, answer, isBuy: side === 'buy', shares, limit });
  return { columns, exchange, place };
}

const orders = (answers: number): fc.Arbitrary<Omit<Order, 'seq'>[]> =>
  fc.array(
    fc.record({
      agent: fc.integer({ min: 0, max: TRADERS - 1 }),
      answer: fc.integer({ min: 0, max: answers - 1 }),
      isBuy: fc.boolean(),
      shares: fc.integer({ min: 0, max: 300 }),
      limit: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constant(NO_LIMIT)),
    }),
    { maxLength: 120 },
  );

describe('the logarithmic market maker', () => {
  it('prices and charges match hand-computed values', () => {
    // b = 100, q = (50, 0): e^½ / (e^½ + 1), and C = 100 · ln(e^½ + 1).
    const sold = Float64Array.of(50, 0);
    expect(priceOf(sold, 100, 0)).toBeCloseTo(0.62245933, 8);
    expect(priceOf(sold, 100, 0) + priceOf(sold, 100, 1)).toBeCloseTo(1, 12);
    expect(costOf(sold, 100)).toBeCloseTo(97.4076984, 6);
    expect(costOf(new Float64Array(3), 100)).toBeCloseTo(100 * Math.log(3), 9);
    expect(chargeFor(new Float64Array(2), 100, 0, 50)).toBeCloseTo(97.4076984 - 100 * Math.LN2, 6);
  });

  it('knows how many shares a payment buys, and how many move a price', () => {
    const sold = Float64Array.of(20, 5, 0);
    const shares = sharesFor(sold, 80, 1, 12);
    expect(chargeFor(sold, 80, 1, shares)).toBeCloseTo(12, 9);
    const moved = sharesBetween(priceOf(sold, 80, 1), 0.6, 80);
    expect(priceOf(Float64Array.of(20, 5 + moved, 0), 80, 1)).toBeCloseTo(0.6, 9);
  });

  it('sells up to the limit and not beyond', () => {
    const { columns, place } = market({ mechanism: 'maker', cash: 1_000_000 });
    const [trade] = place(0, 'buy', 100_000, 60);
    // 50 · ln((0.6 · ⅔) / (⅓ · 0.4)) = 50 · ln 3 = 54.9 shares.
    expect(trade?.shares).toBe(54);
    expect(columns.price[0]).toBeGreaterThan(59);
    expect(columns.price[0]).toBeLessThanOrEqual(60);
    expect(place(1, 'buy', 10, 50)).toEqual([]);
    expect(place(1, 'sell', 10, 10)).toEqual([]);
  });

  it('never loses more than b · ln n, and takes what agents pay, whatever they order', () => {
    fc.assert(
      fc.property(orders(3), fc.integer({ min: 5, max: 200 }), (placed, liquidity) => {
        const { columns, exchange } = market({ mechanism: 'maker', liquidity, cash: 100_000 });
        placed.forEach((order, seq) => exchange.submit({ ...order, seq }));
        expect(sum(columns.cash) + exchange.makerCash).toBe(TRADERS * 100_000);
        expect(Math.min(...columns.cash)).toBeGreaterThanOrEqual(0);
        for (let answer = 0; answer < 3; answer++) {
          const held = sum(Array.from({ length: TRADERS }, (_, agent) => columns.shares[agent * 3 + answer] ?? 0));
          expect(held).toBe(exchange.sold[answer]);
          expect(exchange.makerCash - 100 * held).toBeGreaterThanOrEqual(-100 * liquidity * Math.log(3) - 1e-6);
        }
        expect(sum(columns.price)).toBeCloseTo(100, 6);
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});

/** What is wrong with the trades of one order, where the best offer was `best`. */
function faultsOf(order: Omit<Order, 'seq'>, best: number, trades: readonly Trade[]): readonly string[] {
  return trades.flatMap((trade, n) => {
    const before = trades[n - 1];
    const betterThan = (one: number, other: number): boolean => (order.isBuy ? one < other : one > other);
    return [
      ...(trade.other === trade.agent ? ['trades with itself'] : []),
      ...(betterThan(trade.price, before?.price ?? best) ? ['a better price came later'] : []),
      ...(before?.price === trade.price && before.order > trade.order ? ['an older order came later'] : []),
      ...(order.limit !== NO_LIMIT && betterThan(order.limit, trade.price) ? ['beyond its limit'] : []),
    ];
  });
}

describe('the double auction', () => {
  it('fills by price first and by time among equals, at the resting price', () => {
    const { place, columns } = market();
    place(1, 'sell', 5, 60);
    place(2, 'sell', 5, 55);
    place(3, 'sell', 5, 55);
    const trades = place(0, 'buy', 12, 60);
    expect(trades.map(({ other, shares, price }) => [other, shares, price])).toEqual([
      [2, 5, 55],
      [3, 5, 55],
      [1, 2, 60],
    ]);
    expect([columns.price[0], columns.ask[0], columns.bid[0]]).toEqual([60, 60, 0]);
    expect(columns.cash[0]).toBe(10_000 - 10 * 55 - 2 * 60);
    expect([columns.cash[2], columns.shares[0], columns.shares[2 * 3]]).toEqual([10_275, 32, 15]);
  });

  it('rests what is left of a limit order, never of a market order', () => {
    const { place, columns, exchange } = market();
    place(1, 'sell', 5, 40);
    expect(place(0, 'buy', 8, NO_LIMIT).map(({ shares }) => shares)).toEqual([5]);
    expect([columns.bid[0], columns.ask[0]]).toEqual([0, 0]);
    place(2, 'buy', 8, 45);
    expect(exchange.books[0]?.depth(true)).toEqual([{ price: 45, shares: 8 }]);
    expect(place(3, 'sell', 3, NO_LIMIT).map(({ price, other }) => [price, other])).toEqual([[45, 2]]);
    expect(exchange.books[0]?.depth(true)).toEqual([{ price: 45, shares: 5 }]);
  });

  it('nobody trades with themselves: a new order takes the place of one’s old', () => {
    const { place, columns, exchange } = market();
    place(0, 'sell', 5, 50);
    expect(place(0, 'buy', 5, 60)).toEqual([]);
    expect([exchange.books[0]?.depth(false), exchange.books[0]?.depth(true)]).toEqual([[], [{ price: 60, shares: 5 }]]);
    expect([columns.shares[0], columns.cash[0]]).toEqual([20, 10_000 - 300]);
  });

  it('holds back what an order may cost, and sells nothing twice', () => {
    const { place, columns } = market({ cash: 100 });
    place(0, 'buy', 50, 40);
    expect(columns.cash[0]).toBe(20);
    place(1, 'sell', 500, 90);
    expect([columns.shares[3], columns.ask[0]]).toEqual([0, 90]);
  });

  it('conserves cash and shares, keeps the book uncrossed, and is in price and time order, whatever is ordered', () => {
    fc.assert(
      fc.property(orders(3), (placed) => {
        const { columns, exchange } = market({ cash: 2000 });
        const faults = placed.flatMap((order, seq) => {
          const book = exchange.books[order.answer];
          const best = (order.isBuy ? book?.ask : book?.bid) ?? 0;
          const trades = exchange.submit({ ...order, seq });
          return faultsOf(order, best, trades);
        });
        expect(faults).toEqual([]);
        let cash = sum(columns.cash);
        for (const [answer, book] of exchange.books.entries()) {
          expect(book.bid < book.ask || book.ask === 0).toBe(true);
          cash += sum(book.depth(true).map(({ price, shares }) => price * shares));
          const free = sum(Array.from({ length: TRADERS }, (_, agent) => columns.shares[agent * 3 + answer] ?? 0));
          expect(free + sum(book.depth(false).map(({ shares }) => shares))).toBe(TRADERS * 20);
        }
        expect(cash).toBe(TRADERS * 2000);
        expect(Math.min(...columns.cash)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});

const withMarket = (terms: MarketOverrides, more: Partial<ScenarioInput> = {}): Partial<ScenarioInput> => ({
  platforms: [{ kind: 'microblog' }, { kind: 'market', market: terms }],
  ...more,
});

const smallWith = (market: MarketOverrides) => syntheticSpec({ size: 90, rounds: 12, scenario: withMarket(market) });

describe.each(['maker', 'auction'] as const)('a world with a market (%s)', (mechanism) => {
  const spec = syntheticSpec({ size: 300, rounds: 20, issues: 2, scenario: withMarket({ mechanism }) });
  const lived = live(spec);

  it('trades, and conserves what there is', async () => {
    const { world, batches } = await lived;
    const events = eventsOf(batches);
    const placed = events.filter(({ kind }) => kind === 'order');
    const traded = events.filter(({ kind }) => kind === 'trade');
    expect(placed.length).toBeGreaterThan(50);
    expect(traded.length).toBeGreaterThan(30);
    const { columns } = world.fixed.market ?? {};
    const held = world.exchange?.books.flatMap((book) => book.depth(true)).map(({ price, shares }) => price * shares) ?? [];
    expect(sum(columns?.cash ?? []) + sum(held) + (world.exchange?.makerCash ?? 0)).toBe(300 * 10_000);
    // A maker is the other side of every trade; in an auction somebody else is, and some take what is offered at any price.
    const isOwn = traded.map(({ agent, target }) => events.find(({ seq }) => seq === target)?.agent === agent);
    expect(new Set(isOwn)).toEqual(new Set([mechanism === 'maker']));
    const isUnlimited = new Set(placed.map(({ value }) => Math.abs(value) === NO_LIMIT));
    expect(isUnlimited).toEqual(new Set(mechanism === 'maker' ? [false] : [true, false]));
  });

  it('moves the price towards what its traders believe', async () => {
    const { world } = await lived;
    const { price } = world.fixed.market?.columns ?? { price: [] };
    const mean = (issue: number): number =>
      sum(Array.from({ length: 300 }, (_, agent) => world.fixed.state.opinion[agent * 2 + issue] ?? 0)) / 300;
    expect(Math.sign((price[0] ?? 0) - (price[1] ?? 0))).toBe(Math.sign(mean(0) - mean(1)));
  });

  it('puts orders after everything else, and not in the order of agents', async () => {
    const { batches } = await lived;
    const agents: number[][] = [];
    for (const batch of batches) {
      const kinds = eventsOf([batch]).map(({ kind }) => (kind === 'order' ? 1 : kind === 'trade' ? 2 : 0));
      expect(kinds).toEqual(kinds.toSorted((left, right) => left - right));
      agents.push(
        eventsOf([batch])
          .filter(({ kind }) => kind === 'order')
          .map(({ agent }) => agent),
      );
    }
    expect(agents.some((order) => order.some((agent, n) => n > 0 && agent < (order[n - 1] ?? 0)))).toBe(true);
  });

  it('is the same when its events are folded again', async () => {
    const { world, batches } = await lived;
    const again = createWorldState(spec);
    for (const batch of batches) {
      beginRound(again);
      applyEvents(again, batch);
      again.round++;
    }
    expect(again.seq).toBe(world.seq);
    expect(again.fixed.market?.columns).toEqual(world.fixed.market?.columns);
    expect(again.exchange?.books.map((book) => book.depth(false))).toEqual(
      world.exchange?.books.map((book) => book.depth(false)),
    );
  });

  it.each([
    ['mechanism', { mechanism: mechanism === 'maker' ? 'auction' : 'maker' } as const],
    ['cash', { mechanism, cash: 3000 }],
    mechanism === 'maker'
      ? (['liquidity', { mechanism, liquidity: 90 }] as const)
      : (['shares', { mechanism, shares: 3 }] as const),
  ])('%s changes the digest', async (_name, terms) => {
    expect(await digestOf(smallWith(terms))).not.toBe(await digestOf(smallWith({ mechanism })));
  });
});

describe('news beside a market', () => {
  it('is posted where there are posts, and known by its post, wherever the market stands', async () => {
    const scenario: Partial<ScenarioInput> = {
      platforms: [{ kind: 'market' }, { kind: 'microblog' }, { kind: 'forum' }],
      interventions: [{ round: 3, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.5 }],
    };
    const events = eventsOf((await live(syntheticSpec({ size: 120, rounds: 6, scenario }))).batches);
    const announced = events.filter(({ kind }) => kind === 'inject');
    expect(announced.map(({ platform }) => platform)).toEqual([1, 2]);
    const moved = events.filter(({ round, kind, target }) => round === 3 && kind === 'shift' && target === announced[0]?.seq);
    expect(moved.length).toBeGreaterThan(10);
  });
});
