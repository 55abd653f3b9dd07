// Upstream servers as they are: processes, sessions that end, old transports, bad manners.
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { startSmallServer } from '../../fixtures/mcp/small-server.ts';
import { startEverything } from '../../fixtures/mcp/everything-server.ts';
import { ask, call, namesAt, openTools, textOf } from './open-tools.ts';

const STDIO = fileURLToPath(new URL('../../fixtures/mcp/stdio-server.ts', import.meta.url));
const command = (...args: string[]): [string, ...string[]] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  STDIO,
  ...args,
];

interface Started {
  readonly argv: readonly string[];
  readonly environment: readonly string[];
  readonly pid: number;
  readonly given: string;
}

describe('a server that is a process', () => {
  it('is started with exactly its arguments, in a clean environment, and shared', async () => {
    const { url } = await openTools({
      tools: {
        servers: { local: { command: command('two words', '$(id)', '; ls'), env: { GIVEN: 'yes' }, envFrom: ['NAMED'] } },
      },
      environment: { PATH: process.env['PATH'], SECRET_KEY: 'sk-secret', NAMED: 'named' },
    });
    const started = JSON.parse(textOf(await call(`${url}/mcp`, 'local__started'))) as Started;
    expect(started).toMatchObject({ argv: ['two words', '$(id)', '; ls'], given: 'yes' });
    expect(new Set(started.environment)).toEqual(new Set(['GIVEN', 'NAMED', 'PATH']));
    const again = JSON.parse(textOf(await call(`${url}/mcp`, 'local__started'))) as Started;
    expect(again.pid).toBe(started.pid);
  });

  it('answers calls side by side, each its own', async () => {
    const { url } = await openTools({ tools: { servers: { local: { command: command() } } } });
    const slow = call(`${url}/mcp/local`, 'slow', { milliseconds: 200 });
    const answers = await Promise.all([1, 2, 3].map((value) => call(`${url}/mcp/local`, 'echo', { value })));
    expect(answers.map(textOf)).toEqual(['{"value":1}', '{"value":2}', '{"value":3}']);
    expect(textOf(await slow)).toBe('late');
  });

  it('that ends in the middle of a call fails that call alone, and is started again for the next', async () => {
    const { url } = await openTools({ tools: { servers: { local: { command: command() } } } });
    const failed = await call(`${url}/mcp/local`, 'crash');
    expect(failed.error).toMatchObject({ code: -32_603, message: expect.stringContaining('local ended (exit code 3)') });
    expect(textOf(await call(`${url}/mcp/local`, 'echo', { value: 1 }))).toBe('{"value":1}');
  });

  it('asks a modern client by way of its result, and goes on with the answer', async () => {
    const { url } = await openTools({ tools: { servers: { local: { command: command() } } } });
    const params = { name: 'confirm', arguments: {} };
    const asked = await ask(`${url}/mcp/local`, 'tools/call', params, {}, { elicitation: {} });
    expect(asked.result).toMatchObject({
      resultType: 'input_required',
      inputRequests: { 'question-1': { method: 'elicitation/create' } },
    });
    const { requestState } = asked.result ?? {};
    const answered = await ask(
      `${url}/mcp/local`,
      'tools/call',
      { ...params, requestState, inputResponses: { 'question-1': { action: 'accept', content: {} } } },
      {},
      { elicitation: {} },
    );
    expect(textOf(answered)).toBe('{"action":"accept","content":{}}');
    const replayed = await ask(
      `${url}/mcp/local`,
      'tools/call',
      { ...params, requestState, inputResponses: {} },
      {},
      { elicitation: {} },
    );
    expect(replayed).toMatchObject({ status: 400, error: { code: -32_602 } });
  });

  it('is not asked about a client that cannot be asked', async () => {
    const { url } = await openTools({ tools: { servers: { local: { command: command() } } } });
    expect(textOf(await call(`${url}/mcp/local`, 'confirm'))).toBe('{"refused":true}');
  });

  it('that cannot be started says so, and is not tried at every call', async () => {
    const { url } = await openTools({ tools: { servers: { local: { command: ['/nonexistent/program'] } } } });
    expect(await namesAt(`${url}/mcp`).catch(() => [])).toEqual([]);
    const { error } = await ask(`${url}/mcp/local`, 'tools/list');
    expect(error?.code).toBe(-32_601);
  });
});

describe('a server with sessions', () => {
  it('is greeted anew, once and unseen, when it forgot the session', async () => {
    const server = await startSmallServer('legacy', [{ name: 'pay' }]);
    onTestFinished(() => server.close());
    const { url } = await openTools({ tools: { servers: { bank: { url: server.url } } } });
    expect(textOf(await call(`${url}/mcp`, 'bank__pay', { sum: 1 }))).toBe('pay {"sum":1}');
    server.sessions.clear();
    expect(textOf(await call(`${url}/mcp`, 'bank__pay', { sum: 2 }))).toBe('pay {"sum":2}');
    const answered = server.received.filter(
      ({ method, headers }) => method === 'tools/call' && server.sessions.has(String(headers['mcp-session-id'])),
    );
    expect(answered.map(({ params }) => params['arguments'])).toEqual([{ sum: 2 }]);
  });

  it('is told when a session is not needed any more', async () => {
    const server = await startSmallServer('legacy', [{ name: 'pay' }]);
    onTestFinished(() => server.close());
    const opened = await openTools({ tools: { servers: { bank: { url: server.url } } } });
    await call(`${opened.url}/mcp`, 'bank__pay');
    expect(server.deleted).toEqual([]);
    await opened.close();
    expect(server.deleted).toEqual(['session-1']);
    expect(server.sessions.size).toBe(0);
  });

  it('shares its session among clients that can do the same', async () => {
    const upstream = await startEverything('legacy');
    onTestFinished(() => upstream.close());
    const { url } = await openTools({ tools: { servers: { all: { url: upstream.url } } } });
    await Promise.all(Array.from({ length: 20 }, () => call(`${url}/mcp/all`, 'test_simple_text')));
    expect(upstream.sessions).toBe(1);
  });

  it('is quoted in its own words where it says no', async () => {
    const server = await startSmallServer('modern', [{ name: 'pay' }]);
    onTestFinished(() => server.close());
    server.answer = () => ({ code: -32_000, message: 'The bank is closed.', data: { opens: '9:00' } });
    const { url } = await openTools({ tools: { servers: { bank: { url: server.url } } } });
    expect((await call(`${url}/mcp`, 'bank__pay')).error).toEqual({
      code: -32_000,
      message: 'The bank is closed.',
      data: { opens: '9:00' },
    });
  });
});

it('a server of the first transport is spoken to as well', async () => {
  let transport: SSEServerTransport | undefined;
  const mcp = new McpServer({ name: 'old', version: '1' });
  mcp.registerTool('greet', { description: 'Greets' }, async () => ({ content: [{ type: 'text', text: 'hello' }] }));
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (request.method === 'GET' && pathname === '/sse') {
      transport = new SSEServerTransport('/messages', response);
      void mcp.connect(transport);
    } else if (request.method === 'POST' && pathname === '/messages') void transport?.handlePostMessage(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { url } = await openTools({
    tools: { servers: { old: { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/sse` } } },
  });
  expect(textOf(await call(`${url}/mcp`, 'old__greet'))).toBe('hello');
});
