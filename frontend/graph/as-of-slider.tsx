// A slider over the dates at which facts begin or end, with "now" at its end. Arrow keys go from date to date.
import { useSettled } from '../shared/use-settled.ts';
import styles from './graph.module.css';

interface AsOfSliderProps {
  /** In order. */
  readonly dates: readonly string[];
  /** Undefined is now. */
  readonly asOf: string | undefined;
  readonly onChange: (asOf: string | undefined) => void;
}

const SETTLE_MS = 120;
const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** `2024-05-17` → `17 May 2024`, `-0043` → `44 BC`. */
export function dateWords(iso: string): string {
  const [, year = '', monthOf, day] = /^(-?\d+)(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso) ?? [];
  const said = Number(year) > 0 ? String(Number(year)) : `${1 - Number(year)} BC`;
  const parts = [
    day === undefined ? undefined : String(Number(day)),
    monthOf === undefined ? undefined : month.format(Date.UTC(2000, Number(monthOf) - 1)),
    said,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

export function AsOfSlider({ dates, asOf, onChange }: AsOfSliderProps) {
  const [value, change] = useSettled(asOf, onChange, SETTLE_MS);
  const [first] = dates;
  if (first === undefined) return null;
  const found = value === undefined ? dates.length : dates.indexOf(value);
  // A date of a shared link may be none of the stops: the handle stands at the one before.
  const place = found >= 0 ? found : Math.max(0, dates.filter((date) => date <= (value ?? '')).length - 1);
  const said = value === undefined ? 'Now, every fact' : dateWords(value);
  return (
    <section className={styles.asOf} aria-label="As of">
      <label>
        <span>As of</span>
        <input
          type="range"
          min={0}
          max={dates.length}
          step={1}
          value={place}
          aria-valuetext={said}
          onChange={({ currentTarget }) => change(dates[currentTarget.valueAsNumber])}
        />
      </label>
      <output>{said}</output>
      <span className={styles.asOfEnds} aria-hidden="true">
        <span>{dateWords(first)}</span>
        <span>now</span>
      </span>
    </section>
  );
}
