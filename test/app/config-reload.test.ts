// A changed config.yaml in a running server: shown, applied when confirmed, refused when bad; and never with secrets.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigStateView, Problem } from '#api/contract';
import { changeText, diffConfig, flatConfig } from '../../app/config-diff.ts';
import { homeAt } from '../../app/home.ts';
import { createServer, type ServerOptions } from '../../app/http/server.ts';
import { openSystem, type System } from '../../app/system.ts';
import { temporaryHome } from './helpers.ts';
import { until } from '../gateway/open-gateway.ts';

const SECRET = 'very-secret-value-123';

interface Running {
  readonly system: System;
  readonly server: FastifyInstance;
  readonly path: string;
  readonly logged: string[];
  write(text: string): void;
  pending(): Promise<ConfigStateView>;
  apply(digest: string): Promise<{ status: number; json: unknown }>;
}

async function start(text: string | undefined, options: ServerOptions = {}): Promise<Running> {
  const { folder, remove } = temporaryHome();
  const home = homeAt(folder, {});
  if (text !== undefined) writeFileSync(home.config, text);
  const system = openSystem(home, { FIXTURE_API_KEY: SECRET });
  const logged: string[] = [];
  const server = await createServer(system, { log: (line) => logged.push(line), ...options });
  onTestFinished(async () => {
    await server.close();
    await system.close();
    remove();
  });
  const headers = { host: '127.0.0.1' };
  return {
    system,
    server,
    path: home.config,
    logged,
    write: (next) => {
      writeFileSync(`${home.config}.new`, next);
      renameSync(`${home.config}.new`, home.config);
    },
    pending: async () => ConfigStateView.parse((await server.inject({ url: '/api/v1/config/pending', headers })).json()),
    apply: async (digest) => {
      const response = await server.inject({ method: 'POST', url: '/api/v1/config/apply', headers, payload: { digest } });
      return { status: response.statusCode, json: response.json() };
    },
  };
}

const provider = (port: number): string => `gateway:
  providers:
    local: { baseUrl: 'http://user:hunter22@127.0.0.1:${port}/v1', models: { tiny: {} } }
`;
const modelIds = ({ system }: Running): string[] => system.gateway.models().map((model) => model.id);

it('a file that was changed while no server ran is entered into the chain when the next one starts, once', async () => {
  const { folder, remove } = temporaryHome();
  onTestFinished(remove);
  const home = homeAt(folder, {});
  const acts = async (): Promise<readonly string[]> => {
    const system = openSystem(home, {});
    const server = await createServer(system, { log: () => undefined });
    const actions = system.gateway.audit.list({}).map(({ actor, action }) => `${actor} ${action}`);
    await server.close();
    await system.close();
    return actions;
  };
  expect(await acts()).toEqual([]);
  writeFileSync(home.config, provider(9));
  expect(await acts()).toEqual(['start config.loaded']);
  expect(await acts()).toEqual(['start config.loaded']);
  rmSync(home.config);
  expect(await acts()).toEqual(['start config.loaded', 'start config.loaded']);
});

describe('a changed config.yaml', () => {
  it('is shown, and comes into force when it is confirmed', async () => {
    const running = await start(undefined);
    expect(await running.pending()).toEqual({ kind: 'current' });
    running.write(provider(9));
    const state = await running.pending();
    if (state.kind !== 'pending') throw new Error(state.kind);
    expect(state.changes.map((change) => change.path)).toContain('gateway.providers.local.baseUrl');
    expect(modelIds(running)).not.toContain('local/tiny');
    expect(await running.apply(state.digest)).toMatchObject({ status: 200, json: { applied: state.changes } });
    expect(modelIds(running)).toContain('local/tiny');
    expect(await running.pending()).toEqual({ kind: 'current' });
    const [entry] = running.system.gateway.audit.list({});
    expect(entry).toMatchObject({ actor: 'local', action: 'config.applied', after: { digest: state.digest } });
  });

  it('is not applied unseen: the confirmation names what was shown', async () => {
    const running = await start(undefined);
    running.write(provider(9));
    const shown = await running.pending();
    running.write(provider(10));
    const { status, json } = await running.apply(shown.kind === 'pending' ? shown.digest : '');
    expect(status).toBe(409);
    expect(Problem.parse(json).hint).toContain('config diff');
    expect(modelIds(running)).not.toContain('local/tiny');
    expect(running.system.gateway.audit.list({})).toEqual([]);
  });

  it('is found by itself and spoken of once', async () => {
    const running = await start(undefined);
    running.write(provider(9));
    await until(() => running.logged.length >= 2);
    await running.pending();
    expect(running.logged.join('\n').match(/has changed/g)).toHaveLength(1);
    expect(running.logged.join('\n')).toContain('+ gateway.providers.local.baseUrl');
  });

  it('with --reload auto is in force at once, and shown and recorded all the same', async () => {
    const running = await start(undefined, { reload: 'auto' });
    running.write(provider(9));
    await until(() => modelIds(running).includes('local/tiny'));
    await until(() => running.system.gateway.audit.list({}).length === 1);
    expect(running.logged.join('\n')).toContain('+ gateway.providers.local.baseUrl');
    rmSync(running.path);
    await until(() => !modelIds(running).includes('local/tiny'));
  });

  it('that changes nothing but words is no change', async () => {
    const running = await start(provider(9));
    running.write(`# a remark\n${provider(9)}`);
    expect(await running.pending()).toEqual({ kind: 'current' });
    expect((await running.apply('0'.repeat(64))).status).toBe(409);
  });

  it('says who may come in, from the next request on', async () => {
    const running = await start(undefined);
    const runs = async (): Promise<number> =>
      (await running.server.inject({ url: '/api/v1/runs', headers: { host: '127.0.0.1' } })).statusCode;
    expect(await runs()).toBe(200);
    running.write('access: { requireKeys: true }\n');
    const state = await running.pending();
    expect((await running.apply(state.kind === 'pending' ? state.digest : '')).status).toBe(200);
    expect(await runs()).toBe(401);
  });

  it.each([
    ['unknown key', 'gateway:\n  timeouts:\n    connectMs: 5\n  nonsense: 1\n', /line 4: gateway: .*nonsense/],
    ['bad value', 'access:\n  requireKeys: perhaps\n', /line 2: access\.requireKeys/],
    ['no YAML', 'gateway: {\n  a: [\n', /line \d+/],
    ['an alias that leads nowhere', 'gateway: *none\n', /none/],
  ])('with a fault (%s) is refused with file, line and key, and the old one stays', async (_name, text, words) => {
    const running = await start(provider(9));
    running.write(text);
    const state = await running.pending();
    if (state.kind !== 'refused') throw new Error(state.kind);
    expect(state.problem.detail).toContain('config.yaml');
    expect(state.problem.detail).toMatch(words);
    expect(state.problem).toMatchObject({ code: 'invalid_config', hint: expect.stringContaining('stays in force') as string });
    const { status, json } = await running.apply(state.digest);
    expect(status).toBe(422);
    expect(Problem.parse(json).code).toBe('invalid_config');
    expect(modelIds(running)).toContain('local/tiny');
    expect(running.logged.join('\n')).toContain('stays in force');
    running.write(provider(9));
    expect(await running.pending()).toEqual({ kind: 'current' });
  });

  it('never shows a credential or the value of an environment variable', async () => {
    const running = await start(undefined);
    running.write(`${provider(9)}  prices: { 'x/${SECRET}': { inputUsdPerMillion: 1, source: '${SECRET}' } }\n`);
    const state = await running.pending();
    const applied = await running.apply(state.kind === 'pending' ? state.digest : '');
    running.write(`gateway: { '${SECRET}': 1 }\n`);
    const refused = await running.pending();
    const everything = JSON.stringify([state, applied, refused, running.logged, running.system.gateway.audit.list({})]);
    expect(everything).toContain('[redacted]');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain('hunter22');
  });
});

const plain = (text: string): string => text;

describe('what a configuration changes', () => {
  it('is said by key path: added, removed, changed; lists are one value', () => {
    const changes = diffConfig({ a: { b: 1, c: [1, 2] }, d: {} }, { a: { b: 2, c: [1, 3] }, e: true }, plain);
    expect(changes.map(changeText)).toEqual(['~ a.b: 1 → 2', '~ a.c: [1,2] → [1,3]', '- d: {}', '+ e: true']);
  });

  it('leaves out what is secret by name, at any depth, but not the name of a variable', () => {
    const config = { hook: { token: 'x', apiKeyEnv: 'NAME', list: [{ password: 'x' }] }, maxTokens: 5, key: 'x' };
    expect(flatConfig(config, plain)).toEqual({
      'hook.token': '[redacted]',
      'hook.apiKeyEnv': 'NAME',
      'hook.list': [{ password: '[redacted]' }],
      maxTokens: 5,
      key: '[redacted]',
    });
  });
});
