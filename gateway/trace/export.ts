// Tables as JSON or CSV, in pieces: nothing is ever whole in memory. CSV follows RFC 4180, and a cell that a
// spreadsheet would take for a formula gets an apostrophe in front.
import type { RequestRecord, UsageDimension, UsageRow } from '../contract.ts';

type Cell = string | number | boolean | undefined;
type Flat = Readonly<Record<string, Cell>>;

/** Rows that make one piece. */
const ROWS_PER_PIECE = 200;
const FORMULA = /^[=+\-@\t\r]/;

export function* csvOf(columns: readonly string[], rows: Iterable<Flat>): Iterable<string> {
  let piece = `${columns.map(csvCell).join(',')}\r\n`;
  let count = 0;
  for (const row of rows) {
    piece += `${columns.map((column) => csvCell(row[column])).join(',')}\r\n`;
    if (++count % ROWS_PER_PIECE !== 0) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** One array, a row on each line. */
export function* jsonOf(rows: Iterable<unknown>): Iterable<string> {
  let piece = '[';
  let count = 0;
  for (const row of rows) {
    piece += `${count === 0 ? '' : ','}\n${JSON.stringify(row)}`;
    if (++count % ROWS_PER_PIECE !== 0) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}${count === 0 ? '' : '\n'}]\n`;
}

function csvCell(value: Cell): string {
  if (value === undefined) return '';
  // Only text can hide a formula; a number that is below zero is a number.
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const REQUEST_COLUMNS = (
  'id at kind operation door asked target provider key team user runId stage agent round stream outcome ' +
  'errorType errorCode attempts inputTokens outputTokens cachedInputTokens cacheWriteTokens reasoningTokens ' +
  'costNanoUsd latencyMs firstOutputMs upstreamMs finishReason cache guardrailsObserved guardrailsRedacted ' +
  'guardrailsBlocked traceId'
).split(' ');

export function* flatRequests(requests: Iterable<RequestRecord>): Iterable<Flat> {
  for (const { guardrails, ...rest } of requests) {
    const { observed, redacted, blocked } = guardrails;
    yield { ...rest, guardrailsObserved: observed, guardrailsRedacted: redacted, guardrailsBlocked: blocked };
  }
}

const USAGE_SUMS = (
  'calls failures cacheHits inputTokens outputTokens cachedInputTokens cacheWriteTokens reasoningTokens ' +
  'costNanoUsd latencyMs'
).split(' ');
const USAGE_QUANTILES = ['latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'firstOutputP50Ms', 'firstOutputP95Ms'];

export const usageColumns = (by: readonly UsageDimension[], quantiles: boolean): readonly string[] => [
  ...by,
  ...USAGE_SUMS,
  ...(quantiles ? USAGE_QUANTILES : []),
];

export function* flatUsage(rows: Iterable<UsageRow>): Iterable<Flat> {
  for (const { group, quantiles, ...sums } of rows) yield { ...group, ...sums, ...quantiles };
}
