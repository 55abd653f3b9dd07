// What a hostile or broken server may try. Groups of the threat list: 16 what comes in results, 18 questions to the
// client, 20 hints that lie, 23 manners, 24 cancellation, 26 the log.
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayConfig } from '#gateway';
import { startSmallServer } from '../../../fixtures/mcp/small-server.ts';
import type { SmallServer, SmallTool } from '../../../fixtures/mcp/small-server.ts';
import { ask, call, openTools, textOf } from '../open-tools.ts';
import type { OpenedTools } from '../open-tools.ts';

async function opened(
  tools: readonly SmallTool[],
  gateway: GatewayConfig = {},
): Promise<OpenedTools & { readonly server: SmallServer }> {
  const server = await startSmallServer('modern', [...tools]);
  onTestFinished(() => server.close());
  return { ...(await openTools({ tools: { servers: { web: { url: server.url } } }, gateway })), server };
}

describe('16: what comes in results', () => {
  const guardrails: GatewayConfig['guardrails'] = [{ kind: 'pii', name: 'persons', entities: ['email'], restore: false }];
  const SECRET = 'ada@example.com';

  it.each([
    ['a text', { content: [{ type: 'text', text: `ask ${SECRET}` }] }],
    ['structured content', { content: [], structuredContent: { who: { mail: SECRET } } }],
    ['a link', { content: [{ type: 'resource_link', name: SECRET, uri: 'test://x' }] }],
    ['an error', { code: -32_000, message: `unknown: ${SECRET}`, data: { who: SECRET } }],
    [
      'a question',
      { resultType: 'input_required', inputRequests: { q: { method: 'elicitation/create', params: { message: SECRET } } } },
    ],
  ])('guardrails look at %s', async (_what, answer) => {
    const { url, server } = await opened([{ name: 'find' }], { guardrails });
    server.answer = () => answer;
    const got = await ask(`${url}/mcp/web`, 'tools/call', { name: 'find', arguments: {} }, {}, { elicitation: {} });
    expect(JSON.stringify(got)).not.toContain(SECRET);
    expect(JSON.stringify(got)).toContain('[EMAIL_1]');
  });

  it('and at arguments, before they leave', async () => {
    const { url, server, system } = await opened([{ name: 'find' }], { guardrails });
    await call(`${url}/mcp/web`, 'find', { deep: [{ mail: SECRET }] });
    expect(server.received.at(-1)?.params['arguments']).toEqual({ deep: [{ mail: '[EMAIL_1]' }] });
    expect(system.gateway.requests({})).toMatchObject([{ guardrails: { redacted: 1 } }]);
  });

  it('a blocking guardrail stops the call', async () => {
    const { url, server } = await opened([{ name: 'find' }], {
      guardrails: [{ kind: 'banned-topics', name: 'topics', topics: [{ name: 'gold', words: ['gold'] }] }],
    });
    const { error } = await call(`${url}/mcp/web`, 'find', { about: 'gold' });
    expect(error?.message).toContain('The guardrail topics blocked');
    expect(server.calls()).toBe(0);
  });

  it('structured content that is not what its schema says does not go on', async () => {
    const outputSchema = { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] };
    const { url, server } = await opened([{ name: 'add', outputSchema }]);
    server.answer = () => ({ content: [], structuredContent: { sum: 'a lot' } });
    expect((await call(`${url}/mcp/web`, 'add')).error?.message).toContain('sum: must be number');
    server.answer = () => ({ content: [], structuredContent: { sum: 3 } });
    expect((await call(`${url}/mcp/web`, 'add')).result?.['structuredContent']).toEqual({ sum: 3 });
  });

  it('a result that is too large does not go on', async () => {
    const { url, server } = await opened([{ name: 'read' }], { limits: { toolResultBytes: 1000 } });
    server.answer = () => ({ content: [{ type: 'text', text: 'x'.repeat(2000) }] });
    expect((await call(`${url}/mcp/web`, 'read')).error?.message).toContain('the limit is 1000');
  });
});

const asking = (method: string, params: object) => () => ({
  resultType: 'input_required',
  inputRequests: { q: { method, params } },
});

describe('18: questions to the client', () => {
  it.each([
    ['what the client has not declared', 'sampling/createMessage', {}, -32_021],
    ['anything but the three questions', 'tools/call', {}, -32_601],
    ['a page that is not https', 'elicitation/create', { mode: 'url', url: 'javascript:alert(1)' }, -32_602],
  ])('a server does not get to ask for %s', async (_what, method, params, code) => {
    const { url, server } = await opened([{ name: 'find' }]);
    server.answer = asking(method, params);
    const { error, result } = await ask(`${url}/mcp/web`, 'tools/call', { name: 'find' }, {}, { elicitation: {} });
    expect(result).toBeUndefined();
    expect(error?.code).toBe(code);
  });
});

describe('23: manners', () => {
  it('a server that hangs fails its call when time is up, and holds up nobody else', async () => {
    const { url, server, system } = await opened([{ name: 'hang' }, { name: 'find' }], { limits: { toolMs: 300 } });
    server.answer = (name, args) =>
      name === 'hang' ? new Promise(() => {}) : { content: [{ type: 'text', text: JSON.stringify(args) }] };
    const hanging = call(`${url}/mcp/web`, 'hang');
    expect(textOf(await call(`${url}/mcp/web`, 'find', { a: 1 }))).toBe('{"a":1}');
    expect((await hanging).error?.message).toContain('did not answer within 300 ms');
    expect(system.gateway.requests({})[0]).toMatchObject({ target: 'web__hang', outcome: 'failed', errorCode: 'tool_failed' });
  });
});

it('24: a client that goes away ends the call at the server', async () => {
  const { url, server } = await opened([{ name: 'hang' }]);
  const ended = Promise.withResolvers<void>();
  server.onGone = () => ended.resolve();
  server.answer = () => new Promise(() => {});
  const client = new AbortController();
  const params = {
    name: 'hang',
    arguments: {},
    _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} },
  };
  const calling = fetch(`${url}/mcp/web`, {
    method: 'POST',
    signal: client.signal,
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'hang',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  }).catch(() => undefined);
  await expect.poll(() => server.calls(), { timeout: 10_000 }).toBe(1);
  client.abort();
  await calling;
  await ended.promise;
});

describe('26: the log', () => {
  it('has each call with who, what, where and how it ended, and no secret of a server', async () => {
    const stdio = fileURLToPath(new URL('../../../fixtures/mcp/stdio-server.ts', import.meta.url));
    const { url, system } = await openTools({
      tools: { servers: { local: { command: [process.execPath, stdio], envFrom: ['TOOL_TOKEN'] } } },
      environment: { TOOL_TOKEN: 'token-0123456789abcdef', PATH: process.env['PATH'] },
    });
    const { secret, key } = system.gateway.keys.create(
      {
        name: 'mine',
        scopes: ['invoke'],
        models: undefined,
        limits: { requestsPerMinute: 2 },
        allowUnpriced: false,
        expiresAt: undefined,
        team: undefined,
        user: undefined,
        limitNanoUsd: undefined,
      },
      'test',
    );
    const headers = {
      authorization: `Bearer ${secret}`,
      'x-shoal-run': 'run-7',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const params = { name: 'local__echo', arguments: { a: 1 } };
    await ask(`${url}/mcp`, 'tools/call', params, headers);
    await ask(`${url}/mcp`, 'tools/call', params, headers);
    const third = await ask(`${url}/mcp`, 'tools/call', params, headers);
    expect(third).toMatchObject({ status: 429, error: { message: expect.stringContaining('may make 2 requests a minute') } });
    const [refused, , first] = system.gateway.requests({ runId: 'run-7' });
    expect(refused).toMatchObject({ outcome: 'denied', errorCode: 'limit_exceeded' });
    expect(first).toMatchObject({
      kind: 'tool',
      door: 'mcp',
      asked: 'local__echo',
      target: 'local__echo',
      provider: 'local',
      key: key.id,
      runId: 'run-7',
      outcome: 'ok',
      finishReason: 'complete',
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
    expect(JSON.stringify(system.gateway.requests({}))).not.toContain('token-0123456789abcdef');
  });
});
