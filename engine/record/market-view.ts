// The market as of a round: its orders carried out again from the record, on a market of its own.
import type { Framing, Scenario } from '#scenarios/contract';
import type { MarketView } from '../contract.ts';
import { createExchange, createMarketColumns } from '../platforms/market/exchange.ts';
import { answersOf, marketOf, PAYOFF } from '../platforms/market/listing.ts';
import type { Trade } from '../platforms/market/orders.ts';
import { KIND } from '../platforms/platform.ts';
import type { Ledger } from './ledger.ts';

export function marketAt(
  ledger: Ledger,
  { scenario, framing, size }: { readonly scenario: Scenario; readonly framing: Framing; readonly size: number },
  round: number,
  lastTrades: number,
): MarketView | undefined {
  const found = marketOf(scenario);
  if (found === undefined) return undefined;
  const answers = answersOf(framing);
  const columns = createMarketColumns(size, answers, found.terms);
  const exchange = createExchange(columns, answers, found.terms);
  const trades: MarketView['trades'][number][] = [];
  for (let at = 0; at <= round; at++) {
    const batch = ledger.batch(at);
    if (batch === undefined) break;
    // Trades stand after the round's orders, in the order in which those brought them about.
    const made: Trade[] = [];
    let told = 0;
    for (let row = 0; row < batch.count; row++) {
      const seq = batch.firstSeq + row;
      if (batch.kind[row] === KIND.order) {
        const value = batch.value[row] as number;
        const [agent, answer] = [batch.agent[row] as number, batch.target[row] as number];
        const shares = batch.point[row] as number;
        made.push(...exchange.submit({ seq, agent, answer, isBuy: value > 0, shares, limit: Math.abs(value) }));
      } else if (batch.kind[row] === KIND.trade) {
        const { agent, answer, isBuy, shares, price } = made[told++] as Trade;
        trades.push({ seq, round: at, agent, answer, isBuy, shares, price: price / PAYOFF });
      }
    }
  }
  const depth = (answer: number, isBuy: boolean): MarketView['answers'][number]['bids'] =>
    (exchange.books[answer]?.depth(isBuy) ?? []).map(({ price, shares }) => ({ price: price / PAYOFF, shares }));
  return {
    mechanism: found.terms.mechanism,
    answers: answers.map(({ question, issue, label }, answer) => ({
      question,
      issue,
      label,
      price: (columns.price[answer] as number) / PAYOFF,
      bids: depth(answer, true),
      asks: depth(answer, false),
    })),
    trades: trades.slice(-lastTrades).toReversed(),
  };
}
