// A whole Shoal in a temporary home, over real HTTP; and the command line as a real process.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunView } from '#api/contract';
import { homeAt } from '../../app/home.ts';
import { createServer, type ServerOptions } from '../../app/http/server.ts';
import { openSystem, type System } from '../../app/system.ts';

export interface RunningServer {
  readonly url: string;
  readonly system: System;
  readonly home: string;
  /** `path` below the server; a body makes it a POST. Returns status and parsed JSON. */
  call(path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; json: unknown }>;
  /** Waits on the run's live events until it rests. */
  rested(id: string): Promise<RunView>;
  close(): Promise<void>;
}

export const temporaryHome = (): { folder: string; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** `config`: the text of config.yaml. */
export async function startServer(
  environment: Readonly<Record<string, string>> = {},
  config = '',
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { folder, remove } = temporaryHome();
  writeFileSync(join(folder, 'config.yaml'), config);
  const system = openSystem(homeAt(folder, {}), environment);
  const server = await createServer(system, options);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const call: RunningServer['call'] = async (path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    url,
    system,
    home: folder,
    call,
    rested: async (id) => {
      const abort = AbortSignal.timeout(60_000);
      for await (const _event of system.runs.events(id, undefined, abort)) {
        const view = system.runs.view(id);
        if (!['queued', 'running'].includes(view.status)) return view;
      }
      throw new Error(`run ${id} did not come to rest: ${JSON.stringify(system.runs.view(id).stages)}`);
    },
    close: async () => {
      await server.close();
      await system.close();
      remove();
    },
  };
}

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const COMMAND = fileURLToPath(new URL('../../bin/shoal.js', import.meta.url));

/** Sends one signal, so long after the process has said something on stderr. */
export interface KillWhen {
  readonly said: RegExp;
  readonly afterMs: number;
  readonly signal: NodeJS.Signals;
}

/** Runs `shoal …` as a process of its own. */
export function shoal(
  args: readonly string[],
  options: { readonly killWhen?: KillWhen; readonly environment?: Record<string, string> } = {},
): Promise<CommandResult> {
  const { killWhen } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...options.environment } });
    let stdout = '';
    let stderr = '';
    let killing = false;
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (killWhen === undefined || killing || !killWhen.said.test(stderr)) return;
      killing = true;
      setTimeout(() => child.kill(killWhen.signal), killWhen.afterMs);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
