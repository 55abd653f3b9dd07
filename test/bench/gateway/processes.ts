// Processes of the benchmark: started, pinned to a core where the system can do that, measured, and ended again.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;

const canPin = ((): boolean => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly core?: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Resolves when this answers 2xx or 4xx; absent = when it prints `ready`. */
  readonly url?: string;
  readonly timeoutMs?: number;
}

export async function start(command: string, args: readonly string[], options: StartOptions = {}): Promise<Started> {
  const { core, env, cwd, url, timeoutMs = 60_000 } = options;
  const [file, list] = canPin && core !== undefined ? ['taskset', ['-c', String(core), command, ...args]] : [command, args];
  const child = spawn(file, list, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  let ended = false;
  child.on('exit', () => (ended = true));
  const until = Date.now() + timeoutMs;
  for (;;) {
    if (ended) throw new Error(`${command} ended before it was ready: ${said.slice(-800)}`);
    if (Date.now() > until) throw new Error(`${command} was not ready in time: ${said.slice(-800)}`);
    if (url === undefined ? said.includes('ready') : await answers(url)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    child,
    output: () => said,
    stop: () =>
      new Promise((resolve) => {
        if (ended) return resolve();
        child.on('exit', () => resolve());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 8000).unref();
      }),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).status < 500;
  } catch {
    return false;
  }
}

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly firstTokenP50: number;
  readonly firstTokenP99: number;
  readonly errors: number;
}

export interface LoadOptions {
  readonly port: number;
  readonly path?: string;
  readonly connections: number;
  readonly seconds: number;
  readonly promptBytes?: number;
  readonly key?: string;
  readonly stream?: boolean;
  readonly model?: string;
  readonly headers?: readonly string[];
  readonly core?: number | undefined;
  /** Requests a second over all connections; absent = as many as there are answers. */
  readonly rate?: number;
}

export async function load(options: LoadOptions): Promise<Load> {
  const { port, path = '/v1/chat/completions', connections, seconds, promptBytes = 1000, key = 'none' } = options;
  const started = await start(
    process.execPath,
    [
      join(HERE, 'load.ts'),
      ...[port, path, connections, seconds, promptBytes, key, options.stream === true ? 'stream' : 'whole'].map(String),
      options.model ?? 'gpt-4o-mini',
    ],
    {
      core: options.core,
      env: { LOAD_HEADERS: (options.headers ?? []).join('|'), LOAD_RATE: String(options.rate ?? 0), LOAD_READY: '1' },
    },
  );
  await new Promise<void>((resolve) => started.child.on('exit', () => resolve()));
  const line = started.output().trim().split('\n').at(-1) ?? '';
  return JSON.parse(line) as Load;
}

const TICKS_PER_SECOND = 100;

/** The process and everything below it. */
function familyOf(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (!family.has(parent) || family.has(pid)) continue;
      family.add(pid);
      grown = true;
    }
  }
  return [...family];
}

/** Milliseconds of processor time so far. */
export function cpuMs(pid: number): number {
  let ticks = 0;
  for (const member of familyOf(pid)) {
    try {
      const stat = readFileSync(`/proc/${member}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

export function rssMiB(pid: number): number {
  let kib = 0;
  for (const member of familyOf(pid)) {
    try {
      kib += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kib / 1024;
}
