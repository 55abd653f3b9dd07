// `shoal export` and `shoal import`: a run is one file; these put it into other hands and take it in.
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { openRecord } from '#engine';
import { ShoalError } from '#foundation';
import { openDatabase } from '#store';
import { homeAt } from '../../home.ts';
import { viewOfRecord } from '../../runs/view-of-record.ts';
import { RUN_ID, runPath } from '../../runs/run-path.ts';
import { openSystem } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';

export async function exportRun(
  { output, homeOption }: CommandContext,
  options: { readonly out: string },
  id = '',
): Promise<void> {
  const source = runPath(homeAt(homeOption, process.env), id);
  const target = resolve(options.out);
  if (existsSync(target))
    throw new ShoalError('conflict', `${target} exists already.`, { hint: 'Choose another name, or move that file away.' });
  copyWhole(source, target);
  output.result({ runId: id, file: target }, target);
}

export async function importRun({ output, homeOption }: CommandContext, _options: unknown, file = ''): Promise<void> {
  const home = homeAt(homeOption, process.env);
  const source = resolve(file);
  if (!existsSync(source)) throw new ShoalError('not_found', `There is no file ${source}.`, { hint: 'Check the path.' });
  const record = openRecord(source);
  let view;
  try {
    view = viewOfRecord(record);
  } finally {
    record.close();
  }
  // The id becomes a file name here, and the file comes from elsewhere.
  if (!RUN_ID.test(view.id)) {
    throw new ShoalError('record_corrupt', `${source} calls itself “${view.id.slice(0, 80)}”, which is not the id of a run.`, {
      hint: 'Do not trust this file; ask for another copy.',
    });
  }
  const system = openSystem(home, process.env);
  try {
    const target = home.runFile(view.id);
    if (existsSync(target))
      throw new ShoalError('conflict', `Run ${view.id} is here already.`, { hint: 'Delete it first if you want to replace it.' });
    mkdirSync(home.runs, { recursive: true });
    copyWhole(source, target);
    system.runs.adopt(view);
    output.result(view, `${view.id} ${view.status}`);
  } finally {
    await system.close();
  }
}

/** A copy by the database itself: with what still lies in the write-ahead log, and only of a file that can be read to its end. */
function copyWhole(source: string, target: string): void {
  const database = openDatabase(source, { room: 'transfer', migrations: [], readOnly: true });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}
