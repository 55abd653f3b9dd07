// What a forecast says: probabilities of options, or where its draws lie.
import type { DistributionView } from '#api/contract';
import { measureValue, percent, plural } from '../shared/format.ts';
import styles from './forecasts.module.css';

export function Distribution({ distribution }: { readonly distribution: DistributionView }) {
  if (distribution.kind === 'failed') return <p className={styles.quiet}>No forecast: {distribution.reason}</p>;
  if (distribution.kind === 'draws') {
    const draws = distribution.draws.toSorted((left, right) => left - right);
    const at = (share: number): string => measureValue(draws[Math.round(share * (draws.length - 1))] ?? 0);
    return (
      <p className="number">
        {at(0.5)} {distribution.unit} ({at(0.1)} to {at(0.9)} in eight of ten of {plural(draws.length, 'draw')})
      </p>
    );
  }
  return (
    <ul className={styles.options}>
      {distribution.options.map(({ option, probability }) => (
        <li key={option}>
          <span>{option}</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${probability * 100}%` }} />
          </span>
          <span className="number">{percent(probability, 1)}</span>
        </li>
      ))}
    </ul>
  );
}
