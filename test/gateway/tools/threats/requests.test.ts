// What a hostile client may try at the endpoint. Groups of the threat list: 1 foreign hosts and origins, 3 headers against
// the body, 4 downgrades, 6 tokens, 10 what is another's, 19 arguments, 22 too much of everything.
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEverything } from '../../../fixtures/mcp/everything-server.ts';
import { startSmallServer } from '../../../fixtures/mcp/small-server.ts';
import type { SmallServer } from '../../../fixtures/mcp/small-server.ts';
import { ask, call, openTools, textOf } from '../open-tools.ts';
import type { OpenedTools } from '../open-tools.ts';

const SCHEMA = { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } };

async function opened(): Promise<OpenedTools & { readonly server: SmallServer }> {
  const server = await startSmallServer('modern', [{ name: 'find' }, { name: 'query', inputSchema: SCHEMA }]);
  onTestFinished(() => server.close());
  return { ...(await openTools({ tools: { servers: { web: { url: server.url } } } })), server };
}

/** With headers that fetch does not let one set. */
function statusOf(url: string, headers: Record<string, string | string[]>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }));
  });
}

describe('1: hosts and origins', () => {
  it.each([
    ['a foreign host', { host: 'evil.example:80' }],
    ['a name that was rebound to this machine', { host: 'rebound.example' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
  ])('%s is refused before anything is asked upstream', async (_what, headers) => {
    const { url, server } = await opened();
    expect(await statusOf(`${url}/mcp/web`, headers)).toBe(403);
    expect(server.received).toEqual([]);
  });
});

describe('3: headers against the body', () => {
  it.each([
    ['another name', { 'mcp-name': 'query' }],
    ['another method', { 'mcp-method': 'tools/list' }],
    ['another revision', { 'mcp-protocol-version': '2025-11-25' }],
    ['a name that is no base64', { 'mcp-name': '=?base64?%%%?=' }],
  ])('%s is refused', async (_what, headers) => {
    const { url, server } = await opened();
    const { status, error } = await ask(`${url}/mcp/web`, 'tools/call', { name: 'find' }, headers);
    expect({ status, code: error?.code }).toEqual({ status: 400, code: -32_020 });
    expect(server.calls()).toBe(0);
  });

  it.each([
    ['is missing', {}],
    ['says something else', { 'mcp-param-region': 'eu' }],
  ])('a parameter’s header that %s is refused', async (_what, headers) => {
    const { url, server } = await opened();
    const params = { name: 'query', arguments: { region: 'us' } };
    expect(await ask(`${url}/mcp/web`, 'tools/call', params, headers)).toMatchObject({ status: 400, error: { code: -32_020 } });
    expect(server.calls()).toBe(0);
    expect((await ask(`${url}/mcp/web`, 'tools/call', params, { 'mcp-param-region': 'us' })).error).toBeUndefined();
    expect(server.received.at(-1)?.headers).toMatchObject({ 'mcp-name': 'query', 'mcp-param-region': 'us' });
  });
});

it('4: a modern header on a legacy body is no way in', async () => {
  const { url } = await opened();
  const response = await fetch(`${url}/mcp/web`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'mcp-protocol-version': '2026-07-28' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'find' } }),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 400,
    body: { error: { code: -32_602 } },
  });
});

const grant = {
  scopes: ['invoke'],
  models: undefined,
  limits: {},
  allowUnpriced: false,
  expiresAt: undefined,
  team: undefined,
  user: undefined,
  limitNanoUsd: undefined,
} as const;

describe('6: tokens', () => {
  it('the caller’s own never reaches a server, in no header and no body', async () => {
    const { url, server, system } = await opened();
    const { secret } = system.gateway.keys.create({ ...grant, name: 'mine' }, 'test');
    const params = { name: 'find', arguments: { note: `my key is ${secret}` } };
    await ask(`${url}/mcp/web`, 'tools/call', params, {
      authorization: `Bearer ${secret}`,
      cookie: 'a=b',
      'x-forwarded-user': 'root',
    });
    expect(server.calls()).toBe(1);
    expect(JSON.stringify(server.received)).not.toContain(secret);
    expect(server.received.at(-1)?.headers).not.toHaveProperty('authorization');
    expect(server.received.at(-1)?.headers).not.toHaveProperty('cookie');
    expect(server.received.at(-1)?.headers).not.toHaveProperty('x-forwarded-user');
  });

  it('one that is unknown, or may not invoke, is refused', async () => {
    const { url, server, system } = await opened();
    const { secret } = system.gateway.keys.create({ ...grant, name: 'reader', scopes: ['read'] }, 'test');
    const statusWith = async (token: string): Promise<number> =>
      (await ask(`${url}/mcp`, 'tools/list', {}, { authorization: `Bearer ${token}` })).status;
    expect(await statusWith('sk-shoal-0000000000000000000000000000')).toBe(401);
    expect(await statusWith(secret)).toBe(403);
    expect(server.received).toEqual([]);
  });
});

describe('10: what is another’s', () => {
  it('a session and a state open nothing for another key, for other arguments, or changed', async () => {
    const upstream = await startEverything('modern');
    onTestFinished(() => upstream.close());
    const { url, system } = await openTools({ tools: { servers: { all: { url: upstream.url } } } });
    const { keys } = system.gateway;
    const [mine, other] = ['mine', 'other'].map((name) => ({
      authorization: `Bearer ${keys.create({ ...grant, name }, 'test').secret}`,
    }));
    const endpoint = `${url}/mcp/all`;
    const params = { name: 'test_input_required_result_request_state', arguments: {} };
    const asked = await ask(endpoint, 'tools/call', params, mine, { elicitation: {} });
    const state = String(asked.result?.['requestState']);
    const inputResponses = { confirm: { action: 'accept', content: { ok: true } } };
    const again = (requestState: string, more: object = {}, headers = mine) =>
      ask(endpoint, 'tools/call', { ...params, inputResponses, requestState, ...more }, headers, { elicitation: {} });
    const middle = Math.floor(state.length / 2);
    const changed = state.slice(0, middle) + (state[middle] === 'A' ? 'B' : 'A') + state.slice(middle + 1);
    for (const refused of [await again(state, {}, other), await again(state, { arguments: { a: 1 } }), await again(changed)]) {
      expect(refused).toMatchObject({ status: 400, error: { code: -32_602 } });
    }
    expect(textOf(await again(state))).toBe('state-ok');

    const begun = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...mine },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {} },
      }),
    });
    const session = begun.headers.get('mcp-session-id') ?? '';
    expect(Buffer.from(session, 'base64url').length).toBeGreaterThanOrEqual(16);
    const withSession = async (headers: object): Promise<number> =>
      (
        await fetch(endpoint, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'mcp-session-id': session, ...headers },
          body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' }),
        })
      ).status;
    expect(await withSession(mine ?? {})).toBe(200);
    expect(await withSession(other ?? {})).toBe(404);
  });
});

const nested = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

describe('19: arguments', () => {
  const exponential = {
    type: 'object',
    properties: { a: { $ref: '#/$defs/d24' } },
    $defs: {
      d0: { type: 'integer' },
      ...Object.fromEntries(
        Array.from({ length: 24 }, (_, index) => [
          `d${index + 1}`,
          { anyOf: [{ $ref: `#/$defs/d${index}` }, { $ref: `#/$defs/d${index}` }] },
        ]),
      ),
    },
  };
  it.each([
    ['do not fit', { type: 'object', required: ['a'] }, {}],
    ['are nested too deeply', { type: 'object' }, nested(200)],
    [
      'would make a pattern run for ever',
      { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } },
      { a: `${'a'.repeat(40_000)}!` },
    ],
    ['meet a schema that combines itself without bound', exponential, { a: 'x' }],
    [
      'meet a schema that refers elsewhere',
      { type: 'object', properties: { a: { $ref: 'http://evil.example/s.json' } } },
      { a: 1 },
    ],
    ['are a prototype', { type: 'object', additionalProperties: false }, JSON.parse('{"__proto__":{"admin":true}}')],
  ])('that %s are told so, and not sent', async (_what, inputSchema, args) => {
    const server = await startSmallServer('modern', [{ name: 'find', inputSchema }]);
    onTestFinished(() => server.close());
    const { url, system } = await openTools({ tools: { servers: { web: { url: server.url } } } });
    const answer = await call(`${url}/mcp/web`, 'find', args as Record<string, unknown>);
    expect(answer.result).toMatchObject({ isError: true });
    expect(textOf(answer)).toContain('The arguments of find are not valid');
    expect(server.calls()).toBe(0);
    expect(system.gateway.requests({})).toMatchObject([
      { kind: 'tool', target: 'web__find', outcome: 'denied', errorCode: 'invalid_input' },
    ]);
  });

  it('and bodies that are too large, no JSON, or many at once are refused', async () => {
    const { url } = await opened();
    const post = async (body: string): Promise<number> =>
      (await fetch(`${url}/mcp/web`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    expect(await post('x'.repeat(5 * 1024 * 1024))).toBe(413);
    expect(await post('{')).toBe(400);
    expect(await post('[{"jsonrpc":"2.0","id":1,"method":"ping"}]')).toBe(400);
  });
});

describe('22: too much of everything', () => {
  it('sessions that nobody ends make room for new ones', async () => {
    const server = await startSmallServer('legacy', [{ name: 'find' }]);
    onTestFinished(() => server.close());
    const { url } = await openTools({ tools: { servers: { web: { url: server.url } }, sessions: 3 } });
    const begin = async (): Promise<string> =>
      (
        await fetch(`${url}/mcp`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'initialize',
            params: { protocolVersion: '2025-11-25', capabilities: {} },
          }),
        })
      ).headers.get('mcp-session-id') ?? '';
    const ping = async (session: string): Promise<number> =>
      (
        await fetch(`${url}/mcp`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'mcp-session-id': session },
          body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' }),
        })
      ).status;
    const sessions: string[] = [];
    for (let count = 0; count < 4; count++) sessions.push(await begin());
    expect(await Promise.all(sessions.map(ping))).toEqual([404, 200, 200, 200]);
    expect(server.sessions.size).toBe(1);
  });

  it('a server whose list never ends is read as far as fifty pages', async () => {
    const server = await startSmallServer('legacy', [{ name: 'find' }]);
    onTestFinished(() => server.close());
    let pages = 0;
    const { url } = await openTools({ tools: { servers: { web: { url: server.url } } } });
    Object.defineProperty(server, 'tools', { get: () => [{ name: `tool-${++pages}` }] });
    server.more = () => `page-${pages}`;
    const { result } = await ask(`${url}/mcp/web`, 'tools/list');
    expect(result?.['tools']).toHaveLength(50);
  });
});
