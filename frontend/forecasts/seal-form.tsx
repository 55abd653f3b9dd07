// Seals one forecast of a run's report: all it needs is when the outcome should be known.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { forecastsKey, sealForecast } from '../api/forecasts.ts';
import { problemFrom } from '../api/problem.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './forecasts.module.css';

export function SealForm({ run, question }: { readonly run: string; readonly question: number }) {
  const client = useQueryClient();
  const [day, setDay] = useState('');
  const sealing = useMutation({
    mutationFn: () => sealForecast({ run, question, by: `${day}T00:00:00Z` }),
    onSuccess: () => client.invalidateQueries({ queryKey: forecastsKey }),
  });
  if (sealing.data !== undefined) {
    return (
      <p role="status">
        Sealed as{' '}
        <Link to="/forecasts/$id" params={{ id: sealing.data.id }}>
          {sealing.data.id}
        </Link>
        .
      </p>
    );
  }
  return (
    <details>
      <summary>Seal this forecast</summary>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          sealing.mutate();
        }}
      >
        <TextInput
          type="date"
          label="When the outcome should be known"
          description="The forecast goes into the ledger as it stands. It can be resolved later, but not changed or dropped."
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={sealing.isPending} disabled={day === ''}>
          Seal
        </Button>
        {sealing.error !== null && <ProblemCard problem={problemFrom(sealing.error)} />}
      </form>
    </details>
  );
}
