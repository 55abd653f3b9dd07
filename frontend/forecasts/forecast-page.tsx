// One sealed forecast: what it says, beside what, from which inputs, and what became of it.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { LedgerForecastView } from '#api/contract';
import { forecastQuery } from '../api/forecasts.ts';
import { dateTime } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { useTitle } from '../shared/use-title.ts';
import { Distribution } from './distribution.tsx';
import { ForecastState } from './forecast-state.tsx';
import styles from './forecasts.module.css';
import { OutcomeForms } from './outcome-forms.tsx';

const route = getRouteApi('/forecasts/$id');

function Sheet({ forecast: sealed }: { readonly forecast: LedgerForecastView }) {
  const { forecast, history, hash } = sealed;
  return (
    <div className={styles.page}>
      <header>
        <Link to="/forecasts">All forecasts</Link>
        <h1>{forecast.text}</h1>
        <ForecastState forecast={sealed} />
      </header>
      <section className={styles.panel} aria-label="What it says">
        <Distribution distribution={forecast.distribution} />
        <p className={styles.quiet}>{forecast.calibration}</p>
        {forecast.baselines.map(({ name, distribution }) => (
          <div key={name}>
            <h3>{name}</h3>
            <Distribution distribution={distribution} />
          </div>
        ))}
      </section>
      <section className={styles.panel} aria-label="How it is decided">
        <dl className={styles.facts}>
          <dt>Due</dt>
          <dd>{dateTime(forecast.by)}</dd>
          <dt>Looked up</dt>
          <dd>{forecast.resolution}</dd>
          {forecast.run !== undefined && (
            <>
              <dt>Run</dt>
              <dd>
                <Link to="/runs/$id" params={{ id: forecast.run.id }}>
                  {forecast.run.id}
                </Link>
                , digest <code>{forecast.run.digest.slice(0, 16)}</code>
              </dd>
            </>
          )}
          {Object.entries({ ...forecast.inputs, ...forecast.versions }).map(([name, value]) => (
            <FactRow key={name} name={name} value={value} />
          ))}
          <FactRow name="entry" value={hash} />
        </dl>
      </section>
      <section className={styles.panel} aria-label="History">
        <ol>
          {history.map(({ at, act, words }) => (
            <li key={`${at} ${act} ${words}`}>
              <time dateTime={at}>{dateTime(at)}</time> {act}: {words}
            </li>
          ))}
        </ol>
        <OutcomeForms key={sealed.state} forecast={sealed} />
      </section>
    </div>
  );
}

function FactRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  );
}

export function ForecastPage() {
  const { id } = route.useParams();
  const query = useQuery(forecastQuery(id));
  useTitle('Forecast');
  return (
    <Loaded query={query} shape={[120, 160, 160]}>
      {(forecast) => <Sheet forecast={forecast} />}
    </Loaded>
  );
}
