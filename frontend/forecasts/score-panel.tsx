// How the resolved forecasts did: everything sealed stays in the count, and nothing is claimed from few questions.
import type { LedgerScoreView } from '#api/contract';
import { ReportFigure } from '../report/report-figure.tsx';
import { percent, plural } from '../shared/format.ts';
import styles from './forecasts.module.css';

export function ScorePanel({ score }: { readonly score: LedgerScoreView }) {
  const { counts, options, draws } = score;
  const { sealed = 0, ...states } = counts;
  return (
    <section className={styles.panel} aria-label="Score">
      <h2>Score</h2>
      <p>
        {plural(sealed, 'forecast')} sealed:{' '}
        {Object.entries(states)
          .map(([state, count]) => `${count} ${state}`)
          .join(', ')}
        .
      </p>
      {options === undefined && draws === undefined && (
        <p className={styles.quiet}>Nothing is resolved yet, so there is no score.</p>
      )}
      {options !== undefined && <OptionsScore options={options} />}
      {draws !== undefined && (
        <p className="number">
          {plural(draws.questions, 'number')}:{' '}
          {draws.coverage.map(({ level, share }) => `${percent(share)} inside the ${percent(level)} interval`).join(', ')}.
        </p>
      )}
    </section>
  );
}

function OptionsScore({ options }: { readonly options: NonNullable<LedgerScoreView['options']> }) {
  const [best, worst] = options.brierBounds;
  return (
    <>
      <dl className={styles.facts}>
        <dt>Brier score</dt>
        <dd className="number">
          {options.brier.toFixed(3)} over {plural(options.questions, 'question')} (0 is perfect; between {best.toFixed(3)} and{' '}
          {worst.toFixed(3)} whatever becomes of the rest)
        </dd>
        <dt>Made of</dt>
        <dd className="number">
          reliability {options.reliability.toFixed(3)} − resolution {options.resolution.toFixed(3)} + uncertainty{' '}
          {options.uncertainty.toFixed(3)} + within bins {options.withinBins.toFixed(3)}
        </dd>
        <dt>Log score</dt>
        <dd className="number">
          {options.logScore.toFixed(3)}, probabilities clipped to {options.clip.join('–')}
        </dd>
      </dl>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region takes the keyboard */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Skill against baselines">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Baseline</th>
              <th scope="col">Its Brier</th>
              <th scope="col">Skill</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {options.skill.map((one) => (
              <tr key={one.baseline}>
                <td>{one.baseline}</td>
                <td className="number">{one.baselineBrier.toFixed(3)}</td>
                <td className="number">{one.skill === undefined ? '–' : one.skill.toFixed(2)}</td>
                <td>{one.verdict}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ReportFigure figure={options.diagram} />
    </>
  );
}
