// `shoal forecast …`: seal what a run says before the outcome is known, enter what became of it, and score.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ShoalError } from '#foundation';
import { outcomeWords, reliabilityFigure, scoreLedger } from '#reports';
import { INTERVAL_LEVELS, type LedgerForecast, type LedgerScore, type Outcome } from '#reports/contract';
import { forecastOfRun } from '../../forecasts/forecast-of-run.ts';
import { ledgerExport } from '../../forecasts/ledger-export.ts';
import { columns } from '../../columns.ts';
import type { CommandContext } from '../command-context.ts';
import { timeToCome } from '../times.ts';
import { withSystem } from '../with-system.ts';

const ACTOR = 'command line';

interface SealFlags {
  readonly question: number;
  readonly by?: string;
  readonly resolution?: string;
}

/** `source`: a run, or a JSON file that holds a forecast made elsewhere. */
export async function seal(context: CommandContext, { question, by, resolution }: SealFlags, source = ''): Promise<void> {
  const sealed = await withSystem(context, async (system) => {
    if (source.endsWith('.json')) return system.forecasts.seal(ACTOR, readJson(source));
    if (by === undefined) {
      throw new ShoalError('invalid_input', 'A forecast of a run needs --by, the time at which its outcome should be known.', {
        hint: 'For example --by 90d, or --by 2030-01-31.',
      });
    }
    const due = new Date(timeToCome('--by', by, Date.now())).toISOString();
    return system.forecasts.seal(ACTOR, await forecastOfRun(system, source, { question, by: due, resolution }));
  });
  context.output.result(sealed, `${sheetOf(sealed)}\n\nSealed as ${sealed.id}, entry hash ${sealed.hash}`);
}

export async function resolveForecast(
  context: CommandContext,
  { outcome, source }: { readonly outcome: string; readonly source: string },
  id = '',
): Promise<void> {
  const resolved = await withSystem(context, ({ forecasts }) => {
    const { distribution } = forecasts.get(id).forecast;
    return forecasts.resolve(ACTOR, id, { outcome: outcomeOf(outcome, distribution.kind), source });
  });
  context.output.result(resolved, sheetOf(resolved));
}

function outcomeOf(text: string, kind: LedgerForecast['forecast']['distribution']['kind']): Outcome {
  if (kind !== 'draws') return { option: text };
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return { value };
  throw new ShoalError('invalid_input', `--outcome takes a number for this forecast, not “${text}”.`, {
    hint: 'Give the number that was looked up.',
  });
}

export async function makeVoid(context: CommandContext, { reason }: { readonly reason: string }, id = ''): Promise<void> {
  const voided = await withSystem(context, ({ forecasts }) => forecasts.makeVoid(ACTOR, id, { reason }));
  context.output.result(voided, sheetOf(voided));
}

export async function dispute(context: CommandContext, { reason }: { readonly reason: string }, id = ''): Promise<void> {
  const disputed = await withSystem(context, ({ forecasts }) => forecasts.dispute(ACTOR, id, { reason }));
  context.output.result(disputed, sheetOf(disputed));
}

export async function list(context: CommandContext): Promise<void> {
  const forecasts = await withSystem(context, (system) => system.forecasts.list());
  const rows = forecasts.map(({ id, state, forecast }) => [id, state, forecast.by.slice(0, 10), forecast.text]);
  context.output.result(forecasts, rows.length === 0 ? 'Nothing is sealed yet.' : rows.map((row) => row.join('  ')).join('\n'));
}

export async function show(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  const forecast = await withSystem(context, ({ forecasts }) => forecasts.get(id));
  context.output.result(forecast, sheetOf(forecast));
}

export async function score(context: CommandContext, { diagram }: { readonly diagram?: string }): Promise<void> {
  const scored = await withSystem(context, ({ forecasts }) => scoreLedger(forecasts.list()));
  if (diagram !== undefined) writeFileSync(diagram, reliabilityFigure(scored.options?.bins ?? []).svg);
  context.output.result(scored, scoreText(scored));
}

export async function exportLedger(context: CommandContext, { out }: { readonly out: string }): Promise<void> {
  const ledger = await withSystem(context, ({ forecasts }) => ledgerExport(forecasts));
  writeFileSync(out, `${JSON.stringify(ledger, null, 2)}\n`, { flag: 'wx' });
  context.output.result({ file: out, entries: ledger.entries.length }, `${ledger.entries.length} entries in ${out}`);
}

/** Ends with `audit_broken` where the chain does not verify. */
export async function verify(context: CommandContext, { head }: { readonly head?: string }): Promise<void> {
  const known = head === undefined ? undefined : headOf(head);
  const verdict = await withSystem(context, ({ forecasts }) => forecasts.verify(known));
  if (verdict.kind === 'broken') {
    throw new ShoalError('audit_broken', `The ledger of forecasts is broken at entry ${verdict.seq}: ${verdict.problem}.`, {
      hint: 'Keep a copy of SHOAL_HOME as it is, and compare the ledger with an earlier export.',
      details: { seq: verdict.seq },
    });
  }
  const { seq, hash } = verdict.head;
  context.output.result(
    verdict,
    `${verdict.entries} entries, whole. The head is ${seq}:${hash}\nNote it elsewhere; later: npx shoal forecast verify --head ${seq}:${hash}`,
  );
}

function headOf(text: string): { readonly seq: number; readonly hash: string } {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new ShoalError('invalid_input', '--head takes <seq>:<hash>, as `forecast verify` printed it.', {
    hint: 'Copy the whole of it: a number, a colon and 64 hexadecimal digits.',
  });
}

function readJson(path: string): unknown {
  if (!existsSync(path)) throw new ShoalError('not_found', `There is no file ${path}.`, { hint: 'Check the path.' });
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new ShoalError('invalid_input', `${path} is no JSON.`, {
      cause: error,
      hint: 'Write the forecast as one JSON object.',
    });
  }
}

function sheetOf({ id, state, forecast, outcome, history }: LedgerForecast): string {
  const { distribution } = forecast;
  const said =
    distribution.kind === 'options'
      ? distribution.options.map(({ option, probability }) => `${option} ${(probability * 100).toFixed(1)} %`).join(', ')
      : distribution.kind === 'draws'
        ? `${distribution.draws.length} draws, ${distribution.unit}`
        : `no forecast: ${distribution.reason}`;
  return [
    `${id}  ${state}${outcome === undefined ? '' : `: ${outcomeWords(outcome)}`}`,
    forecast.text,
    `  ${said}`,
    `  ${forecast.calibration}`,
    `  Due ${forecast.by}. ${forecast.resolution}`,
    ...history.map(({ at, act, words }) => `  ${at}  ${act}  ${words}`),
  ].join('\n');
}

function scoreText({ counts, options, draws }: LedgerScore): string {
  const { sealed, ...states } = counts;
  const lines = [
    `${sealed} sealed: ${Object.entries(states)
      .map(([state, count]) => `${count} ${state}`)
      .join(', ')}.`,
  ];
  if (options === undefined && draws === undefined) lines.push('Nothing is resolved yet, so there is no score.');
  if (options !== undefined) {
    const [best, worst] = options.brierBounds;
    lines.push(
      `Brier ${options.brier.toFixed(4)} over ${options.questions} resolved (between ${best.toFixed(4)} and ${worst.toFixed(4)} whatever becomes of the rest)`,
      `  = reliability ${options.reliability.toFixed(4)} − resolution ${options.resolution.toFixed(4)} + uncertainty ${options.uncertainty.toFixed(4)} + within bins ${options.withinBins.toFixed(4)}, over statements`,
      `Log score ${options.logScore.toFixed(4)} (probabilities clipped to ${options.clip.join('–')})`,
      columns([
        ['baseline', 'questions', 'its Brier', 'skill', 'p'],
        ...options.skill.map((one) => [
          one.baseline,
          String(one.questions),
          one.baselineBrier.toFixed(4),
          one.skill === undefined ? '–' : one.skill.toFixed(3),
          one.pValue.toFixed(3),
        ]),
      ]),
      ...options.skill.map(({ baseline, verdict }) => `  against ${baseline}: ${verdict}`),
    );
  }
  if (draws !== undefined) {
    const coverage = INTERVAL_LEVELS.map((level, at) => `${level * 100} %: ${((draws.coverage[at] ?? 0) * 100).toFixed(0)} %`);
    lines.push(
      `Coverage of ${draws.questions} numbers (${coverage.join(', ')})`,
      ...draws.crps.map(
        (one) => `  ${one.id}  CRPS ${one.crps.toPrecision(4)}, interval score ${one.intervalScore.toPrecision(4)} ${one.unit}`,
      ),
    );
  }
  return lines.join('\n');
}
