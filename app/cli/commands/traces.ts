// `shoal traces list | show | usage | export | purge`: what was called, what it cost, and forgetting it.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RequestExportQuery, RequestsQuery, UsageRequest } from '#api/contract';
import { ShoalError } from '#foundation';
import type { RequestDetail, RequestRecord, RequestSpan, Traces, UsageRow } from '#gateway/contract';
import { invalidInput } from '../../problem.ts';
import { NANO_PER_USD } from '../../runs/run-model.ts';
import { filterOf, usageQueryOf } from '../../views/trace-queries.ts';
import type { CommandContext } from '../command-context.ts';
import { timeGone } from '../times.ts';
import { withSystem } from '../with-system.ts';

/** As commander hands them over: names of conditions with their words. */
type Words = Readonly<Record<string, string | number | boolean | undefined>>;

const withTraces = <T>(context: CommandContext, work: (traces: Traces) => Promise<T> | T): Promise<T> =>
  withSystem(context, ({ gateway }) => work(gateway.traces));

export async function listRequests(context: CommandContext, options: Words): Promise<void> {
  const query = parsed(RequestsQuery, conditions(options));
  const page = await withTraces(context, (traces) => traces.requests(filterOf(query), query));
  const lines = page.requests.map(requestLine);
  if (page.next !== undefined) lines.push(`More: --before ${page.next}`);
  context.output.result(page, lines.length === 0 ? 'No requests.' : lines.join('\n'));
}

export async function showRequest(context: CommandContext, _options: Words, id = ''): Promise<void> {
  const detail = await withTraces(context, (traces) => traces.request(id));
  if (detail === undefined) {
    throw new ShoalError('not_found', `There is no request ${id} in the log.`, { hint: 'List them: npx shoal traces list' });
  }
  context.output.result(detail, detailText(detail));
}

export async function showUsage(context: CommandContext, options: Words): Promise<void> {
  const query = usageQueryOf(parsed(UsageRequest, conditions(options)));
  const rows = await withTraces(context, (traces) => traces.usage(query));
  context.output.result({ rows }, rows.length === 0 ? 'Nothing was called.' : usageText(query.by, rows));
}

export async function exportTraces(context: CommandContext, options: Words): Promise<void> {
  const { out, usage, ...rest } = options;
  const file = String(out);
  const [, form] = /\.(csv|json)$/i.exec(file.toLowerCase()) ?? [];
  if (form !== 'csv' && form !== 'json') {
    throw new ShoalError('invalid_input', `“${file}” says neither JSON nor CSV.`, { hint: 'Let its name end in .json or .csv.' });
  }
  await withTraces(context, async (traces) => {
    const pieces =
      usage === true
        ? traces.exportUsage(usageQueryOf(parsed(UsageRequest, conditions(rest))), form)
        : traces.exportRequests(filterOf(parsed(RequestExportQuery, conditions(rest))), form);
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(file, { mode: 0o600, flags: 'wx' }), {
      signal: context.signal,
    });
  });
  context.output.result({ file, form }, `Written to ${file}`);
}

export async function purgeTraces(context: CommandContext, options: Words): Promise<void> {
  const { before, bodies } = options;
  const beforeMs = timeGone('--before', String(before), Date.now());
  const what = bodies === true ? 'bodies' : 'requests';
  const purged = await withSystem(context, async ({ gateway: { audit, traces } }) => {
    // First into the chain: it lies in another file, and what cannot be recorded is not done.
    const after = { before: new Date(beforeMs).toISOString() };
    audit.append({ actor: 'command line', action: `${what}.purged`, subject: 'request log', after });
    return traces.purge(what, beforeMs, context.signal);
  });
  context.output.result({ what, purged }, `${purged} ${what} forgotten.`);
}

/** `24h` and `7d` mean so long ago; commander's own words become the API's. */
function conditions(options: Words): Readonly<Record<string, string>> {
  const entries = Object.entries(options).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    value === undefined
      ? []
      : [[name, name === 'since' || name === 'until' ? String(timeGone(`--${name}`, String(value), Date.now())) : String(value)]],
  );
  return Object.fromEntries(entries);
}

function parsed<T>(
  schema: {
    safeParse(value: unknown): { success: true; data: T } | { success: false; error: Parameters<typeof invalidInput>[0] };
  },
  value: unknown,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidInput(result.error, 'See npx shoal traces --help.');
}

const usd = (nano: number): string => `$${(nano / NANO_PER_USD).toFixed(6)}`;

function requestLine(request: RequestRecord): string {
  const { id, at, target, outcome, errorCode, latencyMs, inputTokens, outputTokens, costNanoUsd } = request;
  const result = errorCode === undefined ? outcome : `${outcome} ${errorCode}`;
  return `${at}  ${id.padEnd(20)} ${target.padEnd(28)} ${result.padEnd(24)} ${`${Math.round(latencyMs)} ms`.padStart(9)} ${`${inputTokens}→${outputTokens}`.padStart(13)} ${usd(costNanoUsd)}`;
}

function detailText({ request, spans, steps, bodies }: RequestDetail): string {
  const facts = Object.entries(request)
    .filter(([, value]) => value !== undefined && typeof value !== 'object')
    .map(([name, value]) => `  ${name.padEnd(18)} ${value}`);
  const times = spans.flatMap((span) => [
    `  ${span.startMs.toFixed(2).padStart(10)} +${span.durationMs.toFixed(2)} ms  ${span.name}${span.errorType === undefined ? '' : `  ${span.errorType}`}`,
    ...attemptLines(span),
  ]);
  const own = Object.entries(steps).map(([name, milliseconds]) => `  ${name.padEnd(18)} ${milliseconds.toFixed(3)} ms`);
  return [
    'request',
    ...facts,
    '',
    'spans',
    ...times,
    ...(own.length === 0 ? [] : ['', 'own time of each step', ...own]),
    ...(bodies === undefined ? [] : ['', 'asked', bodies.request, '', 'answered', bodies.answer]),
  ].join('\n');
}

/** By which key an attempt went, why it was made, and what came of it. */
function attemptLines({ attributes }: RequestSpan): readonly string[] {
  const { 'shoal.attempt.key': key, 'shoal.attempt.course': course } = attributes;
  const said = [...(key === undefined ? [] : [`by ${String(key)}`]), ...(course === undefined ? [] : [String(course)])];
  return said.length === 0 ? [] : [`${' '.repeat(13)}${said.join(': ')}`];
}

function usageText(by: readonly string[], rows: readonly UsageRow[]): string {
  const head = [...by, 'calls', 'failed', 'cached', 'input', 'output', 'cost'];
  const table = rows.map(({ group, calls, failures, cacheHits, inputTokens, outputTokens, costNanoUsd }) => [
    ...by.map((dimension) => (group as Readonly<Record<string, string | undefined>>)[dimension] ?? '–'),
    ...[calls, failures, cacheHits, inputTokens, outputTokens].map(String),
    usd(costNanoUsd),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column < by.length ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [head, ...table].map(line).join('\n');
}
