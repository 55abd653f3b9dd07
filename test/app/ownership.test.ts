// Who lives a run, and what its view says when that goes wrong: several processes, deaths, damaged files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunView } from '#api/contract';
import { openDatabase } from '#store';
import { homeAt } from '../../app/home.ts';
import { openSystem, type System } from '../../app/system.ts';
import { COMMAND, startServer, type RunningServer } from './helpers.ts';

const SMALL = { agents: 60, rounds: 10, ensemble: 2, threads: 0 };

let server: RunningServer;
let other: System;

beforeEach(async () => {
  server = await startServer();
  other = openSystem(homeAt(server.home, {}), {});
});
afterEach(async () => {
  await other.close();
  await server.close();
});

const post = async (path: string, body: unknown = {}): Promise<{ status: number; json: unknown }> =>
  server.call(`/api/v1/runs${path}`, body);
const view = async (id: string): Promise<RunView> => RunView.parse((await server.call(`/api/v1/runs/${id}`)).json);
const finished = async (): Promise<RunView> =>
  server.rested(RunView.parse((await post('', { scenario: 'quickstart', ...SMALL })).json).id);

/** A run that has lived a few rounds and rests. */
async function paused(overrides: object = {}): Promise<RunView> {
  const { id } = RunView.parse((await post('', { scenario: 'quickstart', ...SMALL, rounds: 30, ...overrides })).json);
  for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(30_000)))
    if (event.kind === 'round') break;
  return RunView.parse((await post(`/${id}/pause`)).json);
}

/** As if the process had died before it wrote its row again. */
function setRow(id: string, change: Partial<RunView>): void {
  const database = openDatabase(homeAt(server.home, {}).catalog, { room: 'test', migrations: [] });
  const row = database.prepare('SELECT view FROM runs WHERE id = ?').get(id);
  const changed = { ...(JSON.parse(String(row?.['view'])) as RunView), ...change };
  database.prepare('UPDATE runs SET view = ? WHERE id = ?').run(JSON.stringify(changed), id);
  database.close();
}

it('sees that the process which lived a run is dead, and goes on with it', async () => {
  const child = spawn(process.execPath, [
    COMMAND,
    'run',
    'quickstart',
    '--agents',
    '2000',
    '--rounds',
    '60',
    '--home',
    server.home,
  ]);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  await expect.poll(() => words, { timeout: 20_000 }).toContain('✓ population');
  const id = /run ([a-z0-9-]+):/.exec(words)?.[1] ?? '';
  expect((await view(id)).status).toBe('running');
  expect((await post(`/${id}/resume`)).status).toBe(409);
  expect((await server.call('/api/v1/runs')).json).toMatchObject([{ id, status: 'running' }]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const left = await view(id);
  expect(left.status).toBe('interrupted');
  expect(left.stages.filter((stage) => stage.state === 'running')).toEqual([]);
  expect((await post(`/${id}/resume`)).status).toBe(200);
  expect((await post(`/${id}/stop`)).status).toBe(200);
  expect((await view(id)).status).toBe('stopped');
}, 60_000);

it('lets one process resume a run and refuses the other', async () => {
  const { id } = await paused();
  const first = server.system.runs.go(id);
  expect(() => other.runs.go(id)).toThrowError(expect.objectContaining({ code: 'conflict' }));
  expect((await first).status).toBe('finished');
  expect((await other.runs.go(id)).status).toBe('finished');
});

it('knows no run any more that another process has deleted', async () => {
  const { id } = await paused();
  other.runs.remove(id);
  expect((await server.call(`/api/v1/runs/${id}`)).status).toBe(404);
  expect((await post(`/${id}/resume`)).status).toBe(404);
});

it('says that a damaged run file is damaged, and does not run for ever', async () => {
  const { id } = await paused();
  const path = homeAt(server.home, {}).runFile(id);
  const bytes = readFileSync(path);
  bytes.fill(7, 0, 4096);
  writeFileSync(path, bytes);
  for (const suffix of ['-wal', '-shm']) writeFileSync(`${path}${suffix}`, '');
  await post(`/${id}/resume`);
  const rested = await server.rested(id);
  expect(rested.status).toBe('failed');
  expect(rested.problem).toMatchObject({ code: 'record_corrupt' });
});

it('counts rounds and events by the file where the row lags behind', async () => {
  const whole = await finished();
  const half = await paused({ rounds: SMALL.rounds + 20 });
  setRow(half.id, { roundsDone: 1, events: 0, status: 'running' });
  expect(await view(half.id)).toMatchObject({ status: 'interrupted', roundsDone: half.roundsDone, events: half.events });
  setRow(half.id, { roundsDone: 1, events: 0 });
  await post(`/${half.id}/resume`);
  const rested = await server.rested(half.id);
  const rounds = server.system.runs.record(half.id).summaries();
  expect(rested).toMatchObject({ status: 'finished', roundsDone: 30, digest: rounds.at(-1)?.digest });
  expect(rested.events).toBe(rounds.reduce((sum, round) => sum + round.events, 0));
  expect(whole.roundsDone).toBe(SMALL.rounds);
});

it('has no stage under way while it rests, and forgets a wish that nobody heard', async () => {
  const held = await paused();
  expect(held.stages.filter((stage) => ['running', 'failed'].includes(stage.state))).toEqual([]);
  const database = openDatabase(homeAt(server.home, {}).catalog, { room: 'test', migrations: [] });
  database.prepare('INSERT INTO run_requests VALUES (?, ?)').run(held.id, 'stopped');
  database.close();
  await post(`/${held.id}/resume`);
  expect((await server.rested(held.id)).status).toBe('finished');
});

it('takes one move by hand at a time', async () => {
  const held = await paused();
  const { runs } = server.system;
  const stepping = runs.step(held.id);
  const others = [runs.step(held.id), runs.inject(held.id, { text: 'News.', issue: 0, stance: 1, reach: 1 })];
  expect(() => other.runs.go(held.id)).toThrowError(expect.objectContaining({ code: 'conflict' }));
  for (const refused of others) await expect(refused).rejects.toMatchObject({ code: 'conflict' });
  expect(await stepping).toMatchObject({ status: 'paused', roundsDone: held.roundsDone + 1 });
  expect((await post(`/${held.id}/step`)).json).toMatchObject({ roundsDone: held.roundsDone + 2 });
});

it('goes on after a pause that was still under way', async () => {
  const { id } = RunView.parse((await post('', { scenario: 'quickstart', ...SMALL, rounds: 40 })).json);
  for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(30_000)))
    if (event.kind === 'round') break;
  const pausing = server.system.runs.pause(id);
  const going = server.system.runs.go(id);
  expect((await pausing).status).toBe('paused');
  expect((await going).status).toBe('finished');
});

it('gives a repeated request the run that it made, as it is, and refuses the key for another', async () => {
  const body = { scenario: 'quickstart', ...SMALL, rounds: 40 };
  const key = { 'idempotency-key': 'once' };
  const { id } = RunView.parse((await server.call('/api/v1/runs', body, key)).json);
  await post(`/${id}/stop`);
  const again = RunView.parse((await server.call('/api/v1/runs', body, key)).json);
  expect(again).toMatchObject({ id, status: 'stopped' });
  const otherwise = await server.call('/api/v1/runs', { ...body, agents: 61 }, key);
  expect(otherwise.status).toBe(409);
  expect((await server.call('/api/v1/runs', body, { 'idempotency-key': '' })).status).toBe(400);
});

it('takes news from another process into a run under way, and refuses as itself would', async () => {
  const made = await post('', { scenario: 'quickstart', ...SMALL, agents: 3000, rounds: 400, ensemble: 1 });
  const { id } = RunView.parse(made.json);
  for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(30_000)))
    if (event.kind === 'round') break;
  const news = { text: 'The city has withdrawn its plan.', issue: 0, stance: -0.9, reach: 0.5 };
  const round = await other.runs.inject(id, news);
  await expect(other.runs.inject(id, { ...news, issue: 6 })).rejects.toMatchObject({ code: 'invalid_input' });
  await post(`/${id}/pause`);
  expect(server.system.runs.record(id).interventions()).toContainEqual({ ...news, round });
});
