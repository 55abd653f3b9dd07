// `shoal serve`: the app on its address, with a first world to look at when there is none yet.
import { loadScenario } from '#scenarios';
import { BEHAVIOUR } from '#engine';
import { createServer } from '../../http/server.ts';
import { writeReportFiles } from '../../runs/report-files.ts';
import { openSystem, type System } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';
import { untilAborted, withServer } from '../with-server.ts';
import type { ListenOptions } from '../with-server.ts';

interface ServeOptions extends ListenOptions {
  readonly firstRun?: boolean;
}

export function serve(context: CommandContext, options: ServeOptions): Promise<void> {
  const { output, signal } = context;
  return withServer(context, { open: openSystem, serve: createServer }, options, async ({ url, system }) => {
    output.result({ url, home: system.home.folder }, `Shoal is at ${url}  (data in ${system.home.folder}; Ctrl-C ends it)`);
    if (options.firstRun === true && system.runs.list().length === 0) void firstRun(context, system, url);
    await untilAborted(signal);
  });
}

/** The bundled quickstart, once, so that a newcomer finds a world that has lived and a finished report. */
async function firstRun({ output, signal }: CommandContext, system: System, url: string): Promise<void> {
  try {
    const { id } = system.runs.create(await loadScenario('quickstart', { behaviour: BEHAVIOUR }));
    output.note(`Living the bundled quickstart once: ${url}/runs/${id}`);
    await system.runs.go(id, { signal });
    const { html } = await writeReportFiles(system, id, undefined);
    output.note(`Its report: ${html}`);
  } catch (error) {
    if (!signal.aborted) output.note(`The quickstart did not finish: ${error instanceof Error ? error.message : String(error)}`);
  }
}
