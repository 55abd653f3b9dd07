// One key: what it may, its rotation, and its end.
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { KeyMade, KeyPatch, KeyView } from '#api/contract';
import { changeKey, deleteKey, keysKey, rotateKey } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import { useIsAdministrator } from '../api/session.ts';
import { useClose } from '../gateway/detail-drawer.tsx';
import { Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { Confirm } from '../shared/confirm.tsx';
import { ago, dateTime } from '../shared/format.ts';
import { RotateIcon, TrashIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { draftOf, patchOf } from './key-draft.ts';
import { KeyFields } from './key-fields.tsx';
import { KeyStateMark } from './key-state.tsx';

interface KeySheetProps {
  readonly view: KeyView;
  readonly now: number;
  readonly onMade: (made: KeyMade) => void;
}

function useChange(view: KeyView) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: KeyPatch) => changeKey(view.id, patch),
    onSuccess: (next) => client.setQueryData<KeyView[]>(keysKey, (keys) => keys?.map((key) => (key.id === next.id ? next : key))),
  });
}

function Edit({ view }: { readonly view: KeyView }) {
  const before = draftOf(view);
  const [draft, setDraft] = useState(before);
  const change = useChange(view);
  const patch = patchOf(before, draft);
  const untouched = Object.keys(patch).length === 0;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(patch);
      }}
    >
      <h3>What it may</h3>
      <KeyFields draft={draft} onChange={(part) => setDraft((old) => ({ ...old, ...part }))} isNew={false} />
      {change.error !== null && <ProblemCard problem={problemFrom(change.error)} />}
      <div className={styles.actions}>
        <Button type="submit" loading={change.isPending} disabled={untouched || draft.scopes.length === 0}>
          Save
        </Button>
        {!untouched && (
          <Button variant="default" onClick={() => setDraft(before)}>
            Undo
          </Button>
        )}
      </div>
    </form>
  );
}

const GRACES = [
  { value: '0', label: 'not at all' },
  { value: '1', label: 'for an hour' },
  { value: '24', label: 'for a day' },
  { value: '168', label: 'for a week' },
];

function Rotate({ view, onMade }: Pick<KeySheetProps, 'view' | 'onMade'>) {
  const client = useQueryClient();
  const [grace, setGrace] = useState('24');
  const rotation = useMutation({
    mutationFn: () => rotateKey(view.id, Number(grace)),
    gcTime: 0,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: keysKey });
      onMade(made);
    },
  });
  return (
    <section className={styles.form}>
      <h3>A new secret</h3>
      <div className={styles.pair}>
        <NativeSelect
          label="The old one is still taken"
          value={grace}
          onChange={(event) => setGrace(event.currentTarget.value)}
          data={GRACES}
        />
        <Button
          variant="default"
          leftSection={<RotateIcon size={16} />}
          loading={rotation.isPending}
          onClick={() => rotation.mutate()}
        >
          Rotate
        </Button>
      </div>
      {view.oldSecretUntil !== undefined && (
        <p className={styles.quiet}>The secret before this one is taken until {dateTime(view.oldSecretUntil)}.</p>
      )}
      {rotation.error !== null && <ProblemCard problem={problemFrom(rotation.error)} />}
    </section>
  );
}

function End({ view }: { readonly view: KeyView }) {
  const client = useQueryClient();
  const close = useClose();
  const [asking, setAsking] = useState(false);
  const change = useChange(view);
  const removal = useMutation({
    mutationFn: () => deleteKey(view.id),
    onSuccess: () => {
      close();
      client.setQueryData<KeyView[]>(keysKey, (keys) => keys?.filter((key) => key.id !== view.id));
    },
  });
  return (
    <section className={styles.form}>
      <h3>{view.disabled ? 'It is refused now' : 'Refuse it'}</h3>
      {change.error !== null && <ProblemCard problem={problemFrom(change.error)} />}
      <div className={styles.actions}>
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ disabled: !view.disabled })}>
          {view.disabled ? 'Enable' : 'Disable'}
        </Button>
        <Button variant="light" color="red" leftSection={<TrashIcon size={16} />} onClick={() => setAsking(true)}>
          Delete
        </Button>
      </div>
      <Confirm
        opened={asking}
        title="Delete this key?"
        yes="Delete the key"
        no="Keep it"
        act={removal}
        onClose={() => setAsking(false)}
      >
        <p>Whoever uses “{view.name}” is refused from now on. This cannot be undone; its requests and costs stay in the log.</p>
      </Confirm>
    </section>
  );
}

export function KeySheet({ view, now, onMade }: KeySheetProps) {
  const mayChange = useIsAdministrator();
  return (
    <>
      <header className={styles.head}>
        <h2>{view.name}</h2>
        <p>
          <KeyStateMark view={view} now={now} />
          <span className={styles.mono}>sk-shoal-{view.id}-…</span>
        </p>
      </header>
      <Facts
        facts={[
          ['Made', dateTime(view.createdAt)],
          ['Last used', view.lastUsedAt === undefined ? 'Never' : ago(view.lastUsedAt, now)],
          ['Team', view.team],
          ['User', view.user],
          ['Ends', view.expiresAt === undefined ? 'Never' : dateTime(view.expiresAt)],
          [
            'Budget',
            <Link key="budget" to="/gateway" search={{ tab: 'budgets', open: view.budget }} className={styles.link}>
              {view.budget}
            </Link>,
          ],
          [
            'Requests',
            <Link key="requests" to="/gateway" search={{ tab: 'requests', key: view.id }} className={styles.link}>
              See them
            </Link>,
          ],
        ]}
      />
      {mayChange ? (
        <>
          <hr className={styles.rule} />
          <Edit key={JSON.stringify(view)} view={view} />
          <hr className={styles.rule} />
          <Rotate view={view} onMade={onMade} />
          <hr className={styles.rule} />
          <End view={view} />
        </>
      ) : (
        <p className={styles.quiet}>Only administrators change keys.</p>
      )}
    </>
  );
}
