// `shoal backtest cascades`: real reply cascades, forecast from their first part.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ShoalError } from '#foundation';
import { backtestCascades, readCascades } from '#reports';
import { INTERVAL_LEVELS, type CascadeBacktest, type TreeScores } from '#reports/contract';
import { columns } from '../columns.ts';
import type { Suite } from './suite.ts';

export const cascades: Suite = async ({ data, tell, ...options }) => {
  const { cascades: read, reference, notes } = readCascades(filesIn(data));
  tell(notes.join(' '));
  const result = await backtestCascades(read, {
    ...options,
    onFold: (fold) => tell(`fold ${fold + 1}/${options.folds}`),
  });
  return { value: { suite: 'cascades', data, reference, notes, ...result }, text: textOf(result, notes) };
};

function filesIn(folder: string | undefined): readonly { readonly name: string; readonly text: string }[] {
  if (folder === undefined)
    throw new ShoalError('invalid_input', 'The suite needs --data.', {
      hint: 'Name a folder with .txt files, one cascade each.',
    });
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ShoalError('not_found', `There is no folder ${folder}.`, { hint: 'Check the path given to --data.' });
  const names = globSync('**/*.txt', { cwd: folder }).toSorted();
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function textOf(result: CascadeBacktest, notes: readonly string[]): string {
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
    `${result.cascades} cascades; the first ${result.observe} minutes of each are seen, its size after ${result.horizon} is forecast; ${result.folds} folds, ${result.draws} draws.`,
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
