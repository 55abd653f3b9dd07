// "Go on from here": a new run that begins with the rounds up to the one that is looked at, with whatever is to be
// different. The run that is looked at stays as it is.
import { Button, Checkbox, Modal, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ForkRequest, RunView } from '#api/contract';
import { forkRun } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { runKey, runsKey } from '../api/queries.ts';
import { BranchIcon } from '../shared/icons.tsx';
import { NewsFields } from '../shared/news-fields.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { EMPTY_DRAFT, isLastRound, isUnchanged, requestOf } from './fork-draft.ts';
import styles from './fork.module.css';

interface ForkDialogProps {
  readonly run: RunView;
  readonly round: number;
  /** Whether news came after that round: only then it can be left out. */
  readonly hasLaterNews: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ForkDialog({ run, round, hasLaterNews, opened, onClose }: ForkDialogProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const set = (part: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...part }));
  const fork = useMutation({
    mutationFn: (body: ForkRequest) => forkRun(run.id, body),
    onSuccess: (made) => {
      client.setQueryData(runKey(made.id), made);
      void client.invalidateQueries({ queryKey: runsKey });
      onClose();
      setDraft(EMPTY_DRAFT);
      void navigate({ to: '/runs/$id', params: { id: made.id }, search: { tab: 'theatre' } });
    },
  });
  const isLast = isLastRound(run, round, draft);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Go on from round ${round}`}
      size="lg"
      zIndex={300}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          fork.mutate(requestOf(draft, round));
        }}
      >
        <p className={styles.lead}>
          A new run with the same {round + 1 === 1 ? 'first round' : `first ${round + 1} rounds`}, to the last bit. What should be
          different after that? This run stays as it is.
        </p>
        <fieldset className={styles.group}>
          <legend>News of round {round + 1}</legend>
          <NewsFields issues={run.issues} value={draft.news} onChange={(news) => set({ news })} />
        </fieldset>
        <details className={styles.group}>
          <summary>Other rules, chance and people</summary>
          <div className={styles.fields}>
            <TextInput
              label="A value of the scenario"
              description="By its path, such as behaviour.confidence-bound"
              value={draft.path}
              onChange={(event) => set({ path: event.currentTarget.value })}
            />
            <TextInput label="is now" value={draft.value} onChange={(event) => set({ value: event.currentTarget.value })} />
            <NumberInput
              label="Rounds in all"
              min={round + 2}
              max={2000}
              value={draft.rounds ?? run.rounds}
              onChange={(rounds) => set({ rounds: typeof rounds === 'number' && rounds !== run.rounds ? rounds : undefined })}
            />
            <NumberInput
              label="Seed"
              description="Another seed is another course of chance"
              min={0}
              value={draft.seed ?? run.seed}
              onChange={(seed) => set({ seed: typeof seed === 'number' && seed !== run.seed ? seed : undefined })}
            />
            <TextInput
              label="Agents who leave"
              description="Their numbers, with commas"
              value={draft.leaving}
              onChange={(event) => set({ leaving: event.currentTarget.value })}
            />
            <NumberInput
              label="Agents who join"
              description="Drawn from the crowd"
              min={0}
              max={1_000_000}
              value={draft.joining ?? 0}
              onChange={(joining) => set({ joining: typeof joining === 'number' && joining > 0 ? joining : undefined })}
            />
          </div>
        </details>
        {hasLaterNews && (
          <Checkbox
            label="Leave out the news that came later"
            checked={draft.dropLaterNews}
            onChange={(event) => set({ dropLaterNews: event.currentTarget.checked })}
          />
        )}
        {isLast && <p className={styles.lead}>After this round none is left; give it more rounds, or go further back.</p>}
        {fork.error !== null && <ProblemCard problem={problemFrom(fork.error)} />}
        <div className={styles.actions}>
          <span className={styles.lead}>{isUnchanged(draft) ? 'Without a change it will end like this one.' : ''}</span>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="button"
            variant="default"
            disabled={isLast || fork.isPending}
            onClick={() => fork.mutate({ ...requestOf(draft, round), rest: true })}
          >
            Make, and rest
          </Button>
          <Button type="submit" leftSection={<BranchIcon />} disabled={isLast} loading={fork.isPending}>
            Go on
          </Button>
        </div>
      </form>
    </Modal>
  );
}
