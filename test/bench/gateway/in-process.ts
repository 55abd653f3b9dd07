// What the gateway adds to a call that an agent makes in this process, and whether thousands of agents can wait for a
// model at once: `node test/bench/gateway/in-process.ts`. Beside it, in the same run, bare undici does the same.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Pool } from 'undici';
import { createGateway } from '#gateway';

const ANSWER = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'The ferry leaves at eight.', refusal: null }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 20, completion_tokens: 6, total_tokens: 26 },
});
const AGENTS = 5000;
const DELAY_MS = 500;
const ROUNDS = 6;

/** The provider, in a process of its own: `--provider <delay>`; tells its port. */
function provide(delayMs: number): void {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () =>
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(ANSWER) });
        response.end(ANSWER);
      }, delayMs),
    );
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', 8192, () => process.send?.((server.address() as { port: number }).port));
  process.on('disconnect', () => process.exit(0));
}

async function provider(delayMs: number): Promise<{ readonly url: string; stop(): void }> {
  const child = fork(import.meta.filename, ['--provider', String(delayMs)], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(message as number)));
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Processor time of one call, many one after another in a few lanes. */
async function cost(calls: number, once: () => Promise<unknown>): Promise<number> {
  const lanes = 16;
  const lane = async (): Promise<void> => {
    for (let call = 0; call < calls / lanes; call++) await once();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const before = cpuMicros();
  await Promise.all(Array.from({ length: lanes }, lane));
  return (cpuMicros() - before) / calls;
}

async function crowd(once: () => Promise<unknown>): Promise<{ readonly perSecond: number; readonly delayP99Ms: number }> {
  const agent = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) await once();
  };
  await Promise.all(Array.from({ length: AGENTS }, once));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  await Promise.all(Array.from({ length: AGENTS }, agent));
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  return { perSecond: (AGENTS * ROUNDS) / seconds, delayP99Ms: delay.percentile(99) / 1e6 };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
  const [fast, slow] = [await provider(0), await provider(DELAY_MS)];
  const gateway = createGateway({
    databasePath: join(folder, 'catalog.sqlite'),
    skills: {},
    environment: {},
    config: {
      providers: { fast: { baseUrl: `${fast.url}/v1` }, slow: { baseUrl: `${slow.url}/v1` } },
      prices: {
        'fast/m': { inputUsdPerMillion: 1, outputUsdPerMillion: 1 },
        'slow/m': { inputUsdPerMillion: 1, outputUsdPerMillion: 1 },
      },
      limits: { concurrency: 4096, queue: 20_000 },
      budget: { limitUsd: 1000 },
    },
  });
  try {
    const request = {
      task: 'bench',
      stage: 'agents',
      messages: [{ role: 'user', content: 'When does the ferry leave?' }],
    } as const;
    const body = JSON.stringify({ model: 'm', messages: request.messages, max_tokens: 1024 });
    const bare = (url: string): (() => Promise<unknown>) => {
      const pool = new Pool(url, { connections: 4096 });
      return async () => {
        const answer = await pool.request({
          path: '/v1/chat/completions',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        return answer.body.json();
      };
    };
    const through = (name: string): (() => Promise<unknown>) => {
      const model = gateway.languageModel({ model: name });
      return () => model.generate(request);
    };
    const [alone, with_] = [await cost(16_000, bare(fast.url)), await cost(16_000, through('fast/m'))];
    process.stdout.write(
      `one call: bare undici ${alone.toFixed(1)} µs of CPU, by the gateway ${with_.toFixed(1)} µs: ${(with_ - alone).toFixed(1)} µs added\n`,
    );
    const [free, governed] = [await crowd(bare(slow.url)), await crowd(through('slow/m'))];
    process.stdout.write(
      `${AGENTS} agents, a model that takes ${DELAY_MS} ms: bare undici ${free.perSecond.toFixed(0)} calls/s (event-loop delay p99 ${free.delayP99Ms.toFixed(1)} ms), ` +
        `by the gateway ${governed.perSecond.toFixed(0)} (p99 ${governed.delayP99Ms.toFixed(1)} ms): ${((governed.perSecond / free.perSecond) * 100).toFixed(1)} %\n`,
    );
  } finally {
    await gateway.close();
    fast.stop();
    slow.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [flag, delay] = process.argv.slice(2);
if (flag === '--provider') provide(Number(delay));
else {
  await main();
  process.exit(0);
}
