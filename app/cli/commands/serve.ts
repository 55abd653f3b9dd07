// `shoal serve`: the app on its address, with a first world to look at when there is none yet.
import type { AddressInfo } from 'node:net';
import { ShoalError } from '#foundation';
import { loadScenario } from '#scenarios';
import { BEHAVIOUR } from '#engine';
import { homeAt } from '../../home.ts';
import { createServer } from '../../http/server.ts';
import { checkBinding } from '../../http/security.ts';
import { writeReportFiles } from '../../runs/report-files.ts';
import { openSystem, type System } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly firstRun?: boolean;
}

const DEFAULT_PORT = 4800;

export async function serve(context: CommandContext, options: ServeOptions): Promise<void> {
  const { output, signal } = context;
  const host = options.host ?? (process.env['SHOAL_HOST'] || '127.0.0.1');
  const port = options.port ?? portFrom(process.env['SHOAL_PORT']);
  checkBinding(host);
  const system = openSystem(homeAt(context.homeOption, process.env), process.env);
  try {
    const server = await createServer(system);
    try {
      await listen(server, host, port);
      const { port: bound } = server.server.address() as AddressInfo;
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
      output.result({ url, home: system.home.folder }, `Shoal is at ${url}  (data in ${system.home.folder}; Ctrl-C ends it)`);
      if (options.firstRun === true && system.runs.list().length === 0) void firstRun(context, system, url);
      await aborted(signal);
    } finally {
      await server.close();
    }
  } finally {
    await system.close();
  }
}

function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new ShoalError('invalid_input', `SHOAL_PORT is “${text}”, which is not a port.`, {
    hint: 'Set a number from 0 to 65535.',
  });
}

async function listen(server: Awaited<ReturnType<typeof createServer>>, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw new ShoalError('invalid_config', `Shoal cannot listen on ${host}, port ${port}: ${(error as Error).message}.`, {
        hint: 'Use an address of this machine (127.0.0.1, localhost, ::1) and a port that you may open (1024 to 65535).',
        cause: error,
      });
    }
    throw new ShoalError('port_in_use', `Port ${port} on ${host} is taken by another program.`, {
      hint: `Perhaps Shoal is running already: open http://${host}:${port}. Or choose another port: npm start -- --port ${port + 1}`,
      cause: error,
    });
  }
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

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
