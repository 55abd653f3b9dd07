// A call as a row of `trace_requests`, and back. The order of COLUMNS is the order of both.
import { z } from 'zod';
import { STAGES } from '#foundation';
import type { AttemptCourse, AttemptRecord } from './entry.ts';
import type { RequestRecord } from '../contract.ts';
import type { Entry } from './entry.ts';
import { errorTypeOf } from './error-type.ts';
import type { Names } from './names.ts';

const COLUMNS = (
  'sequence id at_ms operation door asked target provider key team user run stage agent round stream outcome ' +
  'error attempts input_tokens output_tokens cached_tokens cache_write_tokens reasoning_tokens cost_nano ' +
  'latency_us first_us upstream_us finish cache guardrails steps tries trace'
).split(' ');

export const INSERT_REQUEST = `INSERT INTO trace_requests (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);

export function columnsOf(entry: Entry, sequence: number, names: Names): (string | number | null)[] {
  const numberOf = (name: string | undefined): number => names.numberOf(name);
  return [
    sequence,
    entry.id,
    Math.floor(entry.atMs),
    numberOf(entry.operation),
    numberOf(entry.door),
    numberOf(entry.asked),
    numberOf(entry.target),
    numberOf(entry.provider),
    numberOf(entry.key),
    numberOf(entry.team),
    numberOf(entry.user),
    numberOf(entry.runId),
    numberOf(entry.stage),
    entry.agent ?? null,
    entry.round ?? null,
    entry.stream ? 1 : 0,
    numberOf(entry.outcome),
    numberOf(entry.errorCode),
    entry.attempts,
    entry.inputTokens,
    entry.outputTokens,
    entry.cachedInputTokens,
    entry.cacheWriteTokens,
    entry.reasoningTokens,
    entry.costNanoUsd,
    microseconds(entry.latencyMs),
    entry.firstOutputMs === undefined ? null : microseconds(entry.firstOutputMs),
    microseconds(entry.upstreamMs),
    numberOf(entry.finishReason),
    numberOf(entry.cache),
    writeGuardrails(entry),
    writeSteps(entry.steps, names),
    writeTries(entry, names),
    entry.trace === undefined ? null : entry.trace.traceId,
  ];
}

const number = z.number();
export const RequestRow = z.object({
  sequence: number,
  id: z.string(),
  at_ms: number,
  operation: number,
  door: number,
  asked: number,
  target: number,
  provider: number,
  key: number,
  team: number,
  user: number,
  run: number,
  stage: number,
  agent: number.nullable(),
  round: number.nullable(),
  stream: number,
  outcome: number,
  error: number,
  attempts: number,
  input_tokens: number,
  output_tokens: number,
  cached_tokens: number,
  cache_write_tokens: number,
  reasoning_tokens: number,
  cost_nano: number,
  latency_us: number,
  first_us: number.nullable(),
  upstream_us: number,
  finish: number,
  cache: number,
  guardrails: z.string().nullable(),
  steps: z.string().nullable(),
  tries: z.string().nullable(),
  trace: z.string().nullable(),
});
export type RequestRow = z.infer<typeof RequestRow>;

const Operation = z.enum(['generate', 'embed', 'tool']);
const OutcomeName = z.enum(['ok', 'cassette', 'denied', 'failed', 'cancelled']);

export function toRecord(row: RequestRow, names: Names): RequestRecord {
  const nameOf = (number: number): string | undefined => names.nameOf(number);
  const errorCode = nameOf(row.error);
  const operation = Operation.parse(nameOf(row.operation));
  const [observed = 0, redacted = 0, blocked = 0] = row.guardrails?.split(' ').map(Number) ?? [];
  return {
    id: row.id,
    at: new Date(row.at_ms).toISOString(),
    kind: operation === 'tool' ? 'tool' : 'model',
    operation,
    door: nameOf(row.door) ?? '',
    asked: nameOf(row.asked) ?? '',
    target: nameOf(row.target) ?? '',
    provider: nameOf(row.provider),
    key: nameOf(row.key),
    team: nameOf(row.team),
    user: nameOf(row.user),
    runId: nameOf(row.run),
    stage: z.enum(STAGES).parse(nameOf(row.stage)),
    agent: row.agent ?? undefined,
    round: row.round ?? undefined,
    stream: row.stream === 1,
    outcome: OutcomeName.parse(nameOf(row.outcome)),
    errorCode,
    errorType: errorCode === undefined ? undefined : errorTypeOf(errorCode),
    attempts: row.attempts,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    cachedInputTokens: row.cached_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    reasoningTokens: row.reasoning_tokens,
    costNanoUsd: row.cost_nano,
    latencyMs: row.latency_us / 1000,
    firstOutputMs: row.first_us === null ? undefined : row.first_us / 1000,
    upstreamMs: row.upstream_us / 1000,
    finishReason: nameOf(row.finish),
    cache: nameOf(row.cache),
    guardrails: { observed, redacted, blocked },
    traceId: row.trace ?? undefined,
  };
}

function writeGuardrails({ guardrailsObserved, guardrailsRedacted, guardrailsBlocked }: Entry): string | null {
  const found = guardrailsObserved + guardrailsRedacted + guardrailsBlocked > 0;
  return found ? `${guardrailsObserved} ${guardrailsRedacted} ${guardrailsBlocked}` : null;
}

/** `17 12,18 340`: numbers of names and microseconds; a quarter of what JSON would take, in time and in bytes. */
function writeSteps(steps: Entry['steps'], names: Names): string | null {
  let text = '';
  for (const name in steps) text += `${text === '' ? '' : ','}${names.numberOf(name)} ${microseconds(steps[name] ?? 0)}`;
  return text === '' ? null : text;
}

export function readSteps(text: string | null, names: Names): Readonly<Record<string, number>> {
  if (text === null) return {};
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = 0, spent = 0] = pair.split(' ').map(Number);
      return [names.nameOf(name) ?? '', spent / 1000];
    }),
  );
}

/** As it lies in a row; what is usual is left out. */
const Course = z.object({
  why: z.enum(['first', 'retry', 'fallback', 'hedge']).default('first'),
  after: z.string().optional(),
  waitedMs: number.default(0),
  told: z.boolean().default(false),
  rule: z.string().optional(),
  forced: z.boolean().default(false),
  breaker: z.enum(['closed', 'half-open', 'open']).default('closed'),
  outcome: z.enum(['open', 'ok', 'failed', 'lost', 'cancelled']).default('ok'),
  failure: z.string().optional(),
  retryAfterMs: number.optional(),
  opened: z.boolean().default(false),
  key: z.string().optional(),
});
const Tries = z.array(z.tuple([z.string(), z.string(), number, number, z.string().nullable(), Course.optional()]));

/** The usual call has one attempt that went well: two numbers and the name of its key say it all. */
function writeTries({ tries, started, target, provider }: Entry, names: Names): string | null {
  const [first] = tries ?? [];
  if (tries === undefined || first === undefined) return null;
  if (tries.length === 1 && first.course === undefined && first.model === target && first.provider === provider)
    return `${microseconds(first.startedAt - started)} ${microseconds(first.endedAt - first.startedAt)} ${names.numberOf(first.keyName)}`;
  return JSON.stringify(
    tries.map((attempt) => [
      attempt.model,
      attempt.provider,
      microseconds(attempt.startedAt - started),
      microseconds(attempt.endedAt - attempt.startedAt),
      attempt.errorCode ?? null,
      { ...courseOf(attempt.course), key: attempt.keyName },
    ]),
  );
}

function courseOf(course: AttemptCourse | undefined): z.input<typeof Course> {
  if (course === undefined) return {};
  const { cause, forced, breaker, outcome, failure, retryAfterMs, opened } = course;
  const { why, failure: after, waitedMs, told, rule } = cause;
  return {
    why,
    after,
    rule,
    outcome,
    failure,
    ...(waitedMs === 0 ? {} : { waitedMs: Math.round(waitedMs) }),
    ...(told ? { told } : {}),
    ...(forced ? { forced } : {}),
    ...(breaker === 'closed' ? {} : { breaker }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.round(retryAfterMs) }),
    ...(opened ? { opened } : {}),
  };
}

/** Times count in milliseconds from the start of the call. */
export function readTries(text: string | null, record: RequestRecord, names: Names): readonly AttemptRecord[] {
  if (text === null) return [];
  if (!text.startsWith('[')) {
    const [start = 0, length = 0, key = 0] = text.split(' ').map(Number);
    const { target, provider = '' } = record;
    const times = { startedAt: start / 1000, endedAt: (start + length) / 1000 };
    return [{ model: target, provider, ...times, errorCode: undefined, keyName: names.nameOf(key), course: undefined }];
  }
  return Tries.parse(JSON.parse(text)).map(([model, provider, start, length, errorCode, told]) => ({
    model,
    provider,
    startedAt: start / 1000,
    endedAt: (start + length) / 1000,
    errorCode: errorCode ?? undefined,
    keyName: told?.key,
    course: told === undefined ? undefined : readCourse(told),
  }));
}

function readCourse(stored: z.output<typeof Course>): AttemptCourse {
  const { why, after, waitedMs, told, rule, forced, breaker, outcome, failure, retryAfterMs, opened } = stored;
  const cause = { why, failure: after, waitedMs, told, rule };
  return { cause, forced, breaker, outcome, failure, retryAfterMs, opened };
}
