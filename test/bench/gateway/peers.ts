// The peers of the benchmark, where they are installed. `--install` fetches them from the package registries into
// .cache/bench-peers; nothing of them is needed by Shoal. Each is run as its makers say, with everything optional off.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartOptions } from './processes.ts';

const FOLDER = join(import.meta.dirname, '../../../.cache/bench-peers');

export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly options: StartOptions;
  readonly port: number;
  readonly path: string;
  readonly model: string;
  readonly headers: readonly string[];
}

/** Portkey's gateway for Node. Its web server library is pinned: with the version that a fresh install gets, streaming fails. */
const PORTKEY = { '@portkey-ai/gateway': '1.15.2', '@hono/node-server': '1.13.5' };
const LITELLM = 'litellm[proxy]';
const BIFROST = 'github.com/maximhq/bifrost/transports/bifrost-http@latest';

export function installPeers(say: (line: string) => void): void {
  mkdirSync(FOLDER, { recursive: true });
  const attempt = (name: string, work: () => void): void => {
    try {
      work();
      say(`${name}: installed`);
    } catch (error) {
      say(`${name}: cannot be installed here (${(error as Error).message.split('\n')[0]})`);
    }
  };
  attempt('Portkey', () => {
    const folder = join(FOLDER, 'portkey');
    mkdirSync(folder, { recursive: true });
    const { '@hono/node-server': server, ...dependencies } = PORTKEY;
    const manifest = { private: true, dependencies, overrides: { '@hono/node-server': server } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'pipe' });
  });
  attempt('LiteLLM', () => {
    const folder = join(FOLDER, 'litellm');
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
    execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', LITELLM], { stdio: 'pipe' });
  });
  attempt('Bifrost', () => {
    execFileSync('go', ['install', BIFROST], { env: { ...process.env, GOBIN: join(FOLDER, 'bifrost') }, stdio: 'pipe' });
  });
}

export interface PeerSetup {
  readonly upstreamPort: number;
  readonly port: number;
  readonly core: number;
  readonly folder: string;
}

/** Those that are there; `absent` names the others. */
export function findPeers(setup: PeerSetup): { readonly peers: readonly Peer[]; readonly absent: readonly string[] } {
  const found = [portkey(setup), litellm(setup), bifrost(setup)];
  const names = ['Portkey', 'LiteLLM', 'Bifrost'];
  return {
    peers: found.filter((peer) => peer !== undefined),
    absent: names.filter((_, index) => found[index] === undefined),
  };
}

function portkey({ upstreamPort, port, core }: PeerSetup): Peer | undefined {
  const entry = join(FOLDER, 'portkey/node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(entry)) return undefined;
  return {
    name: 'Portkey 1.15.2',
    command: process.execPath,
    args: [entry, `--port=${port}`, '--headless'],
    options: { core, env: { NODE_ENV: 'production' }, url: `http://127.0.0.1:${port}/` },
    port,
    path: '/v1/chat/completions',
    model: 'gpt-4o-mini',
    headers: ['x-portkey-provider: openai', `x-portkey-custom-host: http://127.0.0.1:${upstreamPort}/v1`],
  };
}

function litellm({ upstreamPort, port, core, folder }: PeerSetup): Peer | undefined {
  const command = join(FOLDER, 'litellm/bin/litellm');
  if (!existsSync(command)) return undefined;
  const config = join(folder, 'litellm.yaml');
  writeFileSync(
    config,
    [
      'model_list:',
      '  - model_name: gpt-4o-mini',
      '    litellm_params:',
      '      model: openai/gpt-4o-mini',
      `      api_base: http://127.0.0.1:${upstreamPort}/v1`,
      '      api_key: upstream',
    ].join('\n'),
  );
  return {
    name: 'LiteLLM',
    command,
    args: ['--config', config, '--port', String(port), '--host', '127.0.0.1', '--num_workers', '1'],
    options: {
      core,
      env: {
        LITELLM_LOG: 'ERROR',
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
        // It starts without a key on request only; a key would be work that the others do not do.
        LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: 'true',
      },
      url: `http://127.0.0.1:${port}/health/liveliness`,
      timeoutMs: 120_000,
    },
    port,
    path: '/v1/chat/completions',
    model: 'gpt-4o-mini',
    headers: [],
  };
}

function bifrost({ upstreamPort, port, core, folder }: PeerSetup): Peer | undefined {
  const command = join(FOLDER, 'bifrost/bifrost-http');
  if (!existsSync(command)) return undefined;
  const home = join(folder, 'bifrost');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'config.json'),
    JSON.stringify({
      providers: {
        openai: {
          keys: [{ name: 'one', value: 'upstream', models: ['*'], weight: 1 }],
          network_config: { base_url: `http://127.0.0.1:${upstreamPort}` },
          concurrency_and_buffer_size: { concurrency: 512, buffer_size: 2048 },
        },
      },
      config_store: { enabled: false },
      logs_store: { enabled: false },
    }),
  );
  return {
    name: 'Bifrost',
    command,
    args: ['-app-dir', home, '-port', String(port), '-host', '127.0.0.1', '-log-level', 'error'],
    options: { core, env: { GOMAXPROCS: '1' }, url: `http://127.0.0.1:${port}/health` },
    port,
    path: '/v1/chat/completions',
    model: 'openai/gpt-4o-mini',
    headers: [],
  };
}
