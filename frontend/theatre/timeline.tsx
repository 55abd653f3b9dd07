// The whole life of the world as one line: activity as a skyline, interventions as marks, and a slider over it
// that the arrow keys move round by round.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { MeasuresView, RunView } from '#api/contract';
import { ForkDialog } from '../fork/fork-dialog.tsx';
import { useForks } from '../fork/lineage.tsx';
import { compact, count, worldTime } from '../shared/format.ts';
import { BranchIcon, PauseIcon, PlayIcon } from '../shared/icons.tsx';
import styles from './theatre.module.css';
import type { Scrub } from './use-scrub.ts';

interface TimelineProps {
  readonly run: RunView;
  readonly measures: MeasuresView | undefined;
  readonly scrub: Scrub;
}

/** An area under the number of events by round, in a box of 1000 × 100. */
function skyline(measures: MeasuresView, rounds: number): string {
  const top = Math.max(1, ...measures.rounds.map((round) => round.events));
  const step = 1000 / Math.max(1, rounds - 1);
  const points = measures.rounds.map(
    (round) => `L${(round.round * step).toFixed(1)} ${(100 - (round.events / top) * 92).toFixed(1)}`,
  );
  const last = (measures.rounds.at(-1)?.round ?? 0) * step;
  return `M0 100${points.join('')}L${last.toFixed(1)} 100Z`;
}

export function Timeline({ run, measures, scrub }: TimelineProps) {
  const path = useMemo(() => (measures === undefined ? '' : skyline(measures, run.rounds)), [measures, run.rounds]);
  const now = measures?.rounds.find((round) => round.round === scrub.round);
  const [isForking, forking] = useDisclosure();
  const forks = useForks(run.id);
  const placeOf = (round: number): number => (round / Math.max(1, run.rounds - 1)) * 100;
  const live = run.status === 'running';
  const spoken = `Round ${scrub.round}${now === undefined ? '' : `, ${worldTime(now.time)}, ${count(now.events)} events`}`;
  return (
    <section aria-label="Timeline" className={styles.timeline}>
      <Tooltip label={scrub.playing ? 'Pause the film' : 'Play from here'}>
        <ActionIcon
          size={42}
          radius="xl"
          variant="filled"
          className={styles.play}
          aria-label={scrub.playing ? 'Pause the film' : 'Play from here'}
          onClick={scrub.togglePlay}
        >
          {scrub.playing ? <PauseIcon /> : <PlayIcon />}
        </ActionIcon>
      </Tooltip>
      <div className={styles.clock}>
        <strong className="number">Round {scrub.round}</strong>
        <span>{now === undefined ? '' : worldTime(now.time)}</span>
      </div>
      <div className={styles.track}>
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={path} />
        </svg>
        {run.forkOf !== undefined && run.forkOf.round >= 0 && (
          <Tooltip label={`Shared with its parent up to round ${run.forkOf.round}`}>
            <span className={styles.shared} style={{ width: `${placeOf(run.forkOf.round)}%` }} />
          </Tooltip>
        )}
        {forks.map((fork) => (
          <Tooltip
            key={fork.id}
            label={`A fork parts here: ${fork.forkOf?.changes.join(', ') || 'no change'}`}
            multiline
            maw={280}
          >
            <Link
              to="/runs/$id"
              params={{ id: fork.id }}
              search={{ tab: 'theatre' }}
              className={styles.branch}
              style={{ left: `${placeOf(fork.forkOf?.round ?? 0)}%` }}
              aria-label={`Fork after round ${fork.forkOf?.round}: ${fork.title}`}
            >
              <BranchIcon size={15} />
            </Link>
          </Tooltip>
        ))}
        {(measures?.interventions ?? []).map((event) => (
          <Tooltip key={`${event.round}-${event.text}`} label={event.text} multiline maw={280}>
            <button
              type="button"
              className={styles.event}
              style={{ left: `${placeOf(event.round)}%` }}
              aria-label={`Injected in round ${event.round}: ${event.text}`}
              onClick={() => scrub.to(event.round)}
            />
          </Tooltip>
        ))}
        <input
          type="range"
          aria-label="Round"
          aria-valuetext={spoken}
          min={0}
          max={Math.max(1, run.rounds - 1)}
          step={1}
          value={scrub.round}
          onChange={(event) => scrub.to(Number(event.currentTarget.value))}
        />
      </div>
      <div className={styles.now}>
        <span className="number">{now === undefined ? '' : `${compact(now.active)} active · ${compact(now.events)} events`}</span>
        <div className={styles.goBack}>
          {scrub.following ? (
            <span className={styles.follow}>{live ? 'Following live' : 'At the last round'}</span>
          ) : (
            <Button size="compact-xs" variant="light" onClick={scrub.follow}>
              {live ? 'Follow live' : 'To the last round'}
            </Button>
          )}
          <Button size="compact-xs" variant="filled" leftSection={<BranchIcon size={14} />} onClick={forking.open}>
            Go on from here
          </Button>
        </div>
      </div>
      <ForkDialog
        run={run}
        round={scrub.round}
        hasLaterNews={(measures?.interventions ?? []).some((event) => event.round > scrub.round)}
        opened={isForking}
        onClose={forking.close}
      />
    </section>
  );
}
