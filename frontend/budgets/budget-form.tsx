// Opens a budget or changes one: limits, window, edge, and where alerts are written.
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BudgetRequest, BudgetView } from '#api/contract';
import { setBudget } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import styles from '../gateway/gateway.module.css';
import { ProblemCard } from '../shared/problem-card.tsx';
import { useChanged } from './use-changed.ts';

const WINDOWS = [
  { value: 'none', label: 'Prepaid (no window)' },
  { value: 'hour', label: 'Each hour' },
  { value: 'day', label: 'Each day' },
  { value: 'week', label: 'Each week' },
  { value: 'month', label: 'Each month' },
  { value: 'rolling 24h', label: 'Any 24 hours' },
  { value: 'rolling 7d', label: 'Any 7 days' },
  { value: 'rolling 30d', label: 'Any 30 days' },
];
const EDGES = [
  { value: 'hard', label: 'Hard: never passed' },
  { value: 'soft', label: 'Soft: passed, flagged and alerted' },
];
const ROOT = 'shoal';
const NO_PARENTS: readonly string[] = [];
const numberOr = (value: number | string): number | undefined => (typeof value === 'number' ? value : undefined);

interface Draft {
  readonly id: string;
  readonly parent: string;
  readonly limitUsd: number | undefined;
  readonly limitTokens: number | undefined;
  readonly window: string;
  readonly edge: string;
  readonly alerts: string;
}

const draftOf = (view: BudgetView | undefined): Draft => ({
  id: view?.id ?? `${ROOT}/`,
  parent: view?.parent ?? ROOT,
  limitUsd: view?.limitUsd,
  limitTokens: view?.limitTokens,
  window: view?.window ?? 'none',
  edge: view?.edge ?? 'hard',
  alerts: (view?.alertPercents ?? [50, 80, 100]).join(', '),
});
const percentsOf = (text: string): number[] =>
  text
    .split(',')
    .map((part) => Number(part.trim()))
    .filter((percent) => Number.isInteger(percent) && percent > 0);

function requestOf(draft: Draft, isNew: boolean): BudgetRequest {
  return {
    limitUsd: draft.limitUsd ?? null,
    limitTokens: draft.limitTokens ?? null,
    window: draft.window,
    edge: draft.edge === 'soft' ? 'soft' : 'hard',
    alertPercents: percentsOf(draft.alerts),
    ...(isNew ? { parent: draft.parent.trim() } : {}),
  };
}

interface BudgetFormProps {
  /** Undefined = a new one. */
  readonly view: BudgetView | undefined;
  readonly parents?: readonly string[];
  readonly onDone?: () => void;
}

export function BudgetForm({ view, parents = NO_PARENTS, onDone }: BudgetFormProps) {
  const isNew = view === undefined;
  const [before] = useState(() => draftOf(view));
  const [draft, setDraft] = useState(before);
  const changed = useChanged();
  const change = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }));
  const saving = useMutation({
    mutationFn: () => setBudget(draft.id.trim(), requestOf(draft, isNew)),
    onSuccess: ({ after }) => {
      changed(after);
      onDone?.();
    },
  });
  const known = WINDOWS.some(({ value }) => value === draft.window);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      {isNew && (
        <>
          <TextInput
            label="Name"
            description="As a path, such as shoal/team:research or shoal/evaluation"
            required
            maxLength={300}
            value={draft.id}
            onChange={(event) => change({ id: event.currentTarget.value })}
          />
          <NativeSelect
            label="Under"
            value={draft.parent}
            onChange={(event) => change({ parent: event.currentTarget.value })}
            data={[...parents]}
          />
        </>
      )}
      <div className={styles.pair}>
        <NumberInput
          label="Limit in USD"
          placeholder="No limit"
          prefix="$"
          min={0}
          max={1_000_000}
          thousandSeparator=","
          hideControls
          value={draft.limitUsd ?? ''}
          onChange={(value) => change({ limitUsd: numberOr(value) })}
        />
        <NumberInput
          label="Limit in tokens"
          placeholder="No limit"
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
          value={draft.limitTokens ?? ''}
          onChange={(value) => change({ limitTokens: numberOr(value) })}
        />
      </div>
      <div className={styles.pair}>
        <NativeSelect
          label="Counts"
          value={draft.window}
          onChange={(event) => change({ window: event.currentTarget.value })}
          data={known ? WINDOWS : [...WINDOWS, { value: draft.window, label: draft.window }]}
        />
        <NativeSelect
          label="Its edge is"
          value={draft.edge}
          onChange={(event) => change({ edge: event.currentTarget.value })}
          data={EDGES}
        />
      </div>
      <TextInput
        label="Alerts at"
        description="Percent of a limit, with commas between them"
        value={draft.alerts}
        onChange={(event) => change({ alerts: event.currentTarget.value })}
      />
      {saving.error !== null && <ProblemCard problem={problemFrom(saving.error)} />}
      <div className={styles.actions}>
        <Button type="submit" loading={saving.isPending} disabled={isNew ? draft.id.trim() === '' : draft === before}>
          {isNew ? 'Open the budget' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
