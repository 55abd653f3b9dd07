// How far the run is: six stages, what could not be read, counters, and charts that grow as rounds are lived.
import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#api/contract';
import { measuresQuery } from '../api/queries.ts';
import { MeasureCharts } from '../shared/measure-charts.tsx';
import { CheckIcon, WarningIcon } from '../shared/icons.tsx';
import { count, dateTime, duration, modelName, usd, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProgressLine } from '../shared/progress-line.tsx';
import styles from './progress.module.css';

type Stage = RunView['stages'][number];

const NOTES: Readonly<Record<Stage['stage'], string>> = {
  documents: 'Files are read; every later fact points into their text',
  graph: 'Entities, relations and claims, each with its source',
  population: 'Named actors from the graph, and a crowd around them',
  rounds: 'The world lives, one round after another',
  ensemble: 'The same world again with other dice, for the spread',
  report: 'Numbers are computed, quotes linked, every sentence checked',
};

function StageItem({ stage, index }: { readonly stage: Stage; readonly index: number }) {
  return (
    <li className={styles.stage} data-state={stage.state} aria-current={stage.state === 'running' ? 'step' : undefined}>
      <span className={styles.mark}>
        {stage.state === 'done' ? <CheckIcon size={16} /> : stage.state === 'failed' ? <WarningIcon size={16} /> : index + 1}
      </span>
      <div>
        <h3>
          {words(stage.stage)}
          <span className={`${styles.amount} number`}>
            {stage.total > 1 && stage.state !== 'waiting' && `${count(stage.done)} / ${count(stage.total)}`}
          </span>
        </h3>
        <p>{stage.state === 'waiting' || stage.message === '' ? NOTES[stage.stage] : stage.message}</p>
        {stage.state === 'running' && <ProgressLine label={words(stage.stage)} done={stage.done} total={stage.total} />}
      </div>
    </li>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="number">{children}</dd>
    </div>
  );
}

export function ProgressView({ run }: { readonly run: RunView }) {
  const measures = useQuery({ ...measuresQuery(run.id), enabled: run.roundsDone > 0 });
  const newest = measures.data?.rounds.at(-1);
  return (
    <div className={styles.page}>
      <section aria-label="Stages">
        <ol className={styles.stages}>
          {run.stages.map((stage, index) => (
            <StageItem key={stage.stage} stage={stage} index={index} />
          ))}
        </ol>
        {run.rejected.length > 0 && (
          <div className={styles.rejected}>
            <h3>Not read</h3>
            <ul>
              {run.rejected.map((file) => (
                <li key={file.name}>
                  <strong>{file.name}</strong> {file.reason}
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <section aria-label="Counters and charts" className={styles.live}>
        <dl className={styles.facts}>
          <Fact label="Rounds">{`${count(run.roundsDone)} / ${count(run.rounds)}`}</Fact>
          <Fact label="Events">{count(run.events)}</Fact>
          <Fact label="Active in the last round">{newest === undefined ? '–' : count(newest.active)}</Fact>
          <Fact label="Time spent">{duration(run.elapsedMs / 1000)}</Fact>
          <Fact label="Spent of budget">
            {run.budgetUsd > 0 ? `${usd(run.costUsd)} / ${usd(run.budgetUsd)}` : usd(run.costUsd)}
          </Fact>
        </dl>
        {run.roundsDone === 0 ? (
          <p className={styles.note}>Charts appear with the first round.</p>
        ) : (
          <Loaded query={measures} shape={[200, 200]}>
            {(view) => <MeasureCharts view={view} issues={run.issues} />}
          </Loaded>
        )}
        <dl className={styles.identity}>
          <dt>Model</dt>
          <dd>{modelName(run.model)}</dd>
          <dt>Seed</dt>
          <dd className="number">{run.seed}</dd>
          <dt>Started</dt>
          <dd>{dateTime(run.createdAt)}</dd>
          {run.digest !== undefined && (
            <>
              <dt>Digest</dt>
              <dd>
                <code>{run.digest}</code>
              </dd>
            </>
          )}
        </dl>
      </section>
    </div>
  );
}
