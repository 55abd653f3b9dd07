// `shoal backtest cascades`: real reply cascades, forecast from their first part.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ShoalError } from '#foundation';
import { backtestCascades, readCascades } from '#reports';
import { INTERVAL_LEVELS, type CascadeBacktest, type TreeScores } from '#reports/contract';
import { columns } from '../columns.ts';
import type { CommandContext } from '../command-context.ts';
import type { BacktestOptions } from '../commands/backtest.ts';
import { spanMinutes } from '../times.ts';

export async function backtestCascadesCommand({ output, signal }: CommandContext, options: BacktestOptions): Promise<void> {
  const { cascades, reference, notes } = readCascades(filesIn(options.data));
  for (const note of notes) output.note(note);
  const result = await backtestCascades(cascades, {
    observe: spanMinutes('--observe', options.observe),
    horizon: spanMinutes('--horizon', options.horizon),
    folds: options.folds,
    draws: options.draws,
    seed: options.seed,
    signal,
    onFold: (fold) => output.progress(`fold ${fold + 1}/${options.folds}`, fold + 1 === options.folds),
  });
  output.result({ suite: 'cascades', data: options.data, reference, notes, ...result }, textOf(result, notes, options));
}

function filesIn(folder: string): readonly { readonly name: string; readonly text: string }[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ShoalError('not_found', `There is no folder ${folder}.`, { hint: 'Check the path given to --data.' });
  const names = globSync('**/*.txt', { cwd: folder }).toSorted();
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function textOf(result: CascadeBacktest, notes: readonly string[], { observe, horizon }: BacktestOptions): string {
  const head = [
    'method',
    'median APE',
    'CRPS (ln size)',
    ...INTERVAL_LEVELS.map((level) => `in ${percent(level)}`),
    'curve APE',
    'depth',
    'breadth',
  ];
  const rows = result.methods.map((method) => [
    method.method,
    percent(method.medianApe),
    method.crps.toFixed(3),
    ...method.coverage.map(percent),
    percent(method.curveApe),
    treeWords(method.depth),
    treeWords(method.breadth),
  ]);
  const best = result.methods.reduce((left, right) => (right.crps < left.crps ? right : left));
  return [
    `${result.cascades} cascades; the first ${observe} of each is seen, its size at ${horizon} forecast; ${result.folds} folds, ${result.draws} draws.`,
    ...notes,
    '',
    columns([head, ...rows]),
    '',
    `Best CRPS: ${best.method}. Depth and breadth: median error and coverage of the ${percent(0.8)} interval.`,
    'Coverage counts a tie of draws and outcome by the share of it inside; “last value” is a point without width.',
  ].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const treeWords = (scores: TreeScores | undefined): string =>
  scores === undefined ? '–' : `${percent(scores.medianApe)}, ${percent(scores.coverage[1] ?? 0)}`;
