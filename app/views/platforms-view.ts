// A world's groups and its market as the page shows them.
import type { GroupsView, MarketView } from '#api/contract';
import type { RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';

const SHOWN_GROUPS = 50;
const SHOWN_TRADES = 30;
/** Places of an auction's book shown on each side. */
const SHOWN_OFFERS = 8;

export function groupsView(record: RunRecord, round: number): GroupsView {
  const groups = record.groups(round).slice(0, SHOWN_GROUPS);
  return { round, groups: groups.map(({ seq, name, issue, members, messages }) => ({ seq, name, issue, members, messages })) };
}

/** Throws `not_found` where the world has no market. */
export function marketView(record: RunRecord, round: number): MarketView {
  const market = record.market(round, SHOWN_TRADES);
  if (market === undefined) {
    throw new ShoalError('not_found', 'The world of this run has no market.', {
      hint: 'Give its scenario a platform of kind market.',
    });
  }
  return {
    round,
    mechanism: market.mechanism,
    answers: market.answers.map(({ bids, asks, ...answer }) => ({
      ...answer,
      bids: bids.slice(0, SHOWN_OFFERS).map((offer) => ({ ...offer })),
      asks: asks.slice(0, SHOWN_OFFERS).map((offer) => ({ ...offer })),
    })),
    trades: market.trades.map((trade) => ({ ...trade, name: record.persona(trade.agent, -1).identity.name })),
  };
}
