// What was called, and what it came to.
import type { Stage } from '#foundation';

/** One call through the chain, for models and tools alike. No bodies, no secrets. */
export interface RequestRecord {
  readonly id: string;
  readonly at: string;
  readonly kind: 'model' | 'tool';
  readonly operation: 'generate' | 'embed' | 'tool';
  /** Which API it came by; `in-process` for agents. */
  readonly door: string;
  /** The model as the caller named it. */
  readonly asked: string;
  /** The model that answered or was tried last; a tool's name. */
  readonly target: string;
  readonly provider: string | undefined;
  /** Public id of the key. */
  readonly key: string | undefined;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly stream: boolean;
  readonly outcome: 'ok' | 'cassette' | 'denied' | 'failed' | 'cancelled';
  readonly errorCode: string | undefined;
  /** Whose doing the error was: `caller_*`, `policy_*`, `provider_*` or `shoal_*`. */
  readonly errorType: string | undefined;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  /** To the first piece of a streamed answer. */
  readonly firstOutputMs: number | undefined;
  /** Time in which a provider was at work. */
  readonly upstreamMs: number;
  readonly finishReason: string | undefined;
  readonly cache: string | undefined;
  /** Verdicts of guardrails, by what was done. */
  readonly guardrails: { readonly observed: number; readonly redacted: number; readonly blocked: number };
  readonly traceId: string | undefined;
}

/** Which requests; all conditions hold together. */
export interface RequestFilter {
  readonly runId?: string | undefined;
  readonly team?: string | undefined;
  readonly user?: string | undefined;
  readonly key?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly stage?: string | undefined;
  readonly outcome?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly door?: string | undefined;
  readonly agent?: number | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

/** Newest first. A page may hold fewer than asked for and still have a `next`: the search is bounded, not the answer. */
export interface RequestPage {
  readonly requests: readonly RequestRecord[];
  readonly next: string | undefined;
}

/** A span in OpenTelemetry's words; times in milliseconds since the call began. */
export interface RequestSpan {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  readonly startMs: number;
  readonly durationMs: number;
  readonly errorType: string | undefined;
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface RequestDetail {
  readonly request: RequestRecord;
  /** The call itself, then each attempt. */
  readonly spans: readonly RequestSpan[];
  /** Own milliseconds of each step of the chain. */
  readonly steps: Readonly<Record<string, number>>;
  /** Kept only where the settings say so; secrets are replaced, long ones cut. */
  readonly bodies: { readonly request: string; readonly answer: string } | undefined;
}

export const USAGE_DIMENSIONS = ['day', 'hour', 'team', 'user', 'key', 'model', 'provider', 'run', 'stage', 'outcome'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** `since` and `until` count whole hours, and whole days (UTC) where hours have been added up already. */
export interface UsageQuery {
  readonly by: readonly UsageDimension[];
  readonly filter?: Pick<RequestFilter, 'runId' | 'team' | 'user' | 'key' | 'model' | 'provider' | 'stage' | 'outcome'>;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** Quantiles of latency and of the time to the first token. */
  readonly quantiles?: boolean;
}

export interface UsageRow {
  /** One entry per dimension asked for; `undefined` = none. Days and hours as ISO text. */
  readonly group: Readonly<Partial<Record<UsageDimension, string | undefined>>>;
  readonly calls: number;
  readonly failures: number;
  readonly cacheHits: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  readonly quantiles:
    | {
        readonly latencyP50Ms: number | undefined;
        readonly latencyP95Ms: number | undefined;
        readonly latencyP99Ms: number | undefined;
        readonly firstOutputP50Ms: number | undefined;
        readonly firstOutputP95Ms: number | undefined;
      }
    | undefined;
}

/** What was called, what it came to, and what may be forgotten. */
export interface Traces {
  requests(filter: RequestFilter, page: { readonly before?: string | undefined; readonly limit: number }): RequestPage;
  request(id: string): RequestDetail | undefined;
  usage(query: UsageQuery): readonly UsageRow[];
  /** Oldest first, in pieces; JSON is one array. */
  exportRequests(filter: RequestFilter, form: 'json' | 'csv'): Iterable<string>;
  exportUsage(query: UsageQuery, form: 'json' | 'csv'): Iterable<string>;
  /** Forgets requests (and their bodies, and kept conversations) that ended before; usage stays. Returns how many rows went. */
  purge(what: 'requests' | 'bodies', beforeMs: number, signal?: AbortSignal): Promise<number>;
  /** Prometheus text. */
  metrics(): string;
}

export interface CostRow {
  readonly model: string;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly calls: number;
  readonly cassetteHits: number;
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: number;
}
