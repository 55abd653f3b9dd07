// `shoal launch`: stand-ins for the tools, scripts on the path that write down what they were given and make one real
// call with it, in the way of the tool that they stand in for.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUpstream, UPSTREAM_KEY } from '../fixtures/upstream/upstream.ts';
import type { Upstream } from '../fixtures/upstream/upstream.ts';
import { COMMAND, shoal, temporaryHome } from './helpers.ts';
import type { CommandResult } from './helpers.ts';

const home = temporaryHome();
const bin = join(home.folder, 'bin');
const given = join(home.folder, 'given.json');
let upstream: Upstream;
let environment: Record<string, string>;

/** What was started, in its own words: what it was given, and what its one call brought. */
interface Given {
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly status: number;
  readonly text: string;
}

/** How each tool finds its server, key and model, and calls. */
const CALLS: Readonly<Record<string, string>> = {
  claude: `
    const { ANTHROPIC_BASE_URL: base, ANTHROPIC_AUTH_TOKEN: key, ANTHROPIC_MODEL: model } = process.env;
    return [base + '/v1/messages', { authorization: 'Bearer ' + key }, { model, max_tokens: 99, messages: [{ role: 'user', content: 'Hello' }] }];`,
  codex: `
    const settings = Object.fromEntries(process.argv.filter((_, at) => process.argv[at - 1] === '-c').map((setting) => {
      const [name, ...value] = setting.split('=');
      return [name, JSON.parse(value.join('='))];
    }));
    const own = (name) => settings['model_providers.' + settings.model_provider + '.' + name];
    if (own('wire_api') !== 'responses') throw new Error('codex speaks responses only');
    return [own('base_url') + '/responses', { authorization: 'Bearer ' + process.env[own('env_key')] }, { model: settings.model, input: 'Hello' }];`,
  gemini: `
    const { GOOGLE_GEMINI_BASE_URL: base, GEMINI_API_KEY: key, GEMINI_MODEL: model } = process.env;
    return [base + '/v1beta/models/' + model + ':generateContent', { 'x-goog-api-key': key }, { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }];`,
  opencode: `
    const config = JSON.parse(process.env.OPENCODE_CONFIG_CONTENT);
    const [provider, ...name] = config.model.split('/');
    const { options, models } = config.provider[provider];
    if (!(name.join('/') in models)) throw new Error('the model is not listed');
    return [options.baseURL + '/chat/completions', { authorization: 'Bearer ' + options.apiKey }, { model: name.join('/'), messages: [{ role: 'user', content: 'Hello' }] }];`,
  aider: `
    const { OPENAI_API_BASE: base, OPENAI_API_KEY: key } = process.env;
    const model = process.argv[process.argv.indexOf('--model') + 1].replace(/^openai\\//, '');
    return [base + '/chat/completions', { authorization: 'Bearer ' + key }, { model, messages: [{ role: 'user', content: 'Hello' }] }];`,
};

const TAKEN_AWAY: Readonly<Record<string, readonly string[]>> = {
  claude: ['ANTHROPIC_API_KEY', 'SHOAL_API_KEY'],
  aider: ['SHOAL_API_KEY'],
};

function standIn(tool: string, rest = ''): void {
  const path = join(bin, tool);
  writeFileSync(
    path,
    `#!${process.execPath}
const [url, headers, body] = (() => {${CALLS[tool] ?? ''}})();
fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }).then(async (response) => {
  const seen = { environment: process.env, args: process.argv.slice(2), status: response.status, text: await response.text() };
  require('node:fs').writeFileSync(${JSON.stringify(given)}, JSON.stringify(seen));
  ${rest === '' ? 'process.exitCode = 7;' : rest}
});
`,
  );
  chmodSync(path, 0o755);
}

const launched = (...args: readonly string[]): Promise<CommandResult> =>
  shoal(['launch', '--home', home.folder, ...args], { environment });
const seen = (): Given => JSON.parse(readFileSync(given, 'utf8')) as Given;
const keys = async (): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  JSON.parse((await shoal(['keys', 'list', '--json', '--home', home.folder])).stdout) as { id: string; name: string }[];

beforeAll(async () => {
  upstream = await startUpstream();
  const { origin } = upstream;
  mkdirSync(bin);
  writeFileSync(join(bin, 'package.json'), '{"type":"commonjs"}');
  const providers = {
    openai: { baseUrl: `${origin}/v1`, apiKeyEnv: 'OPENAI_API_KEY' },
    anthropic: { baseUrl: origin, apiKeyEnv: 'ANTHROPIC_API_KEY' },
    gemini: { baseUrl: origin, apiKeyEnv: 'GEMINI_API_KEY' },
  };
  writeFileSync(join(home.folder, 'config.yaml'), JSON.stringify({ gateway: { providers } }));
  environment = {
    PATH: bin,
    OPENAI_API_KEY: UPSTREAM_KEY,
    ANTHROPIC_API_KEY: UPSTREAM_KEY,
    GEMINI_API_KEY: UPSTREAM_KEY,
    // Nobody listens there.
    SHOAL_PORT: '1',
  };
});
afterAll(async () => {
  await upstream.close();
  home.remove();
});
beforeEach(() => writeFileSync(given, ''));

describe('shoal launch', () => {
  it.each([
    ['claude', 'anthropic/claude-haiku-4-5', 'claude-haiku-4-5'],
    ['claude', 'openai/gpt-4o-mini', 'gpt-4o-mini'],
    ['codex', 'openai/gpt-4o-mini', 'gpt-4o-mini'],
    ['codex', 'anthropic/claude-haiku-4-5', 'claude-haiku-4-5'],
    ['gemini', 'gemini/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['opencode', 'openai/gpt-4o-mini', 'gpt-4o-mini'],
    ['aider', 'anthropic/claude-haiku-4-5', 'claude-haiku-4-5'],
  ])('%s calls %s with what it was given, and ends as it ends', async (tool, model, upstreamModel) => {
    standIn(tool);
    const { code, stderr } = await launched(tool, '--model', model, '--', '--continue', 'two words');
    expect({ code, stderr }).toMatchObject({ code: 7, stderr: expect.stringContaining('No Shoal runs at') as string });
    const { status, text, args, environment: own } = seen();
    expect({ status, text }).toMatchObject({ status: 200, text: expect.stringContaining('You said: Hello') as string });
    expect(args.slice(-2)).toEqual(['--continue', 'two words']);
    expect(upstream.seen.at(-1)?.asked?.model).toBe(upstreamModel);
    expect(JSON.stringify(upstream.seen.at(-1)?.headers)).not.toContain('sk-shoal-');
    // What the tool could go round the gateway with.
    expect(TAKEN_AWAY[tool]?.filter((variable) => variable in own)).toEqual(TAKEN_AWAY[tool] && []);
  });

  it('leaves no key behind', async () => {
    expect(await keys()).toEqual([]);
  });

  it('gives the key a budget, and the tool hears when it is used up', async () => {
    standIn('claude');
    await launched('claude', '--model', 'anthropic/claude-haiku-4-5', '--budget', '0.000001');
    expect(seen()).toMatchObject({ status: 402, text: expect.stringContaining('billing_error') as string });
  });

  it('keeps one lasting key where it is asked to, with a new secret each time', async () => {
    standIn('aider');
    const secrets: (string | undefined)[] = [];
    for (let time = 0; time < 2; time++) {
      await launched('aider', '--model', 'openai/gpt-4o-mini', '--keep-key');
      expect(seen().status).toBe(200);
      secrets.push(seen().environment['OPENAI_API_KEY']);
    }
    const [kept, ...others] = await keys();
    expect(kept?.name).toBe('launch:aider');
    expect(others).toEqual([]);
    expect(secrets[0]).not.toBe(secrets[1]);
    await shoal(['keys', 'delete', kept?.id ?? '', '--home', home.folder]);
  });

  it('needs no administrator’s key for a gateway of its own, where every request needs one', async () => {
    standIn('claude');
    const config = join(home.folder, 'config.yaml');
    const text = readFileSync(config, 'utf8');
    writeFileSync(config, JSON.stringify({ ...(JSON.parse(text) as object), access: { requireKeys: true } }));
    const { code } = await launched('claude', '--model', 'anthropic/claude-haiku-4-5');
    writeFileSync(config, text);
    expect({ code, status: seen().status }).toEqual({ code: 7, status: 200 });
  });

  it('uses the Shoal that runs', async () => {
    standIn('codex');
    const server = spawn(process.execPath, [COMMAND, 'gateway', '--json', '--port', '0', '--home', home.folder], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      let text = '';
      const url = await new Promise<string>((resolve, reject) => {
        server.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes('\n}')) resolve((JSON.parse(text) as { url: string }).url);
        });
        server.once('exit', () => reject(new Error(`the gateway ended: ${text}`)));
      });
      const { code, stderr } = await shoal(['launch', '--home', home.folder, 'codex', '--model', 'openai/gpt-4o-mini'], {
        environment: { ...environment, SHOAL_PORT: new URL(url).port },
      });
      expect({ code, stderr }).toMatchObject({ code: 7, stderr: expect.stringContaining(`by the Shoal at ${url}`) as string });
      expect(seen().status).toBe(200);
      expect((await fetch(`${url}/api/v1/keys`).then((response) => response.json())) as unknown).toEqual([]);
      const statuses = ['/healthz', '/metrics', '/v1/models', '/api/v1/audit', '/api/v1/runs', '/'].map(
        async (path) => [path, (await fetch(`${url}${path}`)).status] as const,
      );
      expect(Object.fromEntries(await Promise.all(statuses))).toEqual({
        '/healthz': 200,
        '/metrics': 200,
        '/v1/models': 200,
        '/api/v1/audit': 200,
        '/api/v1/runs': 404,
        '/': 404,
      });
    } finally {
      server.kill('SIGTERM');
      await new Promise((resolve) => void server.once('close', resolve));
    }
  });

  it('passes a signal on to the tool, and takes its key away all the same', async () => {
    standIn('claude', `process.stderr.write('ready'); setInterval(() => {}, 1000);`);
    const args = ['launch', '--home', home.folder, 'claude', '--model', 'anthropic/claude-haiku-4-5'];
    const { code } = await shoal(args, { environment, killWhen: { said: /ready/, afterMs: 0, signal: 'SIGTERM' } });
    expect(code).toBe(143);
    expect(await keys()).toEqual([]);
  });

  it('says how to get a tool that is not there, and which ones it knows', async () => {
    const missing = await shoal(['launch', '--home', home.folder, 'opencode'], {
      environment: { ...environment, PATH: home.folder },
    });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('npm install -g opencode-ai') as string });
    const unknown = await launched('emacs');
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('claude, codex, gemini, opencode, aider') as string,
    });
    expect(existsSync(given) && readFileSync(given, 'utf8')).toBe('');
  });
});
