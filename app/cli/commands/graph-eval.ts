// `shoal graph eval`: the standard scores of the embedded graph on a labelled data file.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShoalError } from '#foundation';
import { evaluate } from '#knowledge-graph';
import { columns } from '../../columns.ts';
import type { CommandContext } from '../command-context.ts';

export async function evalCommand(
  { output }: CommandContext,
  { data, predictions }: { readonly data: string; readonly predictions?: string },
  task = '',
): Promise<void> {
  if (!existsSync(data) || !statSync(data).isFile())
    throw new ShoalError('not_found', `There is no file ${data}.`, { hint: 'Check the path given to --data.' });
  const evaluation = await evaluate(task, readFileSync(data, 'utf8'));
  if (predictions !== undefined) writeFileSync(resolve(predictions), evaluation.predictions);
  const { scores, table } = evaluation;
  output.result({ task, scores: Object.fromEntries(scores.map(({ name, value }) => [name, value])) }, columns(table));
}
