// The report, rendered from its JSON: the answer first, then what happened, each sentence with its evidence.
import { useQuery } from '@tanstack/react-query';
import type { ForkOrigin, ReportView, RunView } from '#api/contract';
import { reportQuery } from '../api/queries.ts';
import { API } from '../api/request.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, dateTime, modelName, usd } from '../shared/format.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { SealForm } from '../forecasts/seal-form.tsx';
import { ForecastCard } from './forecast-card.tsx';
import { ReportFigure } from './report-figure.tsx';
import { ReportClaim } from './report-claim.tsx';
import styles from './report.module.css';

const FORMATS = [
  { format: 'html', label: 'Web page' },
  { format: 'md', label: 'Markdown' },
  { format: 'json', label: 'Data' },
] as const;
const NANO = 1e9;

function Downloads({ runId }: { readonly runId: string }) {
  return (
    <div className={styles.downloads} role="group" aria-label="Download the report">
      {FORMATS.map(({ format, label }) => (
        <a key={format} href={`${API}/runs/${encodeURIComponent(runId)}/report.${format}?download=1`} download>
          <DownloadIcon size={16} />
          {label} <small>.{format}</small>
        </a>
      ))}
    </div>
  );
}

const forkRows = ({ title, id, round, changes }: ForkOrigin): readonly (readonly [string, string])[] => [
  ['Forked from', `${title} (${id}), ${round < 0 ? 'from its beginning' : `after its round ${round}`}`],
  ['Changed by the fork', changes.length === 0 ? 'nothing' : changes.join('; ')],
];

function Method({ report }: { readonly report: ReportView }) {
  const { method, check } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['Run', method.runId],
    ...(method.fork === undefined ? [] : forkRows(method.fork)),
    ['World', `${count(method.agents)} agents, ${count(method.rounds)} rounds, ${count(method.events)} events`],
    ['Model', modelName(method.model)],
    ['Seed', String(method.seed)],
    ['Ensemble seeds', method.ensembleSeeds.join(', ')],
    ['Cost', usd(method.costNanoUsd / NANO)],
    ['Run digest', method.digest],
    ['Scenario', method.scenarioHash],
    ['Graph', method.graphHash],
    ['Engine', method.engineHash],
    ['Versions', `Shoal ${method.shoalVersion}, Node ${method.nodeVersion}`],
  ];
  return (
    <section className={styles.method} aria-labelledby="method-title">
      <h2 id="method-title">How it was made</h2>
      <p>
        Before this report was let out, {count(check.numbers)} numbers were computed again and {count(check.citations)} citations
        followed, over {count(check.claims)} sentences; {count(check.rewritten)} had to be rewritten. The same seed gives the same
        digest on any computer.
      </p>
      <dl>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Contents({ report }: { readonly report: ReportView }) {
  return (
    <nav className={styles.contents} aria-label="Sections of the report">
      <ul>
        {report.sections.map((section) => (
          <li key={section.id}>
            <a href={`#section-${section.id}`}>{section.title}</a>
          </li>
        ))}
        <li>
          <a href="#method-title">How it was made</a>
        </li>
      </ul>
    </nav>
  );
}

function Document({ run, report }: { readonly run: RunView; readonly report: ReportView }) {
  return (
    <div className={styles.page}>
      <aside className={styles.aside}>
        <Contents report={report} />
        <Downloads runId={run.id} />
      </aside>
      <article className={styles.report}>
        <p className={styles.made}>{dateTime(report.createdAt)}</p>
        {report.forecasts.map((forecast) => (
          <div key={forecast.question}>
            <ForecastCard forecast={forecast} />
            <SealForm run={report.method.runId} question={forecast.question} />
          </div>
        ))}
        {report.sections.map((section) => (
          <section key={section.id} aria-labelledby={`section-${section.id}`}>
            <h2 id={`section-${section.id}`}>{section.title}</h2>
            {section.claims.map((claim) => (
              <ReportClaim key={`${claim.kind} ${claim.text}`} run={run} claim={claim} />
            ))}
            {section.figures.map((figure) => (
              <ReportFigure key={figure.id} figure={figure} />
            ))}
          </section>
        ))}
        <Method report={report} />
      </article>
    </div>
  );
}

export function ReportTab({ run }: { readonly run: RunView }) {
  const query = useQuery({ ...reportQuery(run.id), enabled: run.hasReport });
  if (!run.hasReport)
    return (
      <EmptyState title="No report yet">It is written when the world and its ensemble have been lived to the end.</EmptyState>
    );
  return (
    <Loaded query={query} shape={[240, 30, 90, 90]}>
      {(report) => <Document run={run} report={report} />}
    </Loaded>
  );
}
