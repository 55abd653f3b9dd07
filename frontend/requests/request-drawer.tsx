// One request up close: how it ended, where its time went, what it used and cost, and what was judged on the way.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RequestDetailView, RequestView } from '#api/contract';
import { requestQuery } from '../api/gateway.ts';
import { doorName } from '../gateway/door-names.ts';
import { type Fact, Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { Outcome } from '../gateway/outcome.tsx';
import { ago, count, milliseconds, modelName, nanoUsd, plural, toTheSecond, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { hintFor } from './error-hints.ts';
import own from './requests.module.css';
import { Waterfall } from './waterfall-chart.tsx';
import { barsOfSpans, barsOfSteps } from './waterfall.ts';

const CACHE: Readonly<Record<string, string>> = {
  'hit-exact': 'Answered from it: the very same request',
  'hit-semantic': 'Answered from it: a request that means the same',
  miss: 'Not in it',
};

function Failure({ code, type }: { readonly code: string; readonly type: string | undefined }) {
  return (
    <div className={own.error} role="note" aria-label="What went wrong">
      <strong>{words(code)}</strong>
      <p>{hintFor(code, type)}</p>
      <code>{type ?? code}</code>
    </div>
  );
}

function verdicts({ observed, redacted, blocked }: RequestView['guardrails']): string {
  const said = [
    ...(blocked > 0 ? [`${count(blocked)} blocked`] : []),
    ...(redacted > 0 ? [`${count(redacted)} redacted`] : []),
    ...(observed > 0 ? [`${count(observed)} noted`] : []),
  ];
  return said.length === 0 ? 'Nothing found' : said.join(', ');
}

const alsoTokens = (value: number, what: string): string => (value === 0 ? '' : `, ${count(value)} ${what}`);

function factsOf(request: RequestView): readonly Fact[] {
  const { runId, agent, round, asked, target, kind } = request;
  return [
    ['Asked for', modelName(asked)],
    [kind === 'tool' ? 'Tool' : 'Answered by', kind === 'tool' ? target : modelName(target)],
    ['Door', doorName(request.door)],
    ['Key', request.key],
    ['Team', request.team],
    ['User', request.user],
    [
      'Run',
      runId === undefined ? undefined : (
        <Link key="run" to="/runs/$id" params={{ id: runId }} className={styles.link}>
          {runId}
        </Link>
      ),
    ],
    ['Stage', runId === undefined ? undefined : words(request.stage)],
    ['Agent', agent === undefined ? undefined : `${count(agent)}${round === undefined ? '' : `, round ${count(round)}`}`],
    [
      'Tokens in',
      `${count(request.inputTokens)}${alsoTokens(request.cachedInputTokens, 'cached')}${alsoTokens(request.cacheWriteTokens, 'written to the cache')}`,
    ],
    ['Tokens out', `${count(request.outputTokens)}${alsoTokens(request.reasoningTokens, 'of thinking')}`],
    ['Cost', nanoUsd(request.costNanoUsd)],
    ['Took', milliseconds(request.latencyMs)],
    ['First token', request.firstOutputMs === undefined ? undefined : milliseconds(request.firstOutputMs)],
    ['At the provider', milliseconds(request.upstreamMs)],
    ['Ended because', request.finishReason === undefined ? undefined : words(request.finishReason)],
    ['Answer cache', request.cache === undefined ? 'Not asked' : (CACHE[request.cache] ?? request.cache)],
    ['Guardrails', verdicts(request.guardrails)],
    ['Trace', request.traceId],
  ];
}

function Bodies({ bodies }: Pick<RequestDetailView, 'bodies'>) {
  if (bodies === undefined) {
    return (
      <p className={styles.quiet}>
        Prompt and answer are not kept. <span className={styles.mono}>gateway.trace.bodies.keep</span> in config.yaml says whether
        they are.
      </p>
    );
  }
  return (
    <div className={own.bodies}>
      <details>
        <summary>What was asked</summary>
        <pre className={styles.code}>{bodies.request}</pre>
      </details>
      <details>
        <summary>What was answered</summary>
        <pre className={styles.code}>{bodies.answer}</pre>
      </details>
    </div>
  );
}

function Detail({ detail, now }: { readonly detail: RequestDetailView; readonly now: number }) {
  const { request, spans, steps, bodies } = detail;
  const attempts = useMemo(() => barsOfSpans(spans), [spans]);
  const parts = useMemo(() => barsOfSteps(steps), [steps]);
  const { errorCode, errorType, firstOutputMs, latencyMs } = request;
  return (
    <>
      <header className={styles.head}>
        <h2>{request.kind === 'tool' ? request.target : modelName(request.target)}</h2>
        <p>
          <Outcome outcome={request.outcome} />
          <time dateTime={request.at}>
            {toTheSecond(request.at)}, {ago(request.at, now)}
          </time>
          {request.attempts > 1 && <span>{plural(request.attempts, 'attempt')}</span>}
          {request.stream && <span>streamed</span>}
        </p>
      </header>
      {errorCode !== undefined && <Failure code={errorCode} type={errorType} />}
      <section>
        <h3>Where the time went</h3>
        <Waterfall
          label="Attempts"
          bars={attempts}
          firstOutput={firstOutputMs === undefined || latencyMs <= 0 ? undefined : Math.min(1, firstOutputMs / latencyMs)}
        />
      </section>
      <section>
        <h3>Own time of each step</h3>
        {parts.length > 0 ? (
          <Waterfall label="Steps" bars={parts} />
        ) : (
          <p className={styles.quiet}>
            The steps of this call were not timed: only some are, and those whose trace somebody follows.
          </p>
        )}
      </section>
      <section>
        <h3>What it was</h3>
        <Facts facts={factsOf(request)} />
      </section>
      <section>
        <h3>Prompt and answer</h3>
        <Bodies bodies={bodies} />
      </section>
      <p className={`${styles.quiet} ${styles.mono}`}>{request.id}</p>
    </>
  );
}

export function RequestDrawer({ id, now }: { readonly id: string; readonly now: number }) {
  const query = useQuery(requestQuery(id));
  return (
    <Loaded query={query} shape={[64, 120, 200]}>
      {(detail) => <Detail detail={detail} now={now} />}
    </Loaded>
  );
}
