// Streams that break: a legacy client takes its own up again by the last event that it saw, and the gateway a server's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { call, openTools, textOf } from './open-tools.ts';

const STDIO = fileURLToPath(new URL('../../fixtures/mcp/stdio-server.ts', import.meta.url));
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

it('a client that lost the connection gets what it missed, and nothing twice', async () => {
  const { url } = await openTools({
    tools: { servers: { local: { command: [process.execPath, '--disable-warning=ExperimentalWarning', STDIO] } } },
  });
  const post = (body: object, headers: Record<string, string>, signal: AbortSignal | null = null): Promise<Response> =>
    fetch(`${url}/mcp/local`, {
      method: 'POST',
      headers: { ...HEADERS, ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...body }),
      signal,
    });
  const begun = await post({ id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {} } }, {});
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };

  const lost = new AbortController();
  const params = { name: 'slow', arguments: { milliseconds: 400 }, _meta: { progressToken: 'p' } };
  const calling = await post({ id: 1, method: 'tools/call', params }, session, lost.signal);
  const reader = calling.body?.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  while (!seen.includes('notifications/progress')) seen += (await reader?.read())?.value ?? '';
  expect(seen).toMatch(/^id: \d+-\d+\ndata: \n\n/);
  const lastId = [...seen.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? '';
  lost.abort();

  const resumed = await fetch(`${url}/mcp/local`, {
    headers: { accept: 'text/event-stream', 'last-event-id': lastId, ...session },
  });
  const rest = await resumed.text();
  expect(rest).not.toContain('notifications/progress');
  expect(rest).toContain('"id":1,"result":{"content":[{"type":"text","text":"late"}]}');

  const again = await fetch(`${url}/mcp/local`, {
    headers: { accept: 'text/event-stream', 'last-event-id': lastId, ...session },
  });
  expect(await again.text()).toContain('"late"');
  const unknown = await fetch(`${url}/mcp/local`, {
    headers: { accept: 'text/event-stream', 'last-event-id': '99-99', ...session },
  });
  expect(unknown.status).toBe(404);

  expect((await fetch(`${url}/mcp/local`, { method: 'DELETE', headers: session })).status).toBe(204);
  expect((await post({ id: 2, method: 'ping' }, session)).status).toBe(404);
});

it('a server that ends its stream early is asked for the rest, and not called again', async () => {
  const seen: string[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { id, method } = (body === '' ? {} : JSON.parse(body)) as { readonly id?: number; readonly method?: string };
      const last = request.headers['last-event-id'];
      if (method === 'tools/call' || last !== undefined) seen.push(method ?? `after ${String(last)}`);
      const json = (result: object): void =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      const stream = (text: string): void => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
      if (method === 'initialize')
        json({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'polled', version: '1' } });
      else if (method === 'tools/list') json({ tools: [{ name: 'pay', inputSchema: { type: 'object' } }] });
      else if (method === 'tools/call') stream('retry: 5\nid: first\ndata: \n\n');
      else if (last === 'first') stream('retry: 5\nid: second\ndata: \n\n');
      else if (last === 'second')
        stream(`id: third\ndata: {"jsonrpc":"2.0","id":${calls},"result":{"content":[{"type":"text","text":"paid"}]}}\n\n`);
      else response.writeHead(method === undefined ? 405 : 202).end();
      if (method === 'tools/call') calls = id ?? 0;
    });
  });
  let calls = 0;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  const { url } = await openTools({
    tools: { servers: { bank: { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`, era: 'legacy' } } },
  });
  expect(textOf(await call(`${url}/mcp/bank`, 'pay'))).toBe('paid');
  expect(seen).toEqual(['tools/call', 'after first', 'after second']);
});
