// One finished call as the trace sees it: what the request log, the metrics and the spans are all made of.
import type { Stage } from '#foundation';
import type { AttemptCause, AttemptMade, Call, Tally, TraceContext, Verdict } from '../chain.ts';
import type { RequestRecord } from '../contract.ts';
import { errorTypeOf } from './error-type.ts';

export type Outcome = RequestRecord['outcome'];

/** Which API a call came by; calls of agents and tools come by none. */
export const IN_PROCESS = 'in-process';

/** One attempt at one target. Times are milliseconds of `performance.now()`, waiting for a place left out. */
export interface AttemptRecord {
  readonly model: string;
  readonly provider: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly errorCode: string | undefined;
  /** The name of the provider's key, never the key. */
  readonly keyName: string | undefined;
  /** Undefined for the only attempt of a call that went as it should. */
  readonly course: AttemptCourse | undefined;
}

/** Why an attempt was made, and what came of it. */
export interface AttemptCourse extends Pick<
  AttemptMade,
  'forced' | 'breaker' | 'outcome' | 'failure' | 'retryAfterMs' | 'opened'
> {
  readonly cause: AttemptCause;
}

const UNKNOWN_MODEL = '(unknown)';
/** Characters of a name that a caller made up. */
const LONGEST_NAME = 200;

export interface Entry {
  readonly id: string;
  /** When the call came, in milliseconds since 1970. */
  readonly atMs: number;
  readonly kind: 'model' | 'tool';
  readonly operation: 'generate' | 'embed' | 'tool';
  readonly door: string;
  /** As the caller named it. */
  readonly asked: string;
  /** The model that answered or was tried last, else what was asked for; the tool's name. */
  readonly target: string;
  readonly provider: string | undefined;
  readonly key: string | undefined;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly stream: boolean;
  readonly outcome: Outcome;
  readonly errorCode: string | undefined;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  /** From the start to the first piece of a streamed answer. */
  readonly firstOutputMs: number | undefined;
  /** Milliseconds in which at least one attempt was under way. */
  readonly upstreamMs: number;
  readonly finishReason: string | undefined;
  readonly cache: Tally['cache'];
  readonly guardrailsObserved: number;
  readonly guardrailsRedacted: number;
  readonly guardrailsBlocked: number;
  readonly tries: readonly AttemptRecord[] | undefined;
  /** `performance.now()` at the start. */
  readonly started: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly trace: TraceContext | undefined;
}

/** What only some kinds of call have. */
export interface EntryFacts {
  readonly operation: Entry['operation'];
  readonly door: string;
  readonly asked: string;
  readonly stream: boolean;
}

export interface EntryEnd {
  readonly atMs: number;
  readonly started: number;
  readonly ended: number;
  readonly outcome: Outcome;
  readonly errorCode: string | undefined;
  readonly finishReason: string | undefined;
}

export function entryOf(call: Call, facts: EntryFacts, end: EntryEnd): Entry {
  const { tally, principal } = call;
  const tries = triesOf(tally.attemptsMade);
  // What nobody knows may be called anything: it must not become a group of its own in the usage.
  const target = end.errorCode === 'model_unknown' ? UNKNOWN_MODEL : (tally.model ?? call.target.slice(0, LONGEST_NAME));
  return {
    id: call.id,
    atMs: end.atMs,
    kind: call.kind,
    operation: facts.operation,
    door: facts.door,
    asked: facts.asked.slice(0, LONGEST_NAME),
    target,
    provider: tally.provider ?? (call.kind === 'model' ? providerOf(target) : undefined),
    key: principal.keyId,
    team: principal.team,
    user: principal.user,
    runId: call.runId,
    stage: call.stage,
    agent: call.agent,
    round: call.round,
    stream: facts.stream,
    outcome: end.outcome,
    errorCode: end.errorCode,
    attempts: Math.max(tally.attempts, tally.attemptsMade.length),
    inputTokens: tally.inputTokens,
    outputTokens: tally.outputTokens,
    cachedInputTokens: tally.cachedInputTokens,
    cacheWriteTokens: tally.cacheWriteTokens,
    reasoningTokens: tally.reasoningTokens,
    costNanoUsd: tally.costNanoUsd,
    latencyMs: end.ended - end.started,
    firstOutputMs: tally.firstOutputAt === undefined ? undefined : tally.firstOutputAt - end.started,
    upstreamMs: tries === undefined ? 0 : covered(tries),
    finishReason: end.finishReason,
    cache: tally.cache,
    guardrailsObserved: verdictsOf(tally.verdicts, 'observed'),
    guardrailsRedacted: verdictsOf(tally.verdicts, 'redacted'),
    guardrailsBlocked: verdictsOf(tally.verdicts, 'blocked'),
    tries,
    started: end.started,
    steps: tally.steps,
    trace: tally.trace,
  };
}

function triesOf(made: readonly AttemptMade[]): readonly AttemptRecord[] | undefined {
  if (made.length === 0) return undefined;
  return made.map((attempt) => {
    const { target, startedMs, placedMs, endedMs, errorCode, keyName } = attempt;
    return {
      model: target,
      provider: providerOf(target) ?? target,
      startedAt: placedMs === 0 ? startedMs : placedMs,
      endedAt: endedMs,
      errorCode,
      keyName,
      course: made.length === 1 && isPlain(attempt) ? undefined : attempt,
    };
  });
}

/** There is nothing to tell about it. */
function isPlain({ errorCode, cause, forced, breaker }: AttemptMade): boolean {
  return errorCode === undefined && cause.waitedMs === 0 && cause.why === 'first' && !forced && breaker === 'closed';
}

function verdictsOf(verdicts: readonly Verdict[], action: Verdict['action']): number {
  let count = 0;
  for (const verdict of verdicts) if (verdict.action === action) count++;
  return count;
}

function providerOf(model: string): string | undefined {
  const slash = model.indexOf('/');
  return slash <= 0 ? undefined : model.slice(0, slash);
}

/** The length of the union of all attempts: hedged ones overlap. */
function covered(tries: readonly AttemptRecord[]): number {
  const [first] = tries;
  if (first !== undefined && tries.length === 1) return first.endedAt - first.startedAt;
  let total = 0;
  let until = -Infinity;
  for (const { startedAt, endedAt } of tries.toSorted((left, right) => left.startedAt - right.startedAt)) {
    total += Math.max(0, endedAt - Math.max(startedAt, until));
    until = Math.max(until, endedAt);
  }
  return total;
}

export const isSuccess = (outcome: Outcome): boolean => outcome === 'ok' || outcome === 'cassette';
export const isCacheHit = (entry: Entry): boolean =>
  entry.outcome === 'cassette' || entry.cache === 'hit-exact' || entry.cache === 'hit-semantic';

/** As a reader of the log would get it. */
export function recordOf(entry: Entry): RequestRecord {
  const { atMs, tries: _tries, started: _started, steps: _steps, trace, errorCode, ...facts } = entry;
  const { guardrailsObserved: observed, guardrailsRedacted: redacted, guardrailsBlocked: blocked, ...rest } = facts;
  return {
    ...rest,
    at: new Date(atMs).toISOString(),
    errorCode,
    errorType: errorCode === undefined ? undefined : errorTypeOf(errorCode),
    guardrails: { observed, redacted, blocked },
    traceId: trace?.traceId,
  };
}
