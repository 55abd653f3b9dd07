// The budget of a run is open while the run lives, is paused or is talked to, and closed otherwise, whoever died.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CostsView, RunView } from '#api/contract';
import type { BudgetView } from '#api/contract';
import { homeAt } from '../../app/home.ts';
import { openSystem } from '../../app/system.ts';
import { plainAnswer } from '../fixtures/openai-replies.ts';
import { startOpenAiServer, type OpenAiServer } from '../fixtures/openai-server.ts';
import { COMMAND, startServer, type RunningServer } from './helpers.ts';

const KEY = 'sk-test-key';
const SMALL = { scenario: 'quickstart', agents: 60, rounds: 8, ensemble: 2, threads: 0 };

let provider: OpenAiServer;
let server: RunningServer;
let seenWhileAnswering: readonly string[] = [];

const openBudgets = (): readonly string[] => server.system.gateway.ledger.balances().map(({ id }) => id);

beforeEach(async () => {
  provider = await startOpenAiServer({
    apiKey: KEY,
    answer: (body) => {
      seenWhileAnswering = openBudgets();
      return plainAnswer(body);
    },
  });
  server = await startServer({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: provider.baseUrl });
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

const start = async (body: object): Promise<string> => RunView.parse((await server.call('/api/v1/runs', body)).json).id;
const shown = async (id: string): Promise<BudgetView> =>
  (await server.call(`/api/v1/budgets/${encodeURIComponent(`run:${id}`)}`)).json as BudgetView;
const isClosed = async (id: string): Promise<boolean> => (await shown(id)).closed;

it('is closed when the run is over, with what was spent; a chat opens it and closes it again', async () => {
  const id = await start({ ...SMALL, model: 'openai/gpt-4o-mini', agentShare: 0.2, budgetUsd: 5 });
  await server.rested(id);
  expect(seenWhileAnswering).toContain(`run:${id}`);
  await expect.poll(() => isClosed(id)).toBe(true);
  const spent = (await shown(id)).spentUsd;
  expect(spent).toBeGreaterThan(0);
  expect(await shown(id)).toMatchObject({ limitUsd: 5, reservedUsd: 0 });
  expect(openBudgets()).toEqual(['shoal']);

  const asked = await Promise.all(
    ['What do you think?', 'And why?'].map((message) => server.call(`/api/v1/runs/${id}/agents/0/chat`, { message })),
  );
  expect(asked.map(({ status }) => status)).toEqual([200, 200]);
  expect(seenWhileAnswering).toContain(`run:${id}`);
  expect(await isClosed(id)).toBe(true);
  expect((await shown(id)).spentUsd).toBeGreaterThan(spent);
  expect(CostsView.parse((await server.call(`/api/v1/runs/${id}/costs`)).json).spentUsd).toBe((await shown(id)).spentUsd);
}, 60_000);

it('stays open while the run is paused, keeps a limit that was raised, and is closed when the run is stopped', async () => {
  const id = await start({ ...SMALL, rounds: 40, budgetUsd: 1 });
  for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(30_000)))
    if (event.kind === 'round') break;
  await server.call(`/api/v1/runs/${id}/pause`, {});
  expect(await isClosed(id)).toBe(false);
  await server.call(`/api/v1/budgets/${encodeURIComponent(`run:${id}`)}/add`, { usd: 2 });
  await server.call(`/api/v1/runs/${id}/resume`, {});
  await server.call(`/api/v1/runs/${id}/stop`, {});
  await expect.poll(() => isClosed(id)).toBe(true);
  await server.call(`/api/v1/runs/${id}/resume`, {});
  expect(await shown(id)).toMatchObject({ limitUsd: 3 });
  await server.rested(id);
  await expect.poll(() => isClosed(id)).toBe(true);
  server.system.runs.remove(id);
  expect(await isClosed(id)).toBe(true);
});

it('of a process that died is closed by the next that looks', async () => {
  const size = ['--agents', '2000', '--rounds', '60'];
  const child = spawn(process.execPath, [COMMAND, 'run', 'quickstart', ...size, '--home', server.home]);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  await expect.poll(() => words, { timeout: 30_000 }).toContain('✓ population');
  const id = /run ([a-z0-9-]+):/.exec(words)?.[1] ?? '';
  expect(await isClosed(id)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = openSystem(homeAt(server.home, {}), {});
  expect(next.runs.view(id).status).toBe('interrupted');
  expect(next.gateway.ledger.balance(`run:${id}`)?.closed).toBe(true);
  await next.close();
}, 60_000);

it('leaves a budget of that name alone that belongs to no run', async () => {
  server.system.gateway.ledger.open({ id: 'run:mine', parent: 'shoal', limitNanoUsd: 1 });
  const next = openSystem(homeAt(server.home, {}), {});
  expect(next.gateway.ledger.balance('run:mine')?.closed).toBe(false);
  await next.close();
});
