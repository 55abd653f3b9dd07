// Done of total as a thin line with its words for those who cannot see it.
import styles from './progress-line.module.css';

interface ProgressLineProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly tone?: 'sea' | 'good' | 'bad' | 'quiet';
}

export function ProgressLine({ label, done, total, tone = 'sea' }: ProgressLineProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      data-tone={tone}
    >
      <div className={styles.fill} style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
