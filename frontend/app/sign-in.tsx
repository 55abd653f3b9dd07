// Asks for a key where the server wants one. It lies over the page, so that drafts, tab and scroll are still there
// when the key is taken.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemFrom } from '../api/problem.ts';
import { signIn } from '../api/session.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './shell.module.css';

export function SignIn() {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={400}
      centered
      title="Sign in"
    >
      <SignInForm />
    </Modal>
  );
}

function SignInForm() {
  const client = useQueryClient();
  const [key, setKey] = useState('');
  const entry = useMutation({ mutationFn: () => signIn(client, key.trim()) });
  return (
    <form
      className={styles.signIn}
      onSubmit={(event) => {
        event.preventDefault();
        entry.mutate();
      }}
    >
      <p>This Shoal opens with a key. You go on where you were.</p>
      <TextInput
        type="password"
        autoComplete="current-password"
        label="Your key"
        description="An administrator makes keys: npx shoal keys create"
        placeholder="sk-shoal-…"
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        data-autofocus
        required
      />
      {entry.error !== null && <ProblemCard problem={problemFrom(entry.error)} />}
      <Button type="submit" loading={entry.isPending} disabled={key.trim() === ''}>
        Sign in
      </Button>
    </form>
  );
}
