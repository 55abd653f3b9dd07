// Tool servers over the app's own API and on the command line: list, call, and approve what changed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PinRow, PinsView, ToolCallResult, ToolServersView, ToolsView } from '#api/contract';
import { startSmallServer } from '../fixtures/mcp/small-server.ts';
import type { SmallServer } from '../fixtures/mcp/small-server.ts';
import { openTools } from '../gateway/tools/open-tools.ts';
import { shoal, temporaryHome } from './helpers.ts';

const STDIO = fileURLToPath(new URL('../fixtures/mcp/stdio-server.ts', import.meta.url));
let server: SmallServer;
const home = temporaryHome();
const settings = () => ({
  servers: {
    web: { url: server.url },
    local: { command: [process.execPath, '--disable-warning=ExperimentalWarning', STDIO] as [string, ...string[]] },
  },
  virtual: { desk: { tools: [{ tool: 'web__find', as: 'look_up' }] } },
});

beforeAll(async () => {
  server = await startSmallServer('modern', [{ name: 'find', description: 'Finds.' }]);
  writeFileSync(join(home.folder, 'config.yaml'), JSON.stringify({ gateway: { tools: settings() } }));
});
afterAll(async () => {
  await server.close();
  home.remove();
});

async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await shoal(['tools', ...args, '--home', home.folder, '--json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as unknown;
}

describe('/api/v1/tools', () => {
  it('lists servers and tools, and calls with the rights of who asks', async () => {
    const { url, system } = await openTools({ tools: settings() });
    const read = async (path: string): Promise<unknown> => (await fetch(`${url}/api/v1/tools${path}`)).json();
    const { servers, endpoints } = ToolServersView.parse(await read('/servers'));
    expect(servers).toMatchObject([
      { name: 'web', transport: 'http', state: 'connected', revision: '2026-07-28', tools: 1 },
      { name: 'local', transport: 'stdio', state: 'connected', revision: '2025-06-18', title: 'stdio-fixture' },
    ]);
    expect(endpoints).toEqual(['', 'web', 'local', 'desk']);
    expect(ToolsView.parse(await read('?endpoint=desk')).tools).toMatchObject([
      { name: 'look_up', server: 'web', description: 'Finds.' },
    ]);
    const post = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${url}/api/v1/tools/call`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const called = ToolCallResult.parse(await (await post({ endpoint: 'desk', name: 'look_up', arguments: { a: 1 } })).json());
    expect(called).toMatchObject({ isError: false, content: [{ type: 'text', text: 'find {"a":1}' }] });
    expect(system.gateway.traces.request(called.requestId)?.request).toMatchObject({
      kind: 'tool',
      target: 'web__find',
      asked: 'look_up',
    });
    expect((await post({ name: 'web__nope' })).status).toBe(404);
    const { secret } = system.gateway.keys.create(
      {
        name: 'reader',
        scopes: ['read'],
        models: undefined,
        limits: {},
        allowUnpriced: false,
        expiresAt: undefined,
        team: undefined,
        user: undefined,
        limitNanoUsd: undefined,
      },
      'test',
    );
    expect((await post({ name: 'web__find' }, { authorization: `Bearer ${secret}` })).status).toBe(403);
  });
});

describe('shoal tools', () => {
  it('lists, calls, and approves what a server changed', async () => {
    expect(ToolsView.parse(await json('list', '--endpoint', 'desk')).tools.map(({ name }) => name)).toEqual(['look_up']);
    const called = ToolCallResult.parse(await json('call', 'local__echo', '--args', '{"say":"hello"}'));
    expect(called.content).toEqual([{ type: 'text', text: '{"say":"hello"}' }]);
    server.tools[0] = { name: 'find', description: 'Finds everything.' };
    const refused = await shoal(['tools', 'call', 'web__find', '--home', home.folder]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no tool web__find here.') });
    const { pins } = PinsView.parse(await json('pins', '--waiting'));
    expect(pins).toMatchObject([
      { server: 'web', kind: 'tool', name: 'find', waiting: { definition: expect.stringContaining('everything') } },
    ]);
    const approved = PinRow.parse(
      await json('approve-definition', 'web', 'tool', 'find', '--hash', pins[0]?.waiting?.hash ?? ''),
    );
    expect(approved.waiting).toBeUndefined();
    expect(ToolCallResult.parse(await json('call', 'web__find')).isError).toBe(false);
  }, 60_000);

  it.each([
    [['call', 'local__echo', '--args', '[1]'], 'not a JSON object'],
    [['approve-definition', 'web', 'thing'], 'no kind of definition'],
    [['approve-definition', 'web', 'tool', 'absent'], 'No definition of web__absent waits'],
    [['list', '--endpoint', 'nowhere'], 'There is no MCP server at /mcp/nowhere'],
  ])(
    'says what is wrong with %j',
    async (args, said) => {
      const { code, stderr } = await shoal(['tools', ...args, '--home', home.folder]);
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    },
    30_000,
  );
});
