// A simulated event as evidence: its number, and the way to see it.
import { Link } from '@tanstack/react-router';
import styles from './event-link.module.css';

export function EventLink({ runId, seq }: { readonly runId: string; readonly seq: number }) {
  return (
    <Link
      from="/runs/$id"
      to="/runs/$id"
      params={{ id: runId }}
      search={(before) => ({ tab: 'theatre', round: before.round, post: seq })}
      className={styles.event}
      aria-label={`Simulated event ${seq}`}
    >
      #{seq}
    </Link>
  );
}
