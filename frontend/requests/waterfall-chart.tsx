// Bars over one common time, each with its words and its milliseconds beside it.
import { milliseconds, words } from '../shared/format.ts';
import styles from './requests.module.css';
import type { Bar } from './waterfall.ts';

interface WaterfallProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** Where the first piece of the answer came, 0 to 1. */
  readonly firstOutput?: number | undefined;
}

const percentOf = (part: number): string => `${(part * 100).toFixed(3)}%`;

export function Waterfall({ label, bars, firstOutput }: WaterfallProps) {
  return (
    <ul className={styles.waterfall} aria-label={label}>
      {bars.map((bar) => (
        <li key={`${bar.kind} ${bar.name}`}>
          <span>{bar.kind === 'step' ? words(bar.name) : bar.name}</span>
          <small className="number">{milliseconds(bar.durationMs)}</small>
          {bar.kind === 'attempt' && bar.failure !== undefined && <small className={styles.failure}>{bar.failure}</small>}
          {bar.course !== undefined && <p className={styles.course}>{bar.course}</p>}
          <span className={styles.lane} aria-hidden="true">
            <span
              className={styles.piece}
              data-kind={bar.kind}
              data-failed={bar.failure === undefined ? undefined : true}
              style={{ left: `min(${percentOf(bar.start)}, 100% - 3px)`, width: percentOf(bar.share) }}
            />
            {bar.kind === 'call' && firstOutput !== undefined && (
              <span className={styles.first} style={{ left: percentOf(firstOutput) }} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
