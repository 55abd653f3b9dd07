// What a tool call costs in the gateway, beside the bare stub and a proxy that only passes bytes on, in one run:
// `node test/bench/tools/run.ts [--calls 20000]`. The gateway runs with a key, limits, two guardrails, schemas, pins and the
// request log on. Processor time is the gateway's own; it counts the same on a machine that has other work.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { cpuMs, rssMiB, start } from '../gateway/processes.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '20000' } } });
const CALLS = Number(values.calls);
const ROOT = join(import.meta.dirname, '../../..');
const STUB = 4911;
const PROXY = 4912;
const GATEWAY = 4913;

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const params = { name: 'find', arguments: { query: 'when does the ferry leave', limit: 3 } };
const modern = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...params, _meta: META } });
const legacy = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const MODERN = { ...HEADERS, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'find' };

interface Target {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Row {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
}

async function drive({ port, path, headers, body, pid }: Target, callers: number, calls: number): Promise<Row> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: callers });
  const took: number[] = [];
  let left = calls;
  const before = cpuMs(pid);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) {
        const sent = performance.now();
        const answer = await pool.request({ method: 'POST', path, headers, body });
        const text = await answer.body.text();
        if (!text.includes('The ferry leaves')) throw new Error(`Not the answer: ${text.slice(0, 300)}`);
        took.push(performance.now() - sent);
      }
    }),
  );
  const elapsedMs = performance.now() - began;
  await pool.close();
  const sorted = took.toSorted((first, second) => first - second);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    perSecond: (calls / elapsedMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMicros: ((cpuMs(pid) - before) * 1000) / calls,
  };
}

const home = mkdtempSync(join(tmpdir(), 'shoal-bench-tools-'));
writeFileSync(
  join(home, 'config.yaml'),
  JSON.stringify({
    access: { requireKeys: true },
    gateway: {
      tools: { servers: { web: { url: `http://127.0.0.1:${STUB}/` } } },
      guardrails: [
        { kind: 'pii', name: 'persons' },
        { kind: 'secrets', name: 'secrets' },
      ],
    },
  }),
);
const shoal = (...args: string[]): [string, string[]] => [
  process.execPath,
  [join(ROOT, 'bin/shoal.js'), ...args, '--home', home],
];
const script = (file: string, ...args: number[]): [string, string[]] => [
  process.execPath,
  [join(import.meta.dirname, file), ...args.map(String)],
];

const made = await start(
  ...shoal('keys', 'create', '--name', 'bench', '--scopes', 'invoke', '--requests-per-minute', '100000000'),
  { url: 'data:,' },
);
await new Promise((resolve) => (made.child.exitCode === null ? made.child.on('exit', resolve) : resolve(undefined)));
const key = /sk-shoal-\S+/.exec(made.output())?.[0] ?? '';
const stub = await start(...script('stub.ts', STUB));
const proxy = await start(...script('../gateway/floor.ts', PROXY, STUB));
const gateway = await start(...shoal('gateway', '--port', String(GATEWAY)), { url: `http://127.0.0.1:${GATEWAY}/healthz` });
try {
  const authorization = `Bearer ${key}`;
  const session = await fetch(`http://127.0.0.1:${GATEWAY}/mcp/web`, {
    method: 'POST',
    headers: { ...HEADERS, authorization },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {} },
    }),
  });
  const inSession = { ...HEADERS, authorization, 'mcp-session-id': session.headers.get('mcp-session-id') ?? '' };
  const pidOf = ({ child }: typeof stub): number => child.pid ?? 0;
  const targets: readonly Target[] = [
    { name: 'bare stub', port: STUB, pid: pidOf(stub), path: '/', headers: MODERN, body: modern },
    { name: 'transparent proxy', port: PROXY, pid: pidOf(proxy), path: '/', headers: MODERN, body: modern },
    {
      name: 'shoal, modern client',
      port: GATEWAY,
      pid: pidOf(gateway),
      path: '/mcp/web',
      headers: { ...MODERN, authorization },
      body: modern,
    },
    { name: 'shoal, legacy client', port: GATEWAY, pid: pidOf(gateway), path: '/mcp/web', headers: inSession, body: legacy },
  ];
  process.stdout.write('target                   callers   calls/s    p50 ms    p99 ms   CPU µs/call\n');
  for (const target of targets) {
    await drive(target, 16, Math.ceil(CALLS / 4));
    for (const callers of [1, 16]) {
      const { perSecond, p50Ms, p99Ms, cpuMicros } = await drive(target, callers, CALLS);
      const figures = [callers.toFixed(0), perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2), cpuMicros.toFixed(0)];
      process.stdout.write(`${target.name.padEnd(24)}${figures.map((figure) => figure.padStart(10)).join('')}\n`);
    }
  }
  process.stdout.write(`memory of the gateway afterwards: ${rssMiB(pidOf(gateway)).toFixed(0)} MiB\n`);
} finally {
  for (const running of [gateway, proxy, stub]) await running.stop();
  rmSync(home, { recursive: true, force: true });
}
