// How fast the gateway is, beside a bare proxy and beside its peers, all in one run on one machine:
// `node test/bench/gateway/run.ts [--install] [--seconds 3] [--soak 600]`. The gateway has one core to itself (where the
// system can pin), provider and load share another. Shoal runs with keys, budgets, limits, request log and metrics on;
// the others with all of that off. Every figure is for one core: requests a second, and processor time a request.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPeers, installPeers } from './peers.ts';
import { cpuMs, load, rssMiB, start } from './processes.ts';
import type { LoadOptions, StartOptions } from './processes.ts';

const { values } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    soak: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
});
const SECONDS = Number(values.seconds);
const WARM_SECONDS = 10;
const ROOT = join(import.meta.dirname, '../../..');
const GATEWAY_CORE = 1;
const OTHER_CORE = 0;
const UPSTREAM = 4901;
const SLOW_UPSTREAM = 4902;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Target {
  readonly name: string;
  readonly port: number;
  readonly slowPort: number;
  readonly load: Pick<LoadOptions, 'path' | 'model' | 'headers' | 'key'>;
  /** Starts it before the provider on this port; undefined for the provider itself. */
  readonly begin: ((upstreamPort: number, port: number) => Promise<Running>) | undefined;
}

interface Running {
  readonly pid: number;
  /** What callers must show. */
  readonly key?: string;
  readonly home?: string;
  stop(): Promise<void>;
}

interface Row {
  readonly name: string;
  readonly alone: number;
  readonly perSecond32: number;
  readonly perSecond128: number;
  readonly cpuMicros: number;
  readonly p50At50ms: number;
  readonly p99At50ms: number;
  readonly corePercentAt50ms: number;
  readonly firstTokenP50: number;
  readonly firstTokenP99: number;
  readonly streamMiB: number;
  readonly idleMiB: number;
  readonly errors: number;
}

async function begun(command: string, args: readonly string[], options: StartOptions): Promise<Running> {
  const started = await start(command, args, options);
  return { pid: started.child.pid ?? 0, stop: () => started.stop() };
}

async function beginShoal(upstreamPort: number, port: number, limitUsd = '10000'): Promise<Running> {
  const { home, key } = shoalHome(upstreamPort, limitUsd);
  // As its users start it, with the cache of compiled code.
  const args = [join(ROOT, 'bin/shoal.js'), 'gateway', '--home', home, '--port', String(port)];
  const running = await begun(process.execPath, args, { core: GATEWAY_CORE, url: `http://127.0.0.1:${port}/healthz` });
  const stop = async (): Promise<void> => {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { ...running, key, home, stop };
}

function shoalHome(upstreamPort: number, limitUsd: string): { readonly home: string; readonly key: string } {
  const home = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
  writeFileSync(
    join(home, 'config.yaml'),
    JSON.stringify({
      gateway: {
        providers: { mock: { baseUrl: `http://127.0.0.1:${upstreamPort}/v1`, models: { 'gpt-4o-mini': {} } } },
        prices: { 'mock/gpt-4o-mini': { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 } },
        routing: { aliases: { 'gpt-4o-mini': 'mock/gpt-4o-mini' } },
        limits: { concurrency: 1024 },
        budget: { limitUsd: 100_000 },
      },
    }),
  );
  const cli = (...args: readonly string[]): string =>
    execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(ROOT, 'app/cli/main.ts'), ...args, '--home', home, '--json'],
      {
        encoding: 'utf8',
      },
    );
  cli('keys', 'teams', 'set', 'bench', '--limit', '50000');
  cli('keys', 'users', 'set', 'bench');
  const limits = ['--limit', limitUsd, '--requests-per-minute', '100000000', '--tokens-per-minute', '1000000000'];
  const made = cli('keys', 'create', '--name', 'bench', '--scopes', 'invoke', '--team', 'bench', '--user', 'bench', ...limits);
  return { home, key: (JSON.parse(made) as { secret: string }).secret };
}

async function measure(target: Target): Promise<Row> {
  say(`${target.name} …`);
  const { begin } = target;
  const once = async <T>(
    upstreamPort: number,
    port: number,
    work: (to: Pick<LoadOptions, 'port' | 'key' | 'path' | 'model' | 'headers'>, pid: number | undefined) => Promise<T>,
  ): Promise<T> => {
    if (begin === undefined) return work({ ...target.load, port: upstreamPort }, undefined);
    const running = await begin(upstreamPort, port);
    try {
      return await work({ ...target.load, port, ...(running.key === undefined ? {} : { key: running.key }) }, running.pid);
    } finally {
      await running.stop();
    }
  };
  const instant = await once(UPSTREAM, target.port, async (to, pid) => {
    const base = { ...to, core: OTHER_CORE, seconds: SECONDS };
    // Until the code is compiled: a server lives for weeks.
    await load({ ...base, connections: 32, seconds: WARM_SECONDS });
    const idleMiB = pid === undefined ? 0 : rssMiB(pid);
    const alone = await load({ ...base, connections: 1, core: GATEWAY_CORE });
    const before = pid === undefined ? 0 : cpuMs(pid);
    const at32 = await load({ ...base, connections: 32 });
    const used = pid === undefined ? 0 : cpuMs(pid) - before;
    const at128 = await load({ ...base, connections: 128 });
    return { idleMiB, alone, at32, at128, cpuMicros: (used * 1000) / Math.max(1, at32.requests) };
  });
  const slow = await once(SLOW_UPSTREAM, target.slowPort, async (to, pid) => {
    const base = { ...to, core: OTHER_CORE };
    await load({ ...base, connections: 128, seconds: WARM_SECONDS });
    const before = pid === undefined ? 0 : cpuMs(pid);
    const at128 = await load({ ...base, connections: 128, seconds: SECONDS });
    const percent = pid === undefined ? 0 : (cpuMs(pid) - before) / (SECONDS * 10);
    const streams = load({ ...base, connections: 256, seconds: Math.max(4, SECONDS), stream: true });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const streamMiB = pid === undefined ? 0 : rssMiB(pid);
    return { at128, percent, streams: await streams, streamMiB };
  });
  return {
    name: target.name,
    alone: instant.alone.p50,
    perSecond32: instant.at32.perSecond,
    perSecond128: instant.at128.perSecond,
    cpuMicros: instant.cpuMicros,
    p50At50ms: slow.at128.p50,
    p99At50ms: slow.at128.p99,
    corePercentAt50ms: slow.percent,
    firstTokenP50: slow.streams.firstTokenP50,
    firstTokenP99: slow.streams.firstTokenP99,
    streamMiB: slow.streamMiB,
    idleMiB: instant.idleMiB,
    errors: instant.at32.errors + instant.at128.errors + slow.at128.errors + slow.streams.errors,
  };
}

/** Milliseconds from a client's leaving to the provider's noticing, for streams cut off in the middle. */
async function abortMs(port: number, upstreamPort: number, key: string, model: string): Promise<readonly number[]> {
  const counts = async (): Promise<{ abandoned: number; lastAbandonedAt: number }> =>
    (await (await fetch(`http://127.0.0.1:${upstreamPort}/`)).json()) as { abandoned: number; lastAbandonedAt: number };
  const measured: number[] = [];
  for (let round = 0; round < 20; round++) {
    const { abandoned } = await counts();
    const leave = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'hi' }] }),
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const left = Date.now();
    leave.abort();
    for (;;) {
      const now = await counts();
      if (now.abandoned > abandoned) {
        measured.push(now.lastAbandonedAt - left);
        break;
      }
      if (Date.now() - left > 5000) {
        measured.push(Infinity);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  return measured;
}

interface Race {
  readonly limitUsd: number;
  readonly spentUsd: number;
  readonly billedUsd: number;
  readonly calls: number;
}

/** 128 callers against a limit that some hundred calls use up; what the provider billed is counted by the provider. */
async function race(): Promise<Race> {
  const limitUsd = 0.02;
  const running = await beginShoal(SLOW_UPSTREAM, 4931, String(limitUsd));
  try {
    const before = await billed();
    const result = await load({ port: 4931, connections: 128, seconds: 6, core: OTHER_CORE, key: running.key ?? '' });
    const after = await billed();
    const nodes = (await (await fetch('http://127.0.0.1:4931/api/v1/budgets')).json()) as readonly BudgetRow[];
    const node = nodes.find(({ id }) => id.includes('/key:'));
    return {
      limitUsd,
      spentUsd: node?.spentUsd ?? Number.NaN,
      billedUsd: after - before,
      calls: result.requests - result.errors,
    };
  } finally {
    await running.stop();
  }
}

interface BudgetRow {
  readonly id: string;
  readonly spentUsd: number;
}

async function billed(): Promise<number> {
  const counts = (await (await fetch(`http://127.0.0.1:${SLOW_UPSTREAM}/`)).json()) as {
    inputTokens: number;
    outputTokens: number;
  };
  return (counts.inputTokens * 0.15 + counts.outputTokens * 0.6) / 1e6;
}

/** Load for a long time at a steady rate: memory and the slowest calls, every half minute. */
async function soak(seconds: number, perSecond: number): Promise<readonly (readonly [at: number, mib: number, p99: number])[]> {
  const running = await beginShoal(UPSTREAM, 4941);
  const rows: (readonly [number, number, number])[] = [];
  try {
    for (let at = 0; at < seconds; at += 30) {
      const result = await load({
        port: 4941,
        connections: 64,
        seconds: Math.min(30, seconds - at),
        core: OTHER_CORE,
        key: running.key ?? '',
        rate: perSecond,
      });
      rows.push([at + 30, rssMiB(running.pid), result.p99]);
      say(
        `  ${at + 30} s: ${rssMiB(running.pid).toFixed(0)} MiB, p99 ${result.p99} ms, ${result.perSecond} requests/s, ${result.errors} errors`,
      );
    }
  } finally {
    await running.stop();
  }
  return rows;
}

async function main(): Promise<void> {
  if (values.install) installPeers(say);
  const scratch = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
  mkdirSync(scratch, { recursive: true });
  const upstreams = [
    await start(process.execPath, [join(import.meta.dirname, 'upstream.ts'), String(UPSTREAM), '0'], { core: OTHER_CORE }),
    await start(process.execPath, [join(import.meta.dirname, 'upstream.ts'), String(SLOW_UPSTREAM), '50'], { core: OTHER_CORE }),
  ];
  try {
    const setup = { core: GATEWAY_CORE, folder: scratch };
    const { peers, absent } = findPeers({ ...setup, upstreamPort: UPSTREAM, port: 4921 });
    const targets: Target[] = [
      { name: 'the provider itself', port: UPSTREAM, slowPort: SLOW_UPSTREAM, load: {}, begin: undefined },
      {
        name: 'floor: node:http + undici, nothing else',
        port: 4911,
        slowPort: 4912,
        load: {},
        begin: (upstream, port) =>
          begun(process.execPath, [join(import.meta.dirname, 'floor.ts'), String(port), String(upstream)], {
            core: GATEWAY_CORE,
          }),
      },
      {
        name: 'Shoal, everything on',
        port: 4913,
        slowPort: 4914,
        load: {},
        begin: (upstream, port) => beginShoal(upstream, port),
      },
      ...peers.map(({ name, path, model, headers }, index): Target => ({
        name: `${name}, everything off`,
        port: 4921 + index * 2,
        slowPort: 4922 + index * 2,
        load: { path, model, headers: headersFor(headers, UPSTREAM) },
        begin: (upstream, port) => {
          const peer = findPeers({ ...setup, upstreamPort: upstream, port }).peers[index];
          if (peer === undefined) throw new Error(`${name} has gone.`);
          return begun(peer.command, peer.args, peer.options);
        },
      })),
    ];
    const wanted = targets.filter(({ name }) => values.only === undefined || name.toLowerCase().includes(values.only));
    const rows: Row[] = [];
    const failed: string[] = [];
    for (const target of wanted) {
      try {
        rows.push(await measure(target));
      } catch (error) {
        // One that does not start must not cost the others their rows.
        failed.push(`${target.name} (${(error as Error).message.split('\n')[0]?.slice(0, 160)})`);
      }
    }
    report(rows, [...absent, ...failed]);
    const shoal = await beginShoal(SLOW_UPSTREAM, 4951);
    try {
      const aborts = (await abortMs(4951, SLOW_UPSTREAM, shoal.key ?? '', 'gpt-4o-mini')).toSorted((a, b) => a - b);
      process.stdout.write(
        `\nA client that leaves is noticed by the provider after ${aborts[10]} ms (median of 20), ${aborts.at(-1)} ms at most.\n`,
      );
    } finally {
      await shoal.stop();
    }
    const { limitUsd, spentUsd, billedUsd, calls } = await race();
    process.stdout.write(
      `128 callers against $${limitUsd}: ${calls} calls, $${spentUsd.toFixed(6)} on the ledger, $${billedUsd.toFixed(6)} billed by the provider (${((billedUsd / limitUsd) * 100).toFixed(1)} % of the limit).\n`,
    );
    const own = rows.find(({ name }) => name.startsWith('Shoal'));
    if (Number(values.soak) > 0 && own !== undefined) {
      say(`soaking for ${values.soak} s …`);
      const taken = await soak(Number(values.soak), Math.round(own.perSecond32 * 0.7));
      process.stdout.write(`\nSoak at 70 % of the load it can bear:\n\n| s | MiB | p99 ms |\n|--:|--:|--:|\n`);
      for (const [at, mib, p99] of taken) process.stdout.write(`| ${at} | ${mib.toFixed(0)} | ${p99} |\n`);
    }
  } finally {
    for (const upstream of upstreams) await upstream.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Portkey is told by a header where its provider is. */
function headersFor(headers: readonly string[], upstream: number): readonly string[] {
  return headers.map((line) => line.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${upstream}`));
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

function report(rows: readonly Row[], absent: readonly string[]): void {
  const direct = rows.find(({ name }) => name.startsWith('the provider'));
  const own = rows.find(({ name }) => name.startsWith('Shoal'));
  write(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  if (absent.length > 0) write(`Not installed here, so not measured: ${absent.join(', ')} (try --install).`);
  write('');
  write(
    '| | added p50, alone (ms) | requests/s c=32 | c=128 | CPU µs/request | per core vs Shoal | 50 ms provider, c=128: p50 / p99 (ms) | of a core | first token added, 256 streams: p50 / p99 (ms) | MiB idle → 256 streams | errors |',
  );
  write('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
  for (const row of rows) {
    const added = direct === undefined || row === direct ? '–' : (row.alone - direct.alone).toFixed(3);
    const ratio = own === undefined || row.cpuMicros === 0 ? '–' : `${(own.cpuMicros / row.cpuMicros).toFixed(2)} ×`;
    const token =
      direct === undefined || row === direct
        ? '–'
        : `${(row.firstTokenP50 - direct.firstTokenP50).toFixed(2)} / ${(row.firstTokenP99 - direct.firstTokenP99).toFixed(2)}`;
    const cells = [
      row.name,
      added,
      row.perSecond32,
      row.perSecond128,
      row.cpuMicros === 0 ? '–' : row.cpuMicros.toFixed(0),
      ratio,
      `${row.p50At50ms} / ${row.p99At50ms}`,
      row.corePercentAt50ms === 0 ? '–' : `${row.corePercentAt50ms.toFixed(0)} %`,
      token,
      `${row.idleMiB.toFixed(0)} → ${row.streamMiB.toFixed(0)}`,
      row.errors,
    ];
    write(`| ${cells.join(' | ')} |`);
  }
}

await main();
