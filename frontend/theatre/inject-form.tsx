// "Breaking news": an event put into the running world. It is recorded like every other, so a replay knows it.
import { Button, NativeSelect, Slider, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InjectRequest, RunView } from '#api/contract';
import { injectEvent } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { measuresKey } from '../api/queries.ts';
import { percent, signed } from '../shared/format.ts';
import { BoltIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './theatre.module.css';

const SHORTEST = 3;

export function InjectForm({ run }: { readonly run: RunView }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [issue, setIssue] = useState(0);
  const [stance, setStance] = useState(0);
  const [reach, setReach] = useState(0.3);
  const injection = useMutation({
    mutationFn: (body: InjectRequest) => injectEvent(run.id, body),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: measuresKey(run.id) });
    },
  });
  const ready = text.trim().length >= SHORTEST;
  const leaning = run.issues[issue]?.proposition ?? '';
  return (
    <details className={styles.inject}>
      <summary>
        <BoltIcon size={16} /> Inject an event
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) injection.mutate({ text: text.trim(), issue, stance, reach });
        }}
      >
        <Textarea
          label="What happens"
          description="As those who are reached would read it"
          autosize
          minRows={2}
          maxLength={600}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {run.issues.length > 1 && (
          <NativeSelect
            label="Issue"
            value={String(issue)}
            onChange={(event) => setIssue(Number(event.currentTarget.value))}
            data={run.issues.map((one) => ({ value: String(one.index), label: one.label }))}
          />
        )}
        <div>
          <span className={styles.sliderLabel}>
            Leans <strong className="number">{signed(stance)}</strong>
          </span>
          <Slider
            thumbLabel="Which way it leans"
            min={-1}
            max={1}
            step={0.1}
            label={signed}
            value={stance}
            onChange={setStance}
          />
          <small>+1 speaks for: {leaning}</small>
        </div>
        <div>
          <span className={styles.sliderLabel}>
            Reaches <strong className="number">{percent(reach)}</strong> of the agents
          </span>
          <Slider
            thumbLabel="Share of agents it reaches"
            min={0}
            max={1}
            step={0.05}
            label={(share) => percent(share)}
            value={reach}
            onChange={setReach}
          />
        </div>
        {injection.error !== null && <ProblemCard problem={problemFrom(injection.error)} />}
        <Button type="submit" loading={injection.isPending} disabled={!ready}>
          Inject at the next round
        </Button>
        <span role="status">{injection.isSuccess && text === '' ? 'It happens at the next round.' : ''}</span>
      </form>
    </details>
  );
}
