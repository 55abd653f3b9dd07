// More money: for a while (an extension that ends by itself), or for good (a higher limit).
import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BudgetView } from '#api/contract';
import { addToBudget, extendBudget } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import styles from '../gateway/gateway.module.css';
import { exactUsd } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import { HOUR_MS } from '../shared/time.ts';
import { useChanged } from './use-changed.ts';

const FOR_GOOD = 'good';
const TIMES = [
  { value: '1', label: 'for an hour' },
  { value: '24', label: 'for a day' },
  { value: '168', label: 'for a week' },
  { value: FOR_GOOD, label: 'for good (top up)' },
];

/** Topping up adds to whatever the limit is by then, so that two people who do it at once have both added. */
export function MoreForm({ view }: { readonly view: BudgetView & { readonly limitUsd: number } }) {
  const changed = useChanged();
  const [usd, setUsd] = useState<number | string>('');
  const [time, setTime] = useState('24');
  const amount = typeof usd === 'number' ? usd : 0;
  const giving = useMutation({
    mutationFn: () =>
      time === FOR_GOOD
        ? addToBudget(view.id, { usd: amount, tokens: 0 })
        : extendBudget(view.id, { usd: amount, tokens: 0, until: new Date(Date.now() + Number(time) * HOUR_MS).toISOString() }),
    onSuccess: ({ after }) => {
      changed(after);
      setUsd('');
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        giving.mutate();
      }}
    >
      <h3>Give it more</h3>
      <div className={styles.pair}>
        <NumberInput label="USD more" prefix="$" min={0} max={1_000_000} hideControls value={usd} onChange={setUsd} />
        <NativeSelect label="How long" value={time} onChange={(event) => setTime(event.currentTarget.value)} data={TIMES} />
        <Button type="submit" variant="default" loading={giving.isPending} disabled={amount <= 0}>
          {time === FOR_GOOD ? 'Top up' : 'Extend'}
        </Button>
      </div>
      {time === FOR_GOOD && amount > 0 && (
        <p className={styles.quiet}>
          The limit becomes {exactUsd(view.limitUsd + amount)}, from {exactUsd(view.limitUsd)} now.
        </p>
      )}
      {giving.error !== null && <ProblemCard problem={problemFrom(giving.error)} />}
    </form>
  );
}
