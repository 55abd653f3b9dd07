// A call as a row of `trace_requests`, and back. The order of COLUMNS is the order of both.
import { z } from 'zod';
import { STAGES } from '#foundation';
import type { AttemptRecord } from './entry.ts';
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
    writeTries(entry),
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

const Tries = z.array(z.tuple([z.string(), z.string(), number, number, z.string().nullable()]));

/** The usual call has one attempt that went well: two numbers say it all. */
function writeTries({ tries, started, target, provider }: Entry): string | null {
  const [first] = tries ?? [];
  if (tries === undefined || first === undefined) return null;
  if (tries.length === 1 && first.errorCode === undefined && first.model === target && first.provider === provider)
    return `${microseconds(first.startedAt - started)} ${microseconds(first.endedAt - first.startedAt)}`;
  return JSON.stringify(
    tries.map((attempt) => [
      attempt.model,
      attempt.provider,
      microseconds(attempt.startedAt - started),
      microseconds(attempt.endedAt - attempt.startedAt),
      attempt.errorCode ?? null,
    ]),
  );
}

/** Times count in milliseconds from the start of the call. */
export function readTries(text: string | null, record: RequestRecord): readonly AttemptRecord[] {
  if (text === null) return [];
  if (!text.startsWith('[')) {
    const [start = 0, length = 0] = text.split(' ').map(Number);
    const { target, provider = '' } = record;
    return [{ model: target, provider, startedAt: start / 1000, endedAt: (start + length) / 1000, errorCode: undefined }];
  }
  return Tries.parse(JSON.parse(text)).map(([model, provider, start, length, errorCode]) => ({
    model,
    provider,
    startedAt: start / 1000,
    endedAt: (start + length) / 1000,
    errorCode: errorCode ?? undefined,
  }));
}
