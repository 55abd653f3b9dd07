// `shoal launch <tool>`: a coding agent whose models come by this gateway. It gets a virtual key of its own, the terminal,
// and the last word on how the command ends. Where no server runs, the gateway runs in this process for as long.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { KeyMade, KeyRequest, KeyView } from '#api/contract';
import { HOUR_MS, ShoalError } from '#foundation';
import { callServer, configuredUrl } from '../call-server.ts';
import type { CommandContext } from '../command-context.ts';
import { newKeyOf } from '../../key-requests.ts';
import type { GatewaySystem } from '../../gateway-system.ts';
import { TOOLS } from '../launch-tools.ts';
import type { Access, Tool } from '../launch-tools.ts';
import { withServer } from '../with-server.ts';
import { GATEWAY } from './gateway.ts';

interface LaunchOptions {
  readonly model?: string;
  readonly budget?: number;
  readonly keepKey?: boolean;
}

/** Longer than a server on this machine needs to say that it is there. */
const PATIENCE_MS = 1500;
/** Another window may still use the lasting key's earlier secret. */
const GRACE_HOURS = 24;
/** Who acts, as the audit chain names it. */
const ACTOR = 'command line';

export async function launch(context: CommandContext, options: LaunchOptions, which = '', ...args: string[]): Promise<void> {
  const tool = TOOLS[which];
  if (tool === undefined) {
    throw new ShoalError('invalid_input', `Shoal does not know how to launch “${which}”.`, {
      hint: `It knows ${Object.keys(TOOLS).join(', ')}. Any other OpenAI, Anthropic or Gemini client: see docs/gateway.md.`,
    });
  }
  if (!isInstalled(tool.command)) {
    throw new ShoalError('not_found', `${tool.name} is not installed: there is no \`${tool.command}\` on the path.`, {
      hint: `Install it: ${tool.install}`,
    });
  }
  const url = configuredUrl();
  const { output } = context;
  if (await isShoal(url)) {
    output.note(`${tool.name} by the Shoal at ${url}.`);
    process.exitCode = await withKey(keysAt(url), which, options, (key) => run(tool, { url, key, options, args }));
    return;
  }
  process.exitCode = await withServer(context, GATEWAY, { host: '127.0.0.1', port: 0 }, (own) => {
    output.note(`No Shoal runs at ${url}; its gateway runs at ${own.url} as long as ${tool.name} does.`);
    return withKey(keysOf(own.system), which, options, (key) => run(tool, { url: own.url, key, options, args }));
  });
}

async function isShoal(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    return z.object({ status: z.literal('ok') }).safeParse(await response.json()).success;
  } catch {
    return false;
  }
}

/** Where keys are made: by the server that runs, or by our own, whoever that lets in over HTTP. */
interface KeyMaker {
  readonly list: () => Promise<readonly Pick<KeyView, 'id' | 'name' | 'budget' | 'disabled'>[]>;
  readonly make: (request: KeyRequest) => Promise<MadeKey>;
  readonly rotate: (id: string) => Promise<MadeKey>;
  readonly remove: (id: string) => Promise<unknown>;
}
interface MadeKey {
  readonly key: Pick<KeyView, 'id'>;
  readonly secret: string;
}

function keysAt(url: string): KeyMaker {
  const path = '/api/v1/keys';
  return {
    list: () => callServer({ url, path, answer: z.array(KeyView) }),
    make: (body) => callServer({ url, path, body, answer: KeyMade }),
    rotate: (id) => callServer({ url, path: `${path}/${id}/rotate`, body: { graceHours: GRACE_HOURS }, answer: KeyMade }),
    remove: (id) => callServer({ url, path: `${path}/${id}`, method: 'DELETE', answer: z.undefined() }),
  };
}

function keysOf({ gateway: { keys } }: GatewaySystem): KeyMaker {
  return {
    list: async () => keys.list(),
    make: async (request) => keys.create(newKeyOf(request), ACTOR),
    rotate: async (id) => keys.rotate(id, GRACE_HOURS * HOUR_MS, ACTOR),
    remove: async (id) => keys.remove(id, ACTOR),
  };
}

/** A key for as long as `work` takes, or the tool's lasting one. */
async function withKey<T>(
  keys: KeyMaker,
  tool: string,
  { budget, keepKey = false }: LaunchOptions,
  work: (secret: string) => Promise<T>,
): Promise<T> {
  const name = keepKey ? `launch:${tool}` : `launch:${tool}:${process.pid}`;
  const kept = keepKey ? await lastingKey(keys, name, budget) : undefined;
  if (kept !== undefined) return work(kept.secret);
  const { key, secret } = await keys.make(KeyRequest.parse({ name, limitUsd: budget }));
  try {
    return await work(secret);
  } finally {
    if (!keepKey) await keys.remove(key.id);
  }
}

/** Secrets are kept by nobody, so a key that was kept gets a new one. */
async function lastingKey(keys: KeyMaker, name: string, budget: number | undefined): Promise<MadeKey | undefined> {
  const kept = (await keys.list()).find((key) => key.name === name && !key.disabled);
  if (kept === undefined) return undefined;
  if (budget === undefined) return keys.rotate(kept.id);
  throw new ShoalError('conflict', `The key ${kept.id} was kept for this tool, with a budget of its own.`, {
    hint: `Change it: npx shoal budgets set ${kept.budget} --limit ${budget}. Or leave out --budget or --keep-key.`,
  });
}

interface Run {
  readonly url: string;
  readonly key: string;
  readonly options: LaunchOptions;
  readonly args: readonly string[];
}

/** Resolves with the exit code. */
async function run(tool: Tool, { url, key, options: { model }, args }: Run): Promise<number> {
  const access: Access = { url, key, model, models: await modelsAt(url, key) };
  const environment: NodeJS.ProcessEnv = { ...process.env, SHOAL_API_KEY: undefined, ...tool.environment(access) };
  return new Promise((resolve, reject) => {
    const child = spawn(tool.command, [...tool.args(access), ...args], {
      env: environment,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const stopPassing = passSignals((signal) => child.kill(signal));
    child.once('error', (cause) => {
      stopPassing();
      reject(new ShoalError('internal', `${tool.name} could not be started: ${cause.message}.`, { cause }));
    });
    child.once('close', (code, signal) => {
      stopPassing();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

async function modelsAt(url: string, key: string): Promise<readonly string[]> {
  const response = await fetch(new URL('/v1/models', url), { headers: { authorization: `Bearer ${key}` } });
  const listed = z.object({ data: z.array(z.object({ id: z.string() })) }).safeParse(await response.json());
  return listed.success ? listed.data.data.map(({ id }) => id).filter((id) => !/embed/i.test(id)) : [];
}

/** A terminal sends Ctrl-C to all of its foreground programs, so the tool has had it already. */
function passSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  const listeners = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name) => {
    const listener = (): void => {
      if (name !== 'SIGINT' || !process.stdin.isTTY) pass(name);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  return () => {
    for (const [name, listener] of listeners) process.off(name, listener);
  };
}

function isInstalled(command: string): boolean {
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => endings.some((ending) => existsSync(join(folder, `${command}${ending}`))));
}
