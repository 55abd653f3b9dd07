// An auction's order book: what is bid and asked for one answer, best price nearest the middle.
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { MarketView } from '#api/contract';
import { count } from '../shared/format.ts';
import { cents } from './cents.ts';
import styles from './market.module.css';

type Offers = MarketView['answers'][number]['bids'];

function Side({ name, offers, most }: { readonly name: 'Bids' | 'Asks'; readonly offers: Offers; readonly most: number }) {
  return (
    <table data-side={name}>
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">Price</th>
          <th scope="col">Shares</th>
        </tr>
      </thead>
      <tbody>
        {offers.length === 0 && (
          <tr>
            <td colSpan={2}>none</td>
          </tr>
        )}
        {offers.map(({ price, shares }) => (
          <tr key={price} style={{ '--depth': `${(100 * shares) / most}%` } as React.CSSProperties}>
            <td className="number">{cents(price)}</td>
            <td className="number">{count(shares)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function MarketBook({ market }: { readonly market: MarketView }) {
  const [chosen, setChosen] = useState(0);
  const answer = market.answers[chosen];
  if (answer === undefined) return null;
  const most = Math.max(1, ...[...answer.bids, ...answer.asks].map(({ shares }) => shares));
  return (
    <div className={styles.book}>
      <NativeSelect
        size="xs"
        label="Order book"
        value={String(chosen)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
        data={market.answers.map(({ label }, index) => ({ value: String(index), label }))}
      />
      <div className={styles.sides}>
        <Side name="Bids" offers={answer.bids} most={most} />
        <Side name="Asks" offers={answer.asks} most={most} />
      </div>
    </div>
  );
}
