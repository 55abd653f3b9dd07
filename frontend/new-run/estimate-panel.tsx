// What the run would take, asked for as the form changes and shown before anything is spent.
import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Estimate } from '#api/contract';
import { estimateRun } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { compact, duration, modelName, usd, words } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import type { Completeness } from './draft.ts';
import styles from './new-run.module.css';

const WAIT_MS = 350;

function Range({ label, range, format }: { label: string; range: Estimate['seconds']; format: (value: number) => string }) {
  return (
    <div className={styles.range}>
      <span>{label}</span>
      <strong className="number">{format(range.expected)}</strong>
      {range.high > range.low && (
        <small className="number">
          {format(range.low)} to {format(range.high)}
        </small>
      )}
    </div>
  );
}

export function EstimatePanel({ complete }: { readonly complete: Completeness }) {
  const [settled] = useDebouncedValue(complete.kind === 'complete' ? JSON.stringify(complete.request) : '', WAIT_MS);
  const query = useQuery({
    queryKey: ['estimate', settled],
    queryFn: ({ signal }) => estimateRun(JSON.parse(settled), signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  if (complete.kind === 'incomplete')
    return (
      <div className={styles.estimate}>
        <h2>Before it starts</h2>
        <p className={styles.missing}>Time and cost appear here as soon as there is something to read and a question.</p>
      </div>
    );
  if (query.error !== null) return <ProblemCard problem={problemFrom(query.error)} onRetry={() => void query.refetch()} />;
  const estimate = query.data;
  if (estimate === undefined) return <Skeleton height={190} radius="md" aria-label="Estimating" />;
  const paid = estimate.stages.filter((stage) => stage.costUsd.high > 0);
  return (
    <div className={styles.estimate} aria-live="polite" aria-busy={query.isPlaceholderData}>
      <h2>Before it starts</h2>
      <div className={styles.ranges}>
        <Range label="Time" range={estimate.seconds} format={duration} />
        <Range label="Cost" range={estimate.costUsd} format={usd} />
      </div>
      {!estimate.fitsBudget && (
        <p className={styles.over}>
          May cost more than the budget of {usd(estimate.budgetUsd)}. When it is used up, the run goes on by crowd rules and says
          so.
        </p>
      )}
      {paid.length > 0 && (
        <table className={styles.stages}>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Calls</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {paid.map((stage) => (
              <tr key={stage.stage}>
                <th scope="row">{words(stage.stage)}</th>
                <td>{compact(stage.calls.expected)}</td>
                <td>{usd(stage.costUsd.expected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.thinks}>Thinks with {modelName(estimate.model)}</p>
      {estimate.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </div>
  );
}
