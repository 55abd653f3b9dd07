// What the gateway counts for Prometheus. Labels are bounded: models by the catalogue (others are `other`), errors by
// the closed vocabulary, and never a key, a run or a user. Counters start at 0 with the process.
import type { Entry } from './entry.ts';
import { isSuccess } from './entry.ts';
import { ERROR_TYPES, errorTypeOf } from './error-type.ts';
import type { ProcessReadings } from './process-readings.ts';
import { createRegistry, observe } from './prometheus.ts';
import type { Counter, HistogramSeries, Sample } from './prometheus.ts';

/** What others know and metrics show; read when somebody asks. */
export interface Readings {
  readonly budgets?: () => readonly {
    readonly id: string;
    readonly limitNanoUsd: number | undefined;
    readonly spentNanoUsd: number;
    readonly reservedNanoUsd: number;
  }[];
  readonly providers?: () => readonly { readonly id: string; readonly up: boolean }[];
  /** 0 closed, 1 half open, 2 open. */
  readonly circuits?: () => readonly { readonly target: string; readonly state: 0 | 1 | 2 }[];
  /** Calls that wait, by what they wait for. */
  readonly queues?: () => readonly { readonly name: string; readonly waiting: number }[];
  /** What the trace itself could not keep, by kind. */
  readonly dropped?: () => Readonly<Record<string, number>>;
}

export interface Metrics {
  begin(): void;
  end(entry: Entry): void;
  text(): string;
}

const DURATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320];
const FIRST_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6];
const INTER_TOKEN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28];
const OVERHEAD_SECONDS = [0.000_025, 0.000_05, 0.0001, 0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1];
const DIRECTIONS = ['input', 'output', 'cached_input', 'cache_write', 'reasoning'] as const;
/** Budgets shown at most, the fullest first: runs come and go by the thousand. */
const MOST_BUDGETS = 200;
/** Models with series of their own. */
const MOST_MODELS = 500;

/** The series of one model, found once and then counted into. */
interface ModelSeries {
  readonly model: string;
  readonly provider: string;
  readonly requests: Map<string, Counter>;
  readonly tokens: Readonly<Record<(typeof DIRECTIONS)[number], Counter>>;
  readonly cost: Counter;
  readonly duration: HistogramSeries;
  readonly first: HistogramSeries;
  readonly interToken: HistogramSeries;
  readonly overhead: HistogramSeries;
}

const one = (read: () => number) => (): readonly Sample[] => [{ labels: [], value: read() }];

export interface MetricsOptions {
  /** Whether this is a model of the catalogue (or a tool), whose name may become a label. */
  readonly isKnown: (target: string) => boolean;
  readonly readings: Readings;
  readonly process: ProcessReadings;
}

export function createMetrics({ isKnown, readings, process }: MetricsOptions): Metrics {
  const registry = createRegistry();
  const byModel = ['model', 'provider'];
  const requests = registry.counter('shoal_gateway_requests_total', 'Finished calls.', [
    'door',
    'model',
    'provider',
    'outcome',
    'stage',
  ]);
  const errors = registry.counter('shoal_gateway_errors_total', 'Calls that failed, by whose doing it was.', ['type']);
  const tokens = registry.counter(
    'shoal_gateway_tokens_total',
    'Tokens; cached and cache_write are parts of input, reasoning of output.',
    [...byModel, 'direction'],
  );
  const cost = registry.counter('shoal_gateway_cost_nano_usd_total', 'What calls were charged.', byModel);
  const cache = registry.counter('shoal_gateway_cache_total', 'What the cache said.', ['verdict']);
  const guardrail = registry.counter('shoal_gateway_guardrail_total', 'Findings of guardrails, by what was done.', ['verdict']);
  const duration = registry.histogram('shoal_gateway_duration_seconds', 'From call to answer.', byModel, DURATION_SECONDS);
  const first = registry.histogram(
    'shoal_gateway_time_to_first_token_seconds',
    'From call to the first piece of a stream.',
    byModel,
    FIRST_SECONDS,
  );
  const interToken = registry.histogram(
    'shoal_gateway_inter_token_latency_seconds',
    'Mean time per output token after the first, in streams.',
    byModel,
    INTER_TOKEN_SECONDS,
  );
  const overhead = registry.histogram(
    'shoal_gateway_overhead_seconds',
    'Own time: of the call, without its attempts at providers.',
    byModel,
    OVERHEAD_SECONDS,
  );

  let active = 0;
  registry.gauge(
    'shoal_gateway_active_requests',
    'Calls under way.',
    [],
    one(() => active),
  );
  registry.gauge('shoal_gateway_queue_waiting', 'Calls that wait, by what for.', ['queue'], () =>
    (readings.queues?.() ?? []).map(({ name, waiting }) => ({ labels: [name], value: waiting })),
  );
  const budgets = (value: (budget: ReturnType<NonNullable<Readings['budgets']>>[number]) => number | undefined) => () =>
    (readings.budgets?.() ?? [])
      .toSorted((left, right) => right.spentNanoUsd - left.spentNanoUsd)
      .slice(0, MOST_BUDGETS)
      .flatMap((budget): readonly Sample[] => {
        const read = value(budget);
        return read === undefined ? [] : [{ labels: [budget.id], value: read }];
      });
  registry.gauge(
    'shoal_gateway_budget_spent_nano_usd',
    'Spent, per budget.',
    ['node'],
    budgets(({ spentNanoUsd }) => spentNanoUsd),
  );
  registry.gauge(
    'shoal_gateway_budget_reserved_nano_usd',
    'Held for calls under way.',
    ['node'],
    budgets(({ reservedNanoUsd }) => reservedNanoUsd),
  );
  registry.gauge(
    'shoal_gateway_budget_limit_nano_usd',
    'Hard limit, where there is one.',
    ['node'],
    budgets(({ limitNanoUsd }) => limitNanoUsd),
  );
  registry.gauge('shoal_gateway_provider_up', '1 = the provider is configured and not known to be down.', ['provider'], () =>
    (readings.providers?.() ?? []).map(({ id, up }) => ({ labels: [id], value: up ? 1 : 0 })),
  );
  registry.gauge('shoal_gateway_circuit_state', '0 closed, 1 half open, 2 open.', ['target'], () =>
    (readings.circuits?.() ?? []).map(({ target, state }) => ({ labels: [target], value: state })),
  );
  registry.gauge('shoal_gateway_trace_dropped', 'What the trace could not keep since the start.', ['kind'], () =>
    Object.entries(readings.dropped?.() ?? {}).map(([kind, value]) => ({ labels: [kind], value })),
  );
  registry.gauge('shoal_event_loop_delay_seconds', 'Delay of the event loop since it was last read.', ['quantile'], () => {
    const { p50, p99, max } = process.eventLoopDelaySeconds();
    return [
      { labels: ['0.5'], value: p50 },
      { labels: ['0.99'], value: p99 },
      { labels: ['1'], value: max },
    ];
  });
  registry.gauge(
    'process_resident_memory_bytes',
    'Resident memory.',
    [],
    one(() => process.memory().rss),
  );
  registry.gauge(
    'nodejs_heap_size_used_bytes',
    'Heap in use.',
    [],
    one(() => process.memory().heapUsed),
  );
  registry.gauge(
    'nodejs_external_memory_bytes',
    'Memory outside the heap.',
    [],
    one(() => process.memory().external),
  );
  registry.gauge(
    'process_start_time_seconds',
    'When the process began.',
    [],
    one(() => process.startedSeconds),
  );

  const errorByType = new Map(ERROR_TYPES.map((type) => [type, errors([type])]));
  const verdicts = { observed: guardrail(['observed']), redacted: guardrail(['redacted']), blocked: guardrail(['blocked']) };
  const cacheBy = {
    'hit-exact': cache(['exact']),
    'hit-semantic': cache(['semantic']),
    miss: cache(['miss']),
    cassette: cache(['cassette']),
  };
  const seriesOf = (model: string, provider: string): ModelSeries => {
    const labels = [model, provider];
    const [input, output, cached_input, cache_write, reasoning] = DIRECTIONS.map((direction) =>
      tokens([...labels, direction]),
    ) as [Counter, Counter, Counter, Counter, Counter];
    return {
      model,
      provider,
      requests: new Map(),
      tokens: { input, output, cached_input, cache_write, reasoning },
      cost: cost(labels),
      duration: duration(labels),
      first: first(labels),
      interToken: interToken(labels),
      overhead: overhead(labels),
    };
  };
  const known = new Map<string, ModelSeries>();
  let other: ModelSeries | undefined;
  const find = (entry: Entry): ModelSeries => {
    const found = known.get(entry.target);
    if (found !== undefined) return found;
    if (known.size >= MOST_MODELS || !isKnown(entry.target)) return (other ??= seriesOf('other', 'other'));
    const made = seriesOf(entry.target, entry.provider ?? '');
    known.set(entry.target, made);
    return made;
  };

  return {
    begin: () => {
      active += 1;
    },
    end: (entry) => {
      active -= 1;
      const series = find(entry);
      const group = `${entry.door}\n${entry.outcome}\n${entry.stage}`;
      let calls = series.requests.get(group);
      if (calls === undefined) {
        calls = requests([entry.door, series.model, series.provider, entry.outcome, entry.stage]);
        series.requests.set(group, calls);
      }
      calls.value += 1;
      if (entry.errorCode !== undefined) {
        const counted = errorByType.get(errorTypeOf(entry.errorCode));
        if (counted !== undefined) counted.value += 1;
      }
      const { input, output, cached_input, cache_write, reasoning } = series.tokens;
      input.value += entry.inputTokens;
      output.value += entry.outputTokens;
      cached_input.value += entry.cachedInputTokens;
      cache_write.value += entry.cacheWriteTokens;
      reasoning.value += entry.reasoningTokens;
      series.cost.value += entry.costNanoUsd;
      observe(series.duration, DURATION_SECONDS, entry.latencyMs / 1000);
      if (entry.upstreamMs > 0)
        observe(series.overhead, OVERHEAD_SECONDS, Math.max(0, entry.latencyMs - entry.upstreamMs) / 1000);
      if (entry.firstOutputMs !== undefined) {
        observe(series.first, FIRST_SECONDS, entry.firstOutputMs / 1000);
        if (entry.outputTokens > 1 && isSuccess(entry.outcome))
          observe(
            series.interToken,
            INTER_TOKEN_SECONDS,
            (entry.latencyMs - entry.firstOutputMs) / 1000 / (entry.outputTokens - 1),
          );
      }
      const verdict = entry.outcome === 'cassette' ? 'cassette' : entry.cache;
      if (verdict !== undefined) cacheBy[verdict].value += 1;
      verdicts.observed.value += entry.guardrailsObserved;
      verdicts.redacted.value += entry.guardrailsRedacted;
      verdicts.blocked.value += entry.guardrailsBlocked;
    },
    text: () => registry.text(),
  };
}
