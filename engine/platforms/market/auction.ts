// A continuous double auction: an order meets the best resting offers of the other side, by price and then by time; what is
// left of a limit order rests. What a resting order may have to give is held back when it comes.
import { createBook, TOP_PRICE, type Book, type RestingOrder } from './book.ts';
import { NO_LIMIT, type Exchange, type MarketColumns, type Trade } from './orders.ts';
import type { Answer } from './listing.ts';

export function createAuction(columns: MarketColumns, answers: readonly Answer[]): Exchange {
  const { price, bid, ask, cash, shares } = columns;
  const books = answers.map(() => createBook());
  /** The one order that an agent may have at rest on an answer. */
  const resting = new Map<number, RestingOrder>();
  const keyOf = (agent: number, answer: number): number => agent * answers.length + answer;
  const pay = (agent: number, cents: number): void => {
    cash[agent] = (cash[agent] as number) + cents;
  };
  const hand = (agent: number, answer: number, count: number): void => {
    shares[keyOf(agent, answer)] = (shares[keyOf(agent, answer)] as number) + count;
  };

  /** Gives back what the agent's resting order holds; so a new order never meets an old one of its own. */
  const withdraw = (agent: number, answer: number): void => {
    const order = resting.get(keyOf(agent, answer));
    if (order === undefined) return;
    resting.delete(keyOf(agent, answer));
    (books[answer] as Book).remove(order);
    if (order.isBuy) pay(agent, order.price * order.left);
    else hand(agent, answer, order.left);
  };

  return {
    books,
    sold: new Float64Array(answers.length),
    makerCash: 0,
    submit: ({ seq, agent, answer, isBuy, shares: wanted, limit }) => {
      withdraw(agent, answer);
      const book = books[answer] as Book;
      const isLimited = limit !== NO_LIMIT;
      const bound = Math.min(TOP_PRICE, Math.max(1, Math.round(limit)));
      const affordable = !isBuy
        ? (shares[keyOf(agent, answer)] as number)
        : isLimited
          ? Math.floor((cash[agent] as number) / bound)
          : Infinity;
      let left = Math.floor(Math.min(wanted, affordable));
      const trades: Trade[] = [];
      while (left > 0) {
        const maker = book.first(!isBuy);
        if (maker === undefined || (isLimited && (isBuy ? maker.price > bound : maker.price < bound))) break;
        const amount = Math.min(left, maker.left, isBuy ? Math.floor((cash[agent] as number) / maker.price) : left);
        if (amount === 0) break;
        // What the resting side gives has been held back since it came.
        if (isBuy) pay(agent, -amount * maker.price);
        else hand(agent, answer, -amount);
        pay(isBuy ? maker.agent : agent, amount * maker.price);
        hand(isBuy ? agent : maker.agent, answer, amount);
        maker.left -= amount;
        left -= amount;
        if (maker.left === 0) {
          book.remove(maker);
          resting.delete(keyOf(maker.agent, answer));
        }
        price[answer] = maker.price;
        trades.push({ agent, answer, isBuy, shares: amount, price: maker.price, order: maker.seq, other: maker.agent });
      }
      if (isLimited && left > 0) {
        const order: RestingOrder = { seq, agent, isBuy, price: bound, left };
        if (isBuy) pay(agent, -bound * left);
        else hand(agent, answer, -left);
        book.rest(order);
        resting.set(keyOf(agent, answer), order);
      }
      bid[answer] = book.bid;
      ask[answer] = book.ask;
      return trades;
    },
  };
}
