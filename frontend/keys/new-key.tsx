// Makes a key; its secret goes to the panel that shows it once.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyMade } from '#api/contract';
import { createKey, keysKey } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import styles from '../gateway/gateway.module.css';
import { ProblemCard } from '../shared/problem-card.tsx';
import { NEW_KEY, requestOf } from './key-draft.ts';
import { KeyFields } from './key-fields.tsx';

export function NewKey({ onMade }: { readonly onMade: (made: KeyMade) => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(NEW_KEY);
  const creation = useMutation({
    mutationFn: () => createKey(requestOf(draft)),
    // The answer holds the secret: it goes to the panel, and nothing of it stays here.
    gcTime: 0,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: keysKey });
      onMade(made);
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        creation.mutate();
      }}
    >
      <header className={styles.head}>
        <h2>New key</h2>
        <p>The secret is shown once, right after this.</p>
      </header>
      <KeyFields draft={draft} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} isNew />
      {creation.error !== null && <ProblemCard problem={problemFrom(creation.error)} />}
      <div className={styles.actions}>
        <Button type="submit" loading={creation.isPending} disabled={draft.name.trim() === '' || draft.scopes.length === 0}>
          Make the key
        </Button>
      </div>
    </form>
  );
}
