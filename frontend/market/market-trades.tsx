// The last trades of a market; a trader's name opens the agent.
import { Link } from '@tanstack/react-router';
import type { MarketView, RunView } from '#api/contract';
import { count } from '../shared/format.ts';
import { cents } from './cents.ts';
import styles from './market.module.css';

const SHOWN = 8;

export function MarketTrades({ run, market }: { readonly run: RunView; readonly market: MarketView }) {
  if (market.trades.length === 0) return <p className={styles.quiet}>Nothing has been traded yet.</p>;
  return (
    <table className={styles.trades}>
      <caption>Last trades</caption>
      <thead>
        <tr>
          <th scope="col">Round</th>
          <th scope="col">Trader</th>
          <th scope="col">Did</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {market.trades.slice(0, SHOWN).map((trade) => (
          <tr key={trade.seq}>
            <td className="number">{trade.round}</td>
            <td>
              <Link
                from="/runs/$id"
                to="/runs/$id"
                params={{ id: run.id }}
                search={(before) => ({ ...before, agent: trade.agent, pane: undefined })}
                resetScroll={false}
              >
                {trade.name}
              </Link>
            </td>
            <td>
              {trade.isBuy ? 'bought' : 'sold'} {count(trade.shares)} × {market.answers[trade.answer]?.label}
            </td>
            <td className="number">{cents(trade.price)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
