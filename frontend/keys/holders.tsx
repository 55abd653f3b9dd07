// Teams and users: what narrows all their keys.
import { ActionIcon, Button, Modal, NumberInput, TextInput, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HolderView } from '#api/contract';
import { deleteHolder, type Holders, holdersKey, holdersQuery, setHolder } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import { useIsAdministrator } from '../api/session.ts';
import styles from '../gateway/gateway.module.css';
import { Confirm } from '../shared/confirm.tsx';
import { count, words } from '../shared/format.ts';
import { PlusIcon, TrashIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { limitsOf, patternsOf } from './key-draft.ts';
import own from './keys.module.css';
import { LimitFields, numberOr } from './limit-fields.tsx';

const ONE = { teams: 'team', users: 'user' } as const;

function boundsOf({ models, limits }: HolderView): string {
  const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
  const bounds = [
    models === undefined ? 'all models' : models.join(', '),
    ...(requestsPerMinute === undefined ? [] : [`${count(requestsPerMinute)} requests a minute`]),
    ...(tokensPerMinute === undefined ? [] : [`${count(tokensPerMinute)} tokens a minute`]),
    ...(concurrency === undefined ? [] : [`${count(concurrency)} at once`]),
  ];
  return bounds.join(' · ');
}

interface HolderFormProps {
  readonly kind: Holders;
  /** Undefined = a new one. */
  readonly holder: HolderView | undefined;
  readonly onDone: () => void;
}

function HolderForm({ kind, holder, onDone }: HolderFormProps) {
  const client = useQueryClient();
  const [name, setName] = useState(holder?.name ?? '');
  const [models, setModels] = useState(holder?.models?.join(', ') ?? '');
  const [limitUsd, setLimitUsd] = useState<number>();
  const { requestsPerMinute, tokensPerMinute, concurrency } = holder?.limits ?? {};
  const [limits, setLimits] = useState({ requestsPerMinute, tokensPerMinute, concurrency });
  const saving = useMutation({
    mutationFn: () => {
      const patterns = patternsOf(models);
      return setHolder(kind, name.trim(), {
        limits: limitsOf(limits),
        ...(patterns.length === 0 ? {} : { models: patterns }),
        ...(kind === 'teams' && limitUsd !== undefined ? { limitUsd } : {}),
      });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: holdersKey(kind) });
      onDone();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextInput
        label="Name"
        description="Letters, digits, dots, dashes, _ and @"
        required
        maxLength={63}
        disabled={holder !== undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus={holder === undefined ? true : undefined}
      />
      <TextInput
        label="Models"
        description="Names, groups or patterns, with commas between them; empty for all"
        placeholder="All models"
        value={models}
        onChange={(event) => setModels(event.currentTarget.value)}
      />
      <LimitFields limits={limits} onChange={setLimits} />
      {kind === 'teams' && (
        <NumberInput
          label="Hard limit of its budget"
          description="Empty: as it is"
          prefix="$"
          min={0}
          max={1_000_000}
          hideControls
          value={limitUsd ?? ''}
          onChange={(value) => setLimitUsd(numberOr(value))}
        />
      )}
      {saving.error !== null && <ProblemCard problem={problemFrom(saving.error)} />}
      <div className={styles.actions}>
        <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}

export function HolderList({ kind }: { readonly kind: Holders }) {
  const client = useQueryClient();
  const query = useQuery(holdersQuery(kind));
  const mayChange = useIsAdministrator();
  const [editing, setEditing] = useState<HolderView | 'new'>();
  const [deleting, setDeleting] = useState<HolderView>();
  const removal = useMutation({
    mutationFn: () => deleteHolder(kind, deleting?.name ?? ''),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: holdersKey(kind) });
      setDeleting(undefined);
    },
  });
  const one = ONE[kind];
  return (
    <section className={styles.section} aria-labelledby={`${kind}-title`}>
      <div className={styles.bar}>
        <h2 id={`${kind}-title`}>{words(kind)}</h2>
        {mayChange && (
          <Button size="compact-sm" variant="default" leftSection={<PlusIcon size={15} />} onClick={() => setEditing('new')}>
            New {one}
          </Button>
        )}
      </div>
      <Loaded query={query} shape={[52]}>
        {(holders) =>
          holders.length === 0 ? (
            <p className={styles.quiet}>
              No {kind} yet. A {one} narrows the models and limits of all its keys
              {kind === 'teams' ? ', and has a budget that they share.' : '.'}
            </p>
          ) : (
            <ul className={own.list}>
              {holders.map((holder) => (
                <li key={holder.name}>
                  <strong>{holder.name}</strong>
                  <small>{boundsOf(holder)}</small>
                  {mayChange && (
                    <div>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={`Change ${holder.name}`}
                        onClick={() => setEditing(holder)}
                      >
                        Change
                      </Button>
                      <Tooltip label="Delete">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={`Delete ${holder.name}`}
                          onClick={() => setDeleting(holder)}
                        >
                          <TrashIcon />
                        </ActionIcon>
                      </Tooltip>
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Modal
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={editing === 'new' ? `New ${one}` : `Change this ${one}`}
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {editing !== undefined && (
          <HolderForm kind={kind} holder={editing === 'new' ? undefined : editing} onDone={() => setEditing(undefined)} />
        )}
      </Modal>
      <Confirm
        opened={deleting !== undefined}
        title={`Delete this ${one}?`}
        yes={`Delete the ${one}`}
        no="Keep it"
        act={removal}
        onClose={() => setDeleting(undefined)}
      >
        <p>“{deleting?.name}” must have no keys any more. What it has spent stays in the log.</p>
      </Confirm>
    </section>
  );
}
