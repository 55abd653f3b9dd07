// The market maker at its desk: orders filled at Hanson's prices in whole shares and cents, rounded in its favour.
import { NO_LIMIT, type Exchange, type MarketColumns, type Order } from './orders.ts';
import { PAYOFF, type Answer } from './listing.ts';
import { chargeFor, priceOf, sharesBetween, sharesFor } from './maker.ts';

export function createMakerDesk({ price, cash, shares }: MarketColumns, answers: readonly Answer[], liquidity: number): Exchange {
  const sold = new Float64Array(answers.length);
  let makerCash = 0;

  /** Whole shares that an order gets: as many as it wants, its limit allows, and its owner can pay or hand over. */
  const sharesOf = ({ agent, answer, isBuy, shares: wanted, limit }: Order, question: Float64Array, place: number): number => {
    const now = priceOf(question, liquidity, place);
    const toLimit = limit === NO_LIMIT ? 0 : sharesBetween(now, limit / PAYOFF, liquidity);
    const most = limit === NO_LIMIT ? wanted : isBuy ? toLimit : -toLimit;
    const able = isBuy
      ? sharesFor(question, liquidity, place, (cash[agent] as number) / PAYOFF)
      : (shares[agent * answers.length + answer] as number);
    return Math.floor(Math.min(wanted, most, able));
  };

  return {
    sold,
    books: [],
    get makerCash() {
      return makerCash;
    },
    submit: (order) => {
      const { agent, answer, isBuy } = order;
      const { first, count, place } = answers[answer] as Answer;
      const question = sold.subarray(first, first + count);
      let amount = sharesOf(order, question, place);
      let cents = 0;
      // Rounding is in the maker's favour, so the last share may be one too many.
      for (; amount > 0; amount--) {
        const charge = chargeFor(question, liquidity, place, isBuy ? amount : -amount) * PAYOFF;
        cents = isBuy ? Math.ceil(charge) : Math.floor(-charge);
        if (!isBuy || cents <= (cash[agent] as number)) break;
      }
      if (amount <= 0) return [];
      const sign = isBuy ? 1 : -1;
      question[place] = (question[place] as number) + sign * amount;
      cash[agent] = (cash[agent] as number) - sign * cents;
      makerCash += sign * cents;
      const held = agent * answers.length + answer;
      shares[held] = (shares[held] as number) + sign * amount;
      for (let other = 0; other < count; other++) price[first + other] = PAYOFF * priceOf(question, liquidity, other);
      return [{ agent, answer, isBuy, shares: amount, price: cents / amount, order: order.seq, other: undefined }];
    },
  };
}
