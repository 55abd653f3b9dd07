// The state of a run as a word with a shape, never by colour alone.
import type { RunView } from '#api/contract';
import styles from './status-badge.module.css';

const WORDS: Readonly<Record<RunView['status'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  finished: 'Finished',
  failed: 'Failed',
};

export function StatusBadge({ status }: { readonly status: RunView['status'] }) {
  return (
    <span className={styles.badge} data-status={status}>
      <span className={styles.dot} aria-hidden="true" />
      {WORDS[status]}
    </span>
  );
}
