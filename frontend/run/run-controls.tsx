// Pause, step, resume, stop: only what makes sense in the present state, and what the server answers is the state.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RunView } from '#api/contract';
import { type Steering, steerRun } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { runKey } from '../api/queries.ts';
import { PauseIcon, PlayIcon, StepIcon, StopIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './run.module.css';

const ICONS = { pause: <PauseIcon />, resume: <PlayIcon />, step: <StepIcon />, stop: <StopIcon /> } as const;
const WORDS = { pause: 'Pause', resume: 'Resume', step: 'Step', stop: 'Stop' } as const;

/** Commands by state; stepping needs a world that has begun. */
const POSSIBLE: Readonly<Record<RunView['status'], readonly Steering[]>> = {
  queued: ['stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'step', 'stop'],
  stopped: ['resume', 'step'],
  interrupted: ['resume', 'step'],
  finished: [],
  failed: ['resume'],
};

export function RunControls({ run }: { readonly run: RunView }) {
  const client = useQueryClient();
  const steer = useMutation({
    mutationFn: (action: Steering) => steerRun(run.id, action),
    onSuccess: (next) => client.setQueryData(runKey(run.id), next),
  });
  const actions = POSSIBLE[run.status];
  if (actions.length === 0) return null;
  return (
    <div className={styles.controls}>
      <div role="group" aria-label="Control the run" className={styles.controlRow}>
        {actions.map((action) => (
          <Button
            key={action}
            variant={action === 'resume' ? 'filled' : 'default'}
            leftSection={ICONS[action]}
            disabled={steer.isPending || (action === 'step' && (run.roundsDone === 0 || run.roundsDone >= run.rounds))}
            loading={steer.isPending && steer.variables === action}
            onClick={() => steer.mutate(action)}
          >
            {WORDS[action]}
          </Button>
        ))}
      </div>
      {steer.error !== null && <ProblemCard problem={problemFrom(steer.error)} />}
    </div>
  );
}
