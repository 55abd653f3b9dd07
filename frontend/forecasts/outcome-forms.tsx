// What may be said of a sealed forecast in its state: what came true, that it has no answer, or a doubt.
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerForecastView, ResolveRequest } from '#api/contract';
import { forecastsKey, objectToForecast, resolveForecast } from '../api/forecasts.ts';
import { problemFrom } from '../api/problem.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './forecasts.module.css';

export function OutcomeForms({ forecast }: { readonly forecast: LedgerForecastView }) {
  const { state } = forecast;
  return (
    <>
      {['open', 'disputed', 'failed'].includes(state) && <ResolveForm forecast={forecast} />}
      {['open', 'disputed'].includes(state) && <ObjectionForm id={forecast.id} act="void" label="Make void" />}
      {['resolved', 'void'].includes(state) && <ObjectionForm id={forecast.id} act="dispute" label="Dispute" />}
    </>
  );
}

function ResolveForm({ forecast: { id, forecast } }: { readonly forecast: LedgerForecastView }) {
  const client = useQueryClient();
  const { distribution } = forecast;
  const options = distribution.kind === 'options' ? distribution.options.map(({ option }) => option) : [];
  const [outcome, setOutcome] = useState<string | number>(options[0] ?? '');
  const [source, setSource] = useState('');
  const entered: ResolveRequest['outcome'] = typeof outcome === 'number' ? { value: outcome } : { option: outcome };
  const resolving = useMutation({
    mutationFn: () => resolveForecast(id, { outcome: entered, source }),
    onSuccess: () => client.invalidateQueries({ queryKey: forecastsKey }),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        resolving.mutate();
      }}
    >
      <h2>What came true?</h2>
      {distribution.kind === 'options' && (
        <NativeSelect
          label="Outcome"
          data={options}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
      )}
      {distribution.kind === 'draws' && (
        <NumberInput label={`Outcome (${distribution.unit})`} hideControls value={outcome} onChange={setOutcome} />
      )}
      {distribution.kind === 'failed' && (
        <TextInput label="Outcome" value={outcome} onChange={(event) => setOutcome(event.currentTarget.value)} />
      )}
      <TextInput label="Where it was looked up" value={source} onChange={(event) => setSource(event.currentTarget.value)} />
      <Button type="submit" loading={resolving.isPending} disabled={outcome === '' || source.trim() === ''}>
        Resolve
      </Button>
      {resolving.error !== null && <ProblemCard problem={problemFrom(resolving.error)} />}
    </form>
  );
}

interface ObjectionProps {
  readonly id: string;
  readonly act: 'void' | 'dispute';
  readonly label: string;
}

function ObjectionForm({ id, act, label }: ObjectionProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const objecting = useMutation({
    mutationFn: () => objectToForecast(id, act, reason),
    onSuccess: () => {
      setReason('');
      return client.invalidateQueries({ queryKey: forecastsKey });
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        objecting.mutate();
      }}
    >
      <TextInput
        label={act === 'void' ? 'Why it has no answer' : 'Why the outcome is doubted'}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={objecting.isPending} disabled={reason.trim() === ''}>
        {label}
      </Button>
      {objecting.error !== null && <ProblemCard problem={problemFrom(objecting.error)} />}
    </form>
  );
}
