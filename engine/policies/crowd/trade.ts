// A session at the market: an agent reads the prices, compares them with what it believes, and places an order on the
// answer of each question where they differ most.
//   belief  = w · own + (1 − w) · price,  own ∝ e^(belief-sharpness · opinion),  w = 1 − price-trust · (1 − certainty)
//   stake   = Kelly's fraction for a bet at that price (Kelly 1956), × risk tolerance / risk-aversion
// Risk tolerance is ½ + the mean of openness and extraversion. In an auction the limit is drawn between the price and the
// belief, as budget-constrained traders do in Gode & Sunder 1993; a large gain is taken by a market order.
import { randomKey, uniform } from '#foundation';
import { NONE } from '../../contract.ts';
import { NO_LIMIT } from '../../platforms/market/orders.ts';
import { PAYOFF, type Answer } from '../../platforms/market/listing.ts';
import { KIND } from '../../platforms/platform.ts';
import { utilityExp } from '../../rounds/fast-math.ts';
import { NO_PLATFORM, pushAction, type Words } from '../../rounds/packed.ts';
import type { Market, WorldView } from '../../rounds/world.ts';
import type { Message, Mind } from './mind.ts';

export interface Trader {
  trade(agent: number): void;
}

export function createTrader(view: WorldView, market: Market, mind: Mind, actions: Words): Trader {
  const { answers, columns, terms, platform } = market;
  const { price, ask, bid, cash, shares } = columns;
  const { behaviour } = view;
  const key = randomKey(view.seed, 'trade', view.round);
  const belief = new Float64Array(answers.length);
  const message: Message = {
    issue: 0,
    stance: 0,
    point: NONE,
    standing: behaviour['news-credibility'],
    tie: 0,
    arousal: 0,
    attention: behaviour['price-attention'],
    platform: NO_PLATFORM,
    post: NONE,
    news: false,
  };

  /** A price is a message on its issue: as far for it as the answer is likelier than by chance. */
  const readPrices = (agent: number): void => {
    if (view.alone) return;
    for (let answer = 0; answer < answers.length; answer++) {
      const { issue, side, count } = answers[answer] as Answer;
      if (side < 0) continue;
      message.issue = issue;
      message.stance = Math.min(1, (((price[answer] as number) / PAYOFF) * count - 1) / (count - 1));
      mind.expose(agent, message);
    }
  };

  const believe = (first: number, count: number): void => {
    let total = 0;
    for (let answer = first; answer < first + count; answer++) {
      const { issue, side } = answers[answer] as Answer;
      belief[answer] = utilityExp(behaviour['belief-sharpness'] * side * (mind.opinion[issue] as number));
      total += belief[answer] as number;
    }
    for (let answer = first; answer < first + count; answer++) {
      const certainty = mind.certainty[(answers[answer] as Answer).issue] as number;
      const weight = 1 - behaviour['price-trust'] * (1 - certainty);
      belief[answer] = (weight * PAYOFF * (belief[answer] as number)) / total + (1 - weight) * (price[answer] as number);
    }
  };

  /** Places an order on one question, if any answer is worth one. */
  const order = (agent: number, first: number, count: number): void => {
    believe(first, count);
    let best = -1;
    let most = behaviour['trade-edge'];
    for (let answer = first; answer < first + count; answer++) {
      const edge = (belief[answer] as number) - (price[answer] as number);
      const isAble = edge > 0 ? (cash[agent] as number) > 0 : (shares[agent * answers.length + answer] as number) > 0;
      if (!isAble || Math.abs(edge) <= most) continue;
      most = Math.abs(edge);
      best = answer;
    }
    if (best < 0) return;
    const now = price[best] as number;
    const own = belief[best] as number;
    const isBuy = own > now;
    const tolerance = 0.5 + ((view.openness[agent] as number) + (view.extraversion[agent] as number)) / 2;
    const stake = Math.min(1, ((most / (isBuy ? PAYOFF - now : now)) * tolerance) / behaviour['risk-aversion']);
    const amount = isBuy
      ? Math.floor((stake * (cash[agent] as number)) / Math.max(1, now))
      : Math.ceil(stake * (shares[agent * answers.length + best] as number));
    if (amount === 0) return;
    const limit = terms.mechanism === 'maker' ? own : limitOf(agent, best, now, own, isBuy);
    const { issue } = answers[best] as Answer;
    pushAction(actions, agent, KIND.order, platform, issue, best, amount, isBuy ? limit : -limit);
    mind.fatigue += 1;
  };

  const limitOf = (agent: number, answer: number, now: number, own: number, isBuy: boolean): number => {
    const offer = (isBuy ? ask[answer] : bid[answer]) as number;
    const gain = offer === 0 ? -1 : isBuy ? own - offer : offer - own;
    if (gain >= behaviour['market-order-gain']) return NO_LIMIT;
    const drawn = now + uniform(key, agent, answer) * (own - now);
    return Math.min(PAYOFF - 1, Math.max(1, Math.round(drawn)));
  };

  return {
    trade: (agent) => {
      readPrices(agent);
      for (let answer = 0; answer < answers.length; answer += (answers[answer] as Answer).count) {
        order(agent, answer, (answers[answer] as Answer).count);
      }
    },
  };
}
