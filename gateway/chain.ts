// The chain that every call goes down, model and tool alike: `step = next => call => …`. A step knows the call and
// the next handler, never another step. What a step learns for the trace it adds to the call's tally.
import type { ErrorCode, Stage, TokenUsage } from '#foundation';
import type { Usage } from './models/exchange.ts';
import type { Principal } from './policy/principal.ts';

/** Why an attempt was made. */
export interface AttemptCause {
  readonly why: 'first' | 'retry' | 'fallback' | 'hedge';
  /** The kind of failure that it follows. */
  readonly failure: string | undefined;
  /** What it let pass on purpose: a pause, or for a hedge the time in which the other attempt had said nothing. */
  readonly waitedMs: number;
  /** The pause was asked for, by the provider or by a limit of ours. */
  readonly told: boolean;
  /** For a fallback: the group whose rule it is, and the kind of failure that the rule is for. */
  readonly rule: string | undefined;
}

export const FIRST_ATTEMPT: AttemptCause = { why: 'first', failure: undefined, waitedMs: 0, told: false, rule: undefined };

/** One attempt as it went, for the trace. Times are monotonic milliseconds (`performance.now`). */
export interface AttemptMade {
  /** Qualified model name. */
  readonly target: string;
  /** Which of the provider's keys. */
  readonly keyIndex: number;
  /** The name of that key, where it was used; never the key. */
  keyName: string | undefined;
  readonly cause: AttemptCause;
  /** Everything it could go to was resting, so the one nearest to its end was tried all the same. */
  readonly forced: boolean;
  /** The target's circuit breaker when it went out; in `half-open` it is a probe. */
  readonly breaker: 'closed' | 'half-open' | 'open';
  readonly startedMs: number;
  /** When it had its place at the provider; 0 while it waits for one. */
  placedMs: number;
  /** When the first piece of a streamed answer came; 0 if none did. */
  firstMs: number;
  endedMs: number;
  /** `lost`: a hedge that another attempt was faster than. */
  outcome: 'open' | 'ok' | 'failed' | 'lost' | 'cancelled';
  errorCode: ErrorCode | undefined;
  /** What kind of failure it was. */
  failure: string | undefined;
  /** When the provider said to come back. */
  retryAfterMs: number | undefined;
  /** Its failure opened the breaker. */
  opened: boolean;
}

/** What a guardrail made of a call: counts and names, never the text that was found. */
export interface Verdict {
  readonly guardrail: string;
  readonly where: 'input' | 'output';
  readonly action: 'passed' | 'observed' | 'redacted' | 'blocked';
  readonly findings: number;
  readonly durationMs: number;
  /** Whoever should have judged did not answer, and the guardrail is set to let such calls pass. */
  readonly unavailable?: true;
}

export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: the span of this call. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly sampled: boolean;
}

/** What has happened to a call so far; steps only ever add to it. */
export interface Tally {
  attempts: number;
  readonly attemptsMade: AttemptMade[];
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  /** Parts of the input tokens that were written to the provider's prompt cache. */
  cacheWriteTokens: number;
  /** Parts of the output tokens that the model thought with. */
  reasoningTokens: number;
  costNanoUsd: number;
  fromCassette: boolean;
  /** Undefined = no cache was asked. */
  cache: 'hit-exact' | 'hit-semantic' | 'miss' | undefined;
  readonly verdicts: Verdict[];
  /** The model that was tried last, and so the one that answered. */
  model: string | undefined;
  provider: string | undefined;
  /** The output cap that the budget had room for, where it is lower than what was asked for. */
  clampedTo: number | undefined;
  /** Budgets whose soft limit it passes. */
  overSoft: readonly string[];
  /** Names of what the target's API has no word for, left out of what was sent. */
  dropped: readonly string[];
  /** `performance.now()` of the first piece of a streamed answer. */
  firstOutputAt: number | undefined;
  /** The trace that this call belongs to: from the caller's `traceparent`, or made when first asked for. */
  trace: TraceContext | undefined;
  /** Whether its steps are timed; a busy door times some of its calls. */
  timed: boolean;
  /** Own milliseconds of each step, without the steps inside it; written by `timed`. */
  readonly steps: Record<string, number>;
  /** The step whose time is running, and since when (`performance.now()`); `timed` keeps both. */
  step: string | undefined;
  stepSince: number;
}

/** One call and on whose behalf it is made. */
export interface Call {
  readonly id: string;
  readonly kind: 'model' | 'tool';
  readonly principal: Principal;
  /** Qualified model name (a group's until it is routed), or the tool's name. */
  readonly target: string;
  readonly runId: string | undefined;
  readonly budget: string;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

export type Handler<C extends Call, A> = (call: C) => Promise<A>;
export type Step<C extends Call, A> = (next: Handler<C, A>) => Handler<C, A>;

/** Composes steps around the handler that does the work; the first step is the outermost. */
export function chain<C extends Call, A>(steps: readonly Step<C, A>[], end: Handler<C, A>): Handler<C, A> {
  return steps.reduceRight<Handler<C, A>>((next, step) => step(next), end);
}

/** Timing the steps costs as much as the steps do: one call in sixteen is timed, and each whose trace somebody follows. */
export function isTimed(count: number): boolean {
  return (count & 15) === 0;
}

export function newTally(timed = true): Tally {
  return {
    attempts: 0,
    attemptsMade: [],
    inputTokens: 0,
    outputTokens: 0,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0,
    fromCassette: false,
    cache: undefined,
    verdicts: [],
    model: undefined,
    provider: undefined,
    clampedTo: undefined,
    overSoft: [],
    dropped: [],
    firstOutputAt: undefined,
    trace: undefined,
    timed,
    steps: {},
    step: undefined,
    stepSince: 0,
  };
}

export function addUsage(tally: Tally, usage: TokenUsage & Partial<Usage>): void {
  tally.inputTokens += usage.inputTokens;
  tally.outputTokens += usage.outputTokens;
  tally.cachedInputTokens += usage.cachedInputTokens;
  tally.cacheWriteTokens += usage.cacheWriteTokens ?? 0;
  tally.reasoningTokens += usage.reasoningTokens ?? 0;
}
