// The answer: how likely each option is over the ensemble, the spread of support behind it, and what no change at
// all would have answered. Spread is said to be spread, never certainty.
import type { ForecastView } from '#api/contract';
import { percent, plural, words } from '../shared/format.ts';
import styles from './report.module.css';

type Option = ForecastView['options'][number];

function SupportRange({ option, baseline }: { readonly option: Option; readonly baseline: number | undefined }) {
  const { support } = option;
  const spoken = `Support for ${option.option}: mean ${percent(support.mean)}, between ${percent(support.low)} and ${percent(support.high)}${baseline === undefined ? '' : `, ${percent(baseline)} before the first round`}`;
  return (
    <span className={styles.range} role="img" aria-label={spoken}>
      <span
        className={styles.spread}
        style={{ left: `${support.low * 100}%`, width: `${Math.max(0.6, (support.high - support.low) * 100)}%` }}
      />
      <span className={styles.mean} style={{ left: `${support.mean * 100}%` }} />
      {baseline !== undefined && <span className={styles.baseline} style={{ left: `${baseline * 100}%` }} />}
    </span>
  );
}

export function ForecastCard({ forecast }: { readonly forecast: ForecastView }) {
  const answer = forecast.options.find((option) => option.option === forecast.answer);
  const first = forecast.options[0];
  const options = forecast.options.toSorted((a, b) => b.probability - a.probability);
  const baselineOf = (option: string) => forecast.persistence.find((one) => one.option === option)?.support;
  return (
    <section className={styles.forecast} aria-label={`Forecast: ${forecast.text}`}>
      <div className={styles.answer}>
        <p className={styles.asked}>{forecast.text}</p>
        {answer === undefined ? (
          <>
            <p className={styles.word}>Undecided</p>
            <p className={styles.odds}>The worlds split evenly.</p>
          </>
        ) : (
          <>
            <p className={styles.word}>{answer.option}</p>
            <p className={styles.odds}>
              <strong className="number">{percent(answer.probability)}</strong> in the simulation
            </p>
          </>
        )}
        <p className={styles.label}>{first?.support.label}</p>
      </div>
      <div className={styles.optionsTable}>
        <ul>
          {options.map((option) => (
            <li key={option.option} data-answer={option.option === forecast.answer ? true : undefined}>
              <div className={styles.optionHead}>
                <strong>{option.option}</strong>
                <span className="number">{percent(option.probability)}</span>
              </div>
              <span className={styles.probability}>
                <span style={{ width: `${option.probability * 100}%` }} />
              </span>
              <SupportRange option={option} baseline={baselineOf(option.option)} />
              <p className={`${styles.numbers} number`}>
                Support {percent(option.support.mean)} ({percent(option.support.low)} to {percent(option.support.high)})
                {baselineOf(option.option) !== undefined && `, was ${percent(baselineOf(option.option) ?? 0)}`}
              </p>
            </li>
          ))}
        </ul>
        <p className={styles.key}>
          <span className={styles.keySpread} /> range over {plural(first?.support.members ?? 0, 'world')}
          <span className={styles.keyMean} /> mean
          <span className={styles.keyBaseline} /> before the first round
        </p>
      </div>
      <details className={styles.resolution}>
        <summary>Beside simpler methods</summary>
        <ul>
          {forecast.baselines.map(({ name, options: said }) => (
            <li key={name}>
              <strong>{words(name)}.</strong>{' '}
              <span className="number">{said.map((one) => `${one.option} ${percent(one.probability)}`).join(', ')}</span>
            </li>
          ))}
        </ul>
        {forecast.variance !== undefined && (
          <p className="number">
            The spread of support comes from parameters ({percent(forecast.variance.parameters)}), from who lives there (
            {percent(forecast.variance.populations)}) and from chance ({percent(forecast.variance.seeds)}).
          </p>
        )}
      </details>
      <details className={styles.resolution}>
        <summary>How this is decided</summary>
        <p>
          <strong>In the simulation.</strong> {forecast.simulatedResolution}
        </p>
        <p>
          <strong>In the world.</strong> {forecast.realWorldResolution}
        </p>
        <p>
          <strong>Calibration.</strong> {forecast.calibration}: the share of simulated worlds is not yet a tested probability of
          the real event.
        </p>
      </details>
    </section>
  );
}
