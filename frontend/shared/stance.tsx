// An opinion between −1 and +1 as a bar that grows from the middle, with the number and the word beside it.
import { signed } from './format.ts';
import styles from './stance.module.css';

/** Opinions within ± this of zero count as undecided (the same band as the measures). */
const UNDECIDED = 0.1;

export function stanceWord(value: number): 'supports' | 'opposes' | 'undecided' {
  if (value > UNDECIDED) return 'supports';
  return value < -UNDECIDED ? 'opposes' : 'undecided';
}

interface StanceProps {
  readonly value: number;
  /** Where it was before, as a hollow mark. */
  readonly before?: number | undefined;
  readonly label?: string;
  readonly bare?: boolean;
}

export function Stance({ value, before, label, bare = false }: StanceProps) {
  const word = stanceWord(value);
  const half = Math.min(1, Math.abs(value)) * 50;
  const spoken = `${label === undefined ? '' : `${label}: `}${word}, ${signed(value)}${before === undefined ? '' : `, before ${signed(before)}`}`;
  return (
    <span className={styles.stance} role="img" aria-label={spoken} title={spoken}>
      <span className={styles.track}>
        <span
          className={`${styles.bar} ${styles[word]}`}
          style={{ left: `${value < 0 ? 50 - half : 50}%`, width: `${Math.max(1, half)}%` }}
        />
        {before !== undefined && <span className={styles.before} style={{ left: `${50 + before * 50}%` }} />}
      </span>
      {!bare && <span className={`${styles.value} number`}>{signed(value)}</span>}
    </span>
  );
}
