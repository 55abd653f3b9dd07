// Several servers behind one address: names that stay, virtual servers, and what is hidden cannot be called.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSmallServer } from '../../fixtures/mcp/small-server.ts';
import type { SmallServer, SmallTool } from '../../fixtures/mcp/small-server.ts';
import { ask, call, namesAt, openTools, textOf } from './open-tools.ts';

async function small(era: 'legacy' | 'modern', tools: readonly SmallTool[]): Promise<SmallServer> {
  const server = await startSmallServer(era, [...tools]);
  onTestFinished(() => server.close());
  return server;
}

const NOWHERE = 'http://127.0.0.1:9/';

describe('many servers at one address', () => {
  it('gives each tool its server’s name, and its own address a name without', async () => {
    const [left, right] = [
      await small('legacy', [{ name: 'find' }]),
      await small('modern', [{ name: 'find' }, { name: '_odd' }]),
    ];
    const { url } = await openTools({ tools: { servers: { left: { url: left.url }, right: { url: right.url } } } });
    expect(await namesAt(`${url}/mcp`)).toEqual(['left__find', 'right__find', 'right___odd']);
    expect(await namesAt(`${url}/mcp/right`)).toEqual(['find', '_odd']);
    expect(textOf(await call(`${url}/mcp`, 'right___odd', { a: 1 }))).toBe('_odd {"a":1}');
    expect(textOf(await call(`${url}/mcp/left`, 'find', { a: 2 }))).toBe('find {"a":2}');
    expect([left.calls(), right.calls()]).toEqual([1, 1]);
  });

  it('shows what works where another server cannot be reached', async () => {
    const works = await small('legacy', [{ name: 'find' }]);
    const { url, system } = await openTools({ tools: { servers: { gone: { url: NOWHERE }, works: { url: works.url } } } });
    expect(await namesAt(`${url}/mcp`)).toEqual(['works__find']);
    const [gone] = await system.gateway.tools.servers(new AbortController().signal);
    expect(gone).toMatchObject({ name: 'gone', state: 'failing', error: expect.stringContaining('gone cannot be reached') });
  });

  it('takes the first of two tools of one name, and leaves out what cannot be used', async () => {
    const server = await small('legacy', [
      { name: 'find', description: 'first' },
      { name: 'find', description: 'second' },
      { name: 'zero\u200bwidth' },
      { name: 'bad-header', inputSchema: { type: 'object', properties: { a: { type: 'object', 'x-mcp-header': 'A' } } } },
    ]);
    const { url, system } = await openTools({ tools: { servers: { one: { url: server.url } } } });
    const { result } = await ask(`${url}/mcp/one`, 'tools/list');
    expect(result?.['tools']).toEqual([{ name: 'find', description: 'first', inputSchema: { type: 'object' } }]);
    const [view] = await system.gateway.tools.servers(new AbortController().signal);
    expect(view?.left.map(({ why }) => why)).toEqual([
      'has the name of one before it',
      'has a name that cannot be used',
      'has an x-mcp-header where none may stand',
    ]);
  });

  it('hears of changed tools and passes the word on', async () => {
    const server = await small('legacy', [{ name: 'find' }]);
    const { url } = await openTools({ tools: { servers: { one: { url: server.url, pins: 'trust' } } } });
    expect(await namesAt(`${url}/mcp`)).toEqual(['one__find']);
    const stream = new AbortController();
    onTestFinished(() => stream.abort());
    const listening = await fetch(`${url}/mcp`, {
      method: 'POST',
      signal: stream.signal,
      headers: { 'content-type': 'application/json', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 'changes',
        method: 'subscriptions/listen',
        params: {
          notifications: { toolsListChanged: true, promptsListChanged: true },
          _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} },
        },
      }),
    });
    const reader = listening.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = String((await reader?.read())?.value);
    expect(first).toContain('"notifications":{"toolsListChanged":true}');
    server.tools.push({ name: 'more' });
    server.tellToolsChanged();
    const second = String((await reader?.read())?.value);
    expect(second).toContain('notifications/tools/list_changed');
    expect(second).toContain('"io.modelcontextprotocol/subscriptionId":"changes"');
    expect(await namesAt(`${url}/mcp`)).toEqual(['one__find', 'one__more']);
  });
});

describe('a virtual server', () => {
  const schema = {
    type: 'object',
    properties: { query: { type: 'string' }, limit: { type: 'integer' } },
    required: ['query', 'limit'],
    additionalProperties: false,
  };

  it('renames, describes, fixes arguments and hides', async () => {
    const server = await small('legacy', [
      { name: 'find', description: 'Finds.', inputSchema: schema },
      { name: 'wipe' },
      { name: 'read' },
    ]);
    const { url } = await openTools({
      tools: {
        servers: { web: { url: server.url } },
        virtual: {
          desk: {
            tools: [
              { tool: 'web__find', as: 'look_up', description: 'Looks something up.', fixed: { limit: 3 } },
              { tool: 'web__*' },
            ],
            hidden: ['web__wipe'],
          },
        },
      },
    });
    const { result } = await ask(`${url}/mcp/desk`, 'tools/list');
    expect(result?.['tools']).toContainEqual({
      name: 'look_up',
      description: 'Looks something up.',
      inputSchema: { ...schema, properties: { query: { type: 'string' } }, required: ['query'] },
    });
    expect(await namesAt(`${url}/mcp/desk`)).toEqual(['look_up', 'web__find', 'web__read']);
    expect(textOf(await call(`${url}/mcp/desk`, 'look_up', { query: 'x', limit: 99 }))).toBe('find {"query":"x","limit":3}');
  });

  it('answers for what it hides as for what does not exist', async () => {
    const server = await small('modern', [{ name: 'find' }, { name: 'wipe' }]);
    const { url } = await openTools({
      tools: { servers: { web: { url: server.url } }, virtual: { desk: { tools: [{ tool: 'web__*' }], hidden: ['*__wipe'] } } },
    });
    const hidden = await call(`${url}/mcp/desk`, 'web__wipe');
    const unknown = await call(`${url}/mcp/desk`, 'web__nope');
    expect(hidden.error?.code).toBe(-32_602);
    expect(JSON.stringify(hidden.error).replaceAll('wipe', 'nope')).toBe(JSON.stringify(unknown.error));
    expect(server.calls()).toBe(0);
  });

  it('is not there for a key that it is not for', async () => {
    const server = await small('legacy', [{ name: 'find' }]);
    const { url, system } = await openTools({
      tools: {
        servers: { web: { url: server.url } },
        virtual: { desk: { tools: [{ tool: 'web__*' }], teams: ['research'] } },
        keys: ['nobody'],
      },
    });
    const grant = {
      scopes: ['invoke'],
      models: undefined,
      limits: {},
      allowUnpriced: false,
      expiresAt: undefined,
      user: undefined,
      limitNanoUsd: undefined,
    } as const;
    const { keys } = system.gateway;
    for (const name of ['research', 'sales']) keys.setHolder('team', { name, models: undefined, limits: {} }, 'test');
    const mine = keys.create({ ...grant, name: 'mine', team: 'research' }, 'test').secret;
    const other = keys.create({ ...grant, name: 'other', team: 'sales' }, 'test').secret;
    const statusFor = async (secret: string, path: string): Promise<number> =>
      (await ask(`${url}${path}`, 'tools/list', {}, { authorization: `Bearer ${secret}` })).status;
    expect(await statusFor(mine, '/mcp/desk')).toBe(200);
    expect(await statusFor(other, '/mcp/desk')).toBe(404);
    expect(await statusFor(other, '/mcp/never-heard-of')).toBe(404);
    expect(await statusFor(mine, '/mcp/web')).toBe(404);
  });
});
