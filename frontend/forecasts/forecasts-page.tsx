// The ledger: every forecast that was sealed, how it stands, and the score of those that are resolved.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LedgerForecastView } from '#api/contract';
import { forecastChainQuery, forecastScoreQuery, forecastsQuery, LEDGER_EXPORT } from '../api/forecasts.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { dateTime, plural } from '../shared/format.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { ButtonLink, DownloadLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { StateMark } from '../shared/state-mark.tsx';
import { useTitle } from '../shared/use-title.ts';
import { Distribution } from './distribution.tsx';
import { ForecastState } from './forecast-state.tsx';
import styles from './forecasts.module.css';
import { ScorePanel } from './score-panel.tsx';

function ForecastRow({ forecast }: { readonly forecast: LedgerForecastView }) {
  return (
    <li className={styles.row}>
      <Link to="/forecasts/$id" params={{ id: forecast.id }}>
        {forecast.forecast.text}
      </Link>
      <p className={styles.quiet}>
        <ForecastState forecast={forecast} /> · sealed <time dateTime={forecast.sealedAt}>{dateTime(forecast.sealedAt)}</time> ·
        due <time dateTime={forecast.forecast.by}>{dateTime(forecast.forecast.by)}</time>
      </p>
      <Distribution distribution={forecast.forecast.distribution} />
    </li>
  );
}

function ChainState() {
  const { data } = useQuery(forecastChainQuery);
  if (data === undefined) return null;
  if (data.kind === 'broken')
    return <StateMark tone="bad">{`The chain is broken at entry ${data.seq}: ${data.problem}`}</StateMark>;
  return <StateMark tone="good">{`${plural(data.entries, 'entry', 'entries')}, chain whole`}</StateMark>;
}

export function ForecastsPage() {
  const query = useQuery(forecastsQuery);
  const score = useQuery(forecastScoreQuery);
  useTitle('Forecasts');
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <div>
          <h1>What was forecast</h1>
          <p className={styles.quiet}>
            Each forecast is sealed before its outcome is known and can neither be changed nor dropped. <ChainState />
          </p>
        </div>
        <DownloadLink href={LEDGER_EXPORT} leftSection={<DownloadIcon size={16} />}>
          .json
        </DownloadLink>
      </div>
      <Loaded query={query} shape={[110, 110, 110]}>
        {(forecasts) =>
          forecasts.length === 0 ? (
            <EmptyState title="Nothing is sealed yet" action={<ButtonLink to="/">To the runs</ButtonLink>}>
              The report of a finished run offers to seal its forecast.
            </EmptyState>
          ) : (
            <>
              <Loaded query={score} shape={[240]}>
                {(data) => <ScorePanel score={data} />}
              </Loaded>
              <ul className={styles.list} aria-label="Forecasts">
                {forecasts.toReversed().map((forecast) => (
                  <ForecastRow key={forecast.id} forecast={forecast} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </div>
  );
}
