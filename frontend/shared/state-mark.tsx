// How something stands as a word with a shape, never by colour alone.
import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet';

export function StateMark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.mark} data-tone={tone}>
      <span className={styles.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
