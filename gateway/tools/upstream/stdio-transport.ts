// A server as a child process that speaks one message a line. What is started is the operator's exact argument list,
// without a shell, with an environment of nothing but what a program needs to run and what the operator names.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseMessage } from '../wire/json-rpc.ts';
import type { Transport, TransportEvents } from './transport.ts';
import { serverFault } from './server-fault.ts';

export interface StdioOptions {
  readonly server: string;
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly events: TransportEvents;
}

/** A process that does not end by itself when its input ends gets this long, then the same again after SIGTERM. */
const GRACE_MS = 2000;
const LONGEST_LINE = 16 * 1024 * 1024;
const KEPT_ERROR_CHARACTERS = 400;

/** Variables without which programs do not run; none of them is a secret. */
export const PLAIN_VARIABLES = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'APPDATA'] as const;

export function createStdioTransport({ server, command, environment, cwd, events }: StdioOptions): Transport {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: environment,
    shell: false,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(cwd === undefined ? {} : { cwd }),
  });
  let lastWords = '';
  let gone: Error | undefined;
  const end = (why: string): void => {
    if (gone !== undefined) return;
    const said = lastWords.trim() === '' ? '' : ` Its last words: ${lastWords.trim().slice(-KEPT_ERROR_CHARACTERS)}`;
    gone = serverFault(`${server} ${why}.${said}`);
    events.closed(gone);
  };
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('error', (error) => end(`could not be started: ${error.message}`));
  child.on('exit', (code, signal) => end(`ended (${signal ?? `exit code ${code}`})`));
  // A pipe that breaks is told of by the exit.
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString('utf8')).slice(-KEPT_ERROR_CHARACTERS);
  });
  let open = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    const feed = chunk.lastIndexOf(10);
    open = feed === -1 ? open + chunk.length : chunk.length - feed - 1;
    if (open <= LONGEST_LINE) return;
    end(`wrote a line of more than ${LONGEST_LINE} bytes`);
    child.kill('SIGKILL');
  });
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    const message = parseMessage(line);
    // Programs write greetings and warnings between their messages.
    if (message !== undefined) events.message(message);
  });

  return {
    shared: true,
    send: ({ text }) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) {
          reject(gone);
          return;
        }
        child.stdin.write(`${text}\n`, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(serverFault(`${server} takes no more messages.`, error));
        });
      }),
    close: async () => {
      if (gone === undefined) {
        child.stdin.end();
        await within(exited, GRACE_MS);
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
        await within(exited, GRACE_MS);
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      }
    },
  };
}

function within(promise: Promise<void>, timeMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeMs)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
