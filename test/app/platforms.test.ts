// Groups and the market of a run over HTTP, as of any round.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GroupsView, MarketView, MeasuresView, PostsView, Problem, RunView } from '#api/contract';
import { startServer, type RunningServer } from './helpers.ts';

const SMALL = { agents: 120, rounds: 14, ensemble: 1, threads: 0 };

let server: RunningServer;
let market: string;
let chat: string;

beforeAll(async () => {
  server = await startServer();
  const started = async (scenario: string): Promise<string> => {
    const { json } = await server.call('/api/v1/runs', { scenario, ...SMALL });
    return (await server.rested(RunView.parse(json).id)).id;
  };
  market = await started('market-announcement');
  chat = await started('unfinished-story');
}, 60_000);
afterAll(() => server.close());

const get = async (path: string): Promise<unknown> => {
  const { status, json } = await server.call(`/api/v1/runs/${path}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
};

describe('a market over HTTP', () => {
  it('has the prices that the measures have, at any round', async () => {
    const measures = MeasuresView.parse(await get(`${market}/measures`));
    for (const round of [0, 5, 13]) {
      const view = MarketView.parse(await get(`${market}/market?round=${round}`));
      const measured = view.answers.map(({ issue }) => measures.rounds[round]?.measures[`price:${issue}`]);
      expect(view.answers.map(({ price }) => price)).toEqual(measured);
      expect(view.trades.every((trade) => trade.round <= round)).toBe(true);
    }
    const last = MarketView.parse(await get(`${market}/market`));
    expect(last.trades.length).toBeGreaterThan(5);
    expect(last.trades.map(({ seq }) => seq)).toEqual(last.trades.map(({ seq }) => seq).toSorted((one, two) => two - one));
  });

  it('is not there, nor its measures, where no platform is a market', async () => {
    const { status, json } = await server.call(`/api/v1/runs/${chat}/market`);
    expect(status).toBe(404);
    expect(Problem.parse(json).hint).toContain('platform of kind market');
    const { specs } = MeasuresView.parse(await get(`${chat}/measures`));
    expect(specs.map(({ name }) => name)).toContain('support');
    expect(specs.map(({ name }) => name)).not.toContain('price');
  });
});

describe('groups over HTTP', () => {
  it('grow with the rounds, and messages name theirs', async () => {
    const at = async (round: number) => GroupsView.parse(await get(`${chat}/groups?round=${round}`)).groups;
    const [early, late] = [await at(3), await at(13)];
    const count = (groups: typeof early, key: 'members' | 'messages'): number =>
      groups.reduce((sum, group) => sum + group[key], 0);
    expect(late.length).toBeGreaterThan(0);
    expect(count(late, 'members')).toBeGreaterThan(count(early, 'members'));
    const { posts } = PostsView.parse(await get(`${chat}/posts?platform=chat&limit=200`));
    const messages = posts.filter(({ kind }) => kind === 'message');
    expect(messages.length).toBe(count(late, 'messages'));
    for (const { group } of messages) expect(late).toContainEqual(expect.objectContaining(group ?? { seq: -1 }));
  });
});
