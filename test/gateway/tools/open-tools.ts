// A gateway with tool servers on a port of its own, closed when the test ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GatewayConfig } from '#gateway';
import { openGatewaySystem } from '../../../app/gateway-system.ts';
import type { GatewaySystem } from '../../../app/gateway-system.ts';
import { homeAt } from '../../../app/home.ts';
import { createGatewayServer } from '../../../app/http/server.ts';

export interface OpenedTools {
  /** Of the server, without a path. */
  readonly url: string;
  readonly system: GatewaySystem;
  readonly folder: string;
  close(): Promise<void>;
}

export interface OpenToolsOptions {
  readonly tools: GatewayConfig['tools'];
  readonly gateway?: GatewayConfig;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A home that another gateway had before. */
  readonly folder?: string;
}

export async function openTools({
  tools,
  gateway,
  environment = {},
  folder = newFolder(),
}: OpenToolsOptions): Promise<OpenedTools> {
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify({ gateway: { ...gateway, tools } }));
  const system = openGatewaySystem(homeAt(folder, {}), environment);
  const server = await createGatewayServer(system);
  await server.listen({ host: '127.0.0.1', port: 0 });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= server.close().then(() => system.close()));
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`, system, folder, close };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly result: Readonly<Record<string, unknown>> | undefined;
  readonly error: { readonly code: number; readonly message: string; readonly data?: unknown } | undefined;
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** One request of revision 2026-07-28, headers as they should be unless `headers` says otherwise. */
export async function ask(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
  capabilities: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const named = params['name'] ?? params['uri'];
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof named === 'string' ? { 'mcp-name': named } : {}),
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { ...params, _meta: { ...META, 'io.modelcontextprotocol/clientCapabilities': capabilities } },
    }),
  });
  const text = await response.text();
  const last = text.startsWith('{') || text === '' ? text : (text.trim().split('data: ').at(-1) ?? '');
  const { result, error } = last === '' ? {} : (JSON.parse(last) as Pick<Answer, 'result' | 'error'>);
  return { status: response.status, headers: response.headers, result, error };
}

export const call = (url: string, name: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
  ask(url, 'tools/call', { name, arguments: args });

/** Of the first block. */
export const textOf = ({ result }: Answer): string => {
  const content = result?.['content'] as readonly { readonly text?: string }[] | undefined;
  return String(content?.[0]?.text);
};

export async function namesAt(url: string): Promise<readonly string[]> {
  const { result } = await ask(url, 'tools/list');
  return ((result?.['tools'] ?? []) as readonly { readonly name: string }[]).map(({ name }) => name);
}
