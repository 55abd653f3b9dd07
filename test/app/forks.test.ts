// Going back over HTTP and on the command line: forks, what they come to, and how far they have come apart.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentFeedView, AgentsView, AgentView, DivergenceView, ReplayView, ReportView, RunView } from '#api/contract';
import { setValues, loadScenario } from '#scenarios';
import { BEHAVIOUR } from '#engine';
import { shoal, startServer, temporaryHome, type RunningServer } from './helpers.ts';

const SMALL = { scenario: 'quickstart', agents: 120, rounds: 16, ensemble: 2 };
const news = { text: 'The city has withdrawn its plan.', issue: 0, stance: -0.9, reach: 0.7 };

describe('a fork over HTTP', () => {
  let server: RunningServer;
  let parent: RunView;
  beforeAll(async () => {
    server = await startServer();
    const made = await server.call('/api/v1/runs', SMALL);
    parent = await server.rested(RunView.parse(made.json).id);
  }, 60_000);
  afterAll(() => server.close());
  const agentAt = (round: number, part = ''): Promise<{ status: number; json: unknown }> =>
    server.call(`/api/v1/runs/${parent.id}/agents/0${part}?round=${round}`);
  const forkAt = async (id: string, body: unknown): Promise<RunView> => {
    const answer = await server.call(`/api/v1/runs/${id}/fork`, body);
    expect(answer.status, JSON.stringify(answer.json)).toBe(201);
    return RunView.parse(answer.json);
  };

  it('goes on to the end with a report of its own, and says where it comes from and what it changed', async () => {
    const { id } = await forkAt(parent.id, { round: 9, inject: [news], set: { 'behaviour.rest': 0.5 } });
    const fork = await server.rested(id);
    expect(fork).toMatchObject({ status: 'finished', hasReport: true, roundsDone: 16, agents: 120 });
    expect(fork.forkOf).toEqual({
      id: parent.id,
      title: parent.title,
      round: 9,
      changes: ['news: “The city has withdrawn its plan.”', 'behaviour.rest = 0.5'],
    });
    const report = ReportView.parse((await server.call(`/api/v1/runs/${id}/report`)).json);
    expect(report.method.fork).toEqual(fork.forkOf);
    expect(server.system.runs.record(id).artifact('control')).toBeUndefined();
    expect(server.system.runs.record(parent.id).artifact('control')).toBeDefined();
    const markdown = await (await fetch(`${server.url}/api/v1/runs/${id}/report.md`)).text();
    expect(markdown).toContain('behaviour.rest = 0.5');
    const apart = DivergenceView.parse((await server.call(`/api/v1/runs/${id}/divergence`)).json);
    expect(apart).toMatchObject({ run: id, with: parent.id, agents: 120, sharedUntil: 9 });
    expect(apart.rounds[10]?.distance).toBeGreaterThan(0.01);
    expect(apart.rounds[10]?.shift[0]).toBeLessThan(0);
    const again = ReplayView.parse((await server.call(`/api/v1/runs/${id}/replay`, {})).json);
    expect(again).toEqual({ identical: true, recorded: fork.digest, replayed: fork.digest, rounds: 16 });
  });

  it('rests where asked, is stepped some rounds, and without a change ends like its parent', async () => {
    const fork = await forkAt(parent.id, { round: 5, rest: true });
    expect(fork).toMatchObject({ status: 'paused', roundsDone: 6, hasReport: false });
    const stepped = RunView.parse((await server.call(`/api/v1/runs/${fork.id}/step`, { rounds: 4 })).json);
    expect(stepped).toMatchObject({ status: 'paused', roundsDone: 10 });
    // As the page does it: no body is one round.
    const once = await fetch(`${server.url}/api/v1/runs/${fork.id}/step`, { method: 'POST' });
    expect(RunView.parse(await once.json())).toMatchObject({ roundsDone: 11 });
    await server.call(`/api/v1/runs/${fork.id}/resume`, {});
    const end = await server.rested(fork.id);
    expect(end).toMatchObject({ status: 'finished', digest: parent.digest });
  });

  it('lives without its parent', async () => {
    const first = await forkAt(parent.id, { round: 5, addAgents: 10, rest: true });
    const second = await forkAt(first.id, { round: 5, seed: 9 });
    server.system.runs.remove(first.id);
    const end = await server.rested(second.id);
    expect(end).toMatchObject({ status: 'finished', agents: 130, seed: 9 });
  });

  it('marks those who are not there: gone after they left, and not yet there before they joined', async () => {
    const { id } = await forkAt(parent.id, { round: 5, removeAgents: [3], addAgents: 1, rest: true });
    await server.call(`/api/v1/runs/${id}/step`, {});
    const absentAt = async (round: number): Promise<readonly number[]> => {
      const { json } = await server.call(`/api/v1/runs/${id}/agents?round=${round}&limit=500`);
      return AgentsView.parse(json).agents.flatMap(({ agent, present }) => (present ? [] : [agent]));
    };
    expect(await absentAt(5)).toEqual([120]);
    expect(await absentAt(6)).toEqual([3]);
    const gone = AgentView.parse((await server.call(`/api/v1/runs/${id}/agents/3?round=6`)).json);
    expect(gone.present).toBe(false);
    expect((await server.call(`/api/v1/runs/${id}/agents/3/feed?round=6`)).status).toBe(404);
  });

  it('shows an agent as of any round: its feed then, and what had moved it by then', async () => {
    const feed = AgentFeedView.parse((await agentAt(9, '/feed')).json);
    expect(feed).toMatchObject({ agent: 0, round: 9 });
    expect(feed.posts.length).toBeGreaterThan(0);
    expect(feed.posts.every(({ post }) => post.round < 9 && post.text !== '')).toBe(true);
    const view = AgentView.parse((await agentAt(9)).json);
    expect(view.reasons.every(({ round }) => round <= 9)).toBe(true);
    expect((await agentAt(99, '/feed')).status).toBe(400);
  });

  it.each([
    ['a round not lived', { round: 16 }, 404],
    ['a value that is not there', { round: 5, set: { 'behaviour.confidence': 0.3 } }, 422],
    ['a place that is not there', { round: 5, set: { 'platforms.chat.feed.size': 3 } }, 400],
    ['the length of a round', { round: 5, set: { 'clock.minutesPerRound': 30 } }, 400],
    ['an unknown model', { round: 5, set: { 'models.model': 'nobody/nothing' } }, 404],
    ['an unknown key', { round: 5, remove: [1] }, 400],
  ])('refuses %s with a hint and leaves nothing behind', async (_what, body, status) => {
    const before = server.system.runs.list().length;
    const answer = await server.call(`/api/v1/runs/${parent.id}/fork`, body);
    expect(answer.status, JSON.stringify(answer.json)).toBe(status);
    expect((answer.json as { hint?: string }).hint).toMatch(/\w/);
    expect(server.system.runs.list().length).toBe(before);
  });

  it('has no divergence from nothing, nor from a world of others', async () => {
    expect((await server.call(`/api/v1/runs/${parent.id}/divergence`)).status).toBe(400);
    const made = await server.call('/api/v1/runs', { ...SMALL, agents: 90, rounds: 3, ensemble: 1, seed: 4 });
    const other = await server.rested(RunView.parse(made.json).id);
    const answer = await server.call(`/api/v1/runs/${parent.id}/divergence?with=${other.id}`);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toMatch(/different populations/);
  });
});

describe('a fork on the command line', () => {
  it('is made, lived, compared, exported as one file, and taken in elsewhere', async () => {
    const [home, elsewhere] = [temporaryHome(), temporaryHome()];
    const run = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await shoal([...args, '--json', '--home', home.folder]);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    try {
      const first = await run('run', 'quickstart', '--agents', '120', '--rounds', '12', '--ensemble', '1');
      const id = String(first['runId']);
      const fork = await run(
        'fork',
        id,
        '--at',
        '7',
        '--inject',
        news.text,
        '--stance',
        '-0.9',
        '--reach',
        '0.7',
        '--remove-agents',
        '0',
      );
      expect(fork).toMatchObject({ rounds: 12, agents: 120, forkOf: { id, round: 7 }, divergence: { with: id, sharedUntil: 7 } });
      expect(fork['digest']).not.toBe(first['digest']);
      expect(await run('compare', String(fork['runId']))).toEqual(fork['divergence']);

      const rests = await run('fork', id, '--at', '3', '--rest');
      expect(await run('inject', String(rests['id']), news.text, '--stance', '0.5')).toMatchObject({ round: 4 });
      expect(await run('step', String(rests['id']), '3')).toMatchObject({ status: 'paused', roundsDone: 7 });
      expect(await run('replay', String(rests['id']))).toMatchObject({ identical: true, rounds: 7 });

      const file = join(elsewhere.folder, 'fork.sqlite');
      await run('export', String(fork['runId']), '-o', file);
      const taken = await shoal(['import', file, '--json', '--home', elsewhere.folder]);
      expect(JSON.parse(taken.stdout)).toMatchObject({ status: 'finished', forkOf: { id, round: 7 } });
      expect(existsSync(join(elsewhere.folder, 'runs', `${id}.sqlite`))).toBe(false);
      const there = await shoal(['replay', String(fork['runId']), '--json', '--home', elsewhere.folder]);
      expect(JSON.parse(there.stdout)).toMatchObject({ identical: true, replayed: fork['digest'] });
    } finally {
      home.remove();
      elsewhere.remove();
    }
  }, 90_000);
});

describe('values by path', () => {
  it('reach lists by place or kind, and nothing else', async () => {
    const { scenario } = await loadScenario('quickstart');
    const changed = setValues(scenario, { 'platforms.forum.feed.size': 7, 'clock.rounds': 99 }, BEHAVIOUR);
    expect(changed.platforms.find(({ kind }) => kind === 'forum')?.feed?.size).toBe(7);
    expect(changed.clock.rounds).toBe(99);
    expect(() => setValues(scenario, { '__proto__.x': 1 }, BEHAVIOUR)).toThrowError(
      expect.objectContaining({ code: 'invalid_input' }),
    );
    expect(() => setValues(scenario, { 'clock.ronds': 1 }, BEHAVIOUR)).toThrowError(/did you mean `rounds`/);
  });
});
