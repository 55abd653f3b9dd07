// The market of a world as of one round: what each answer costs, how that came about, what is on offer and the last
// trades. Prices are cents for a share that pays 100 if its answer is right.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MarketView, MeasuresView, RunView } from '#api/contract';
import { marketQuery } from '../api/queries.ts';
import { LazyChart } from '../shared/lazy-chart.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { chartOf } from '../shared/measure-lines.ts';
import { MarketBook } from './market-book.tsx';
import { MarketTrades } from './market-trades.tsx';
import styles from './market.module.css';
import { cents } from './cents.ts';

interface MarketPanelProps {
  readonly run: RunView;
  readonly round: number;
  readonly measures: MeasuresView | undefined;
  readonly onPick: (round: number) => void;
}

const HOW: Readonly<Record<MarketView['mechanism'], string>> = {
  maker: 'A market maker sells and buys shares of every answer at a price that rises as it sells.',
  auction: 'Agents trade shares of every answer with one another; offers wait in a book.',
};

function Prices({ market }: { readonly market: MarketView }) {
  return (
    <ul className={styles.prices} aria-label="Prices">
      {market.answers.map((answer) => (
        <li key={`${answer.question}-${answer.label}`}>
          <span>{answer.label}</span>
          <strong className="number">{cents(answer.price)}</strong>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${answer.price * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function MarketPanel({ run, round, measures, onPick }: MarketPanelProps) {
  const query = useQuery(marketQuery(run.id, round));
  const chart = useMemo(
    () => (measures === undefined ? undefined : chartOf(measures, run.issues, 'price')),
    [measures, run.issues],
  );
  const rounds = useMemo(() => measures?.rounds.map((one) => one.round) ?? [], [measures]);
  return (
    <section aria-label="Market" className={styles.panel}>
      <h3>Market</h3>
      <Loaded query={query} shape={[80, 170, 120]}>
        {(market) => (
          <>
            <p className={styles.quiet}>{HOW[market.mechanism]} A share pays 100¢ if its answer is right.</p>
            <Prices market={market} />
            {chart !== undefined && (
              <LazyChart
                label="Price of each answer"
                rounds={rounds}
                series={chart.series}
                current={round}
                format={cents}
                onPick={onPick}
              />
            )}
            {market.mechanism === 'auction' && <MarketBook market={market} />}
            <MarketTrades run={run} market={market} />
          </>
        )}
      </Loaded>
    </section>
  );
}
