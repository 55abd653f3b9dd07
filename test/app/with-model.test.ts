// The same pipeline thinking with a provider's model, over real HTTP: who asked what, what it cost, what happens
// when the model fails, and that a replay asks nobody.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CostsView, RunView } from '#api/contract';
import { replay } from '#engine';
import { plainAnswer, type FixtureReply, type Json } from '../fixtures/openai-replies.ts';
import { startOpenAiServer, type OpenAiServer } from '../fixtures/openai-server.ts';
import { startServer, type RunningServer } from './helpers.ts';

const KEY = 'sk-test-key';
const SMALL = { scenario: 'quickstart', agents: 60, rounds: 8, ensemble: 2, threads: 0, model: 'openai/gpt-4o-mini' };

/** As a model would read a passage of the quickstart: the mayor, the traders, and what is said, word for word. */
function answer(body: Json): FixtureReply {
  const words = JSON.stringify(body['messages']);
  if (!words.includes('<passage>')) return plainAnswer(body);
  const has = (name: string): boolean => words.includes(name);
  const entities = [
    { name: 'Ines Calloway', type: 'person', subtype: 'mayor', aliases: ['Calloway'] },
    { name: 'Aldo Ferrante', type: 'person', subtype: 'fishmonger', aliases: [] },
    { name: "Port Kerrin Traders' Association", type: 'organisation', subtype: null, aliases: [] },
    { name: 'Old Quay', type: 'place', subtype: null, aliases: [] },
  ].filter((entity) => has(entity.name));
  return { kind: 'answer', text: JSON.stringify({ entities, relations: [], claims: [] }) };
}

let provider: OpenAiServer;
let server: RunningServer;

beforeAll(async () => {
  provider = await startOpenAiServer({ apiKey: KEY, answer });
  server = await startServer({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: provider.baseUrl });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const live = async (body: Readonly<Record<string, unknown>>): Promise<RunView> => {
  const { status, json } = await server.call('/api/v1/runs', body);
  expect(status, JSON.stringify(json)).toBe(201);
  return server.rested(RunView.parse(json).id);
};
const costsOf = async (id: string): Promise<CostsView> => CostsView.parse((await server.call(`/api/v1/runs/${id}/costs`)).json);

describe('a run that thinks with a model', () => {
  let run: RunView;
  beforeAll(async () => {
    run = await live({ ...SMALL, agentShare: 1, budgetUsd: 5 });
  }, 90_000);

  it('uses it for extraction, personas, agents and the report, and says what each cost', async () => {
    expect(run.problem).toBeUndefined();
    expect(run.status).toBe('finished');
    expect(run.stages.find(({ stage }) => stage === 'graph')?.message).toMatch(
      /asked the model: ontology 1 calls.*reading \d+ calls/,
    );
    const costs = await costsOf(run.id);
    const paid = costs.rows.filter((row) => row.model === 'openai/gpt-4o-mini' && row.costUsd > 0).map((row) => row.stage);
    expect(new Set(paid)).toEqual(new Set(['extraction', 'population', 'agents', 'report']));
    expect(costs.totalUsd).toBeGreaterThan(0);
    expect(costs.spentUsd).toBeCloseTo(costs.totalUsd, 9);
    expect(costs.reservedUsd).toBe(0);
  });

  it('answers a chat with it too', async () => {
    const asked = provider.seen.length;
    const { status, json } = await server.call(`/api/v1/runs/${run.id}/agents/0/chat`, { message: 'What do you think?' });
    expect(status, JSON.stringify(json)).toBe(200);
    expect(provider.seen.length).toBeGreaterThan(asked);
    expect((await costsOf(run.id)).rows.some((row) => row.stage === 'chat')).toBe(true);
  });

  it('replays to the same digest without asking anybody', async () => {
    const asked = provider.seen.length;
    const result = await replay(server.system.home.runFile(run.id), { threads: 0 });
    expect(result.identical).toBe(true);
    expect(provider.seen.length).toBe(asked);
  });

  it('never lets the key out of the door', async () => {
    const pages = await Promise.all(
      ['', '/costs', '/report', '/report.html'].map(async (path) =>
        (await fetch(`${server.url}/api/v1/runs/${run.id}${path}`)).text(),
      ),
    );
    for (const text of [...pages, JSON.stringify(provider.seen.map((request) => request.body))]) expect(text).not.toContain(KEY);
  });
});

async function graph(path: string, body: unknown): Promise<void> {
  const { status, json } = await server.call(`/api/v1/graphs${path}`, body);
  expect(status, JSON.stringify(json)).toBe(201);
}

describe('a graph that a model reads', () => {
  it('is read by the model that it names, and asks nothing twice when it is edited', async () => {
    const form = new FormData();
    const text = 'Ines Calloway, the mayor, opened the Old Quay in May 2026. Aldo Ferrante stayed away.';
    form.append('files', new Blob([text]), 'quay.md');
    const uploaded = await fetch(`${server.url}/api/v1/uploads`, { method: 'POST', body: form });
    const [file] = ((await uploaded.json()) as { files: { sha256: string; name: string }[] }).files;
    const asked = provider.seen.length;
    await graph('', {
      name: 'quay',
      model: 'openai/gpt-4o-mini',
      uploads: [{ sha256: file?.sha256, name: file?.name }],
    });
    const built = provider.seen.length;
    expect(built).toBeGreaterThan(asked);
    const names = server.system.graphs.open('quay').entities.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Ines Calloway', 'Old Quay']));
    expect(server.system.graphs.open('quay').snapshot.extractor.model).toBe('openai/gpt-4o-mini');
    await graph('/quay/edits', { kind: 'type-map', from: { type: 'person' }, to: { type: 'concept' } });
    expect(provider.seen.length).toBe(built);
    expect(server.system.graphs.open('quay').entities.find(({ name }) => name === 'Ines Calloway')?.type).toBe('concept');
  });

  it('says at once when there is no such model', async () => {
    const uploads = [{ sha256: 'a'.repeat(64), name: 'x.md' }];
    const { status } = await server.call('/api/v1/graphs', { name: 'none', model: 'openai-x/none', uploads });
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

const asksForDecision = (body: Json): boolean => JSON.stringify(body['response_format'] ?? '').includes('"action"');

describe('when the model fails', () => {
  it('an agent whose answer stays malformed goes by the crowd rules for that turn, and the record says so', async () => {
    const broken = await startOpenAiServer({
      apiKey: KEY,
      answer: (body) => (asksForDecision(body) ? { kind: 'answer', text: 'I would rather not say.' } : answer(body)),
    });
    const elsewhere = await startServer({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: broken.baseUrl });
    try {
      const { json } = await elsewhere.call('/api/v1/runs', { ...SMALL, agentShare: 0.5, budgetUsd: 5 });
      const run = await elsewhere.rested(RunView.parse(json).id);
      expect(run.status).toBe('finished');
      const record = elsewhere.system.runs.record(run.id);
      expect(record.events({ kind: 'fallback', limit: 5 }).length).toBeGreaterThan(0);
    } finally {
      await elsewhere.close();
      await broken.close();
    }
  }, 90_000);

  it('a budget of nothing gives the embedded run, and says that the model was not used', async () => {
    const asked = provider.seen.length;
    const run = await live({ ...SMALL, seed: 6, agentShare: 1, budgetUsd: 0 });
    expect(run.problem).toBeUndefined();
    expect(run.status).toBe('finished');
    expect(provider.seen.length).toBe(asked);
    expect((await costsOf(run.id)).totalUsd).toBe(0);
  }, 90_000);

  it('a budget that runs out ends the spending, not the run', async () => {
    const run = await live({ ...SMALL, seed: 5, agentShare: 1, budgetUsd: 0.004 });
    expect(run.status).toBe('finished');
    const costs = await costsOf(run.id);
    expect(costs.spentUsd).toBeGreaterThan(0);
    expect(costs.spentUsd + costs.reservedUsd).toBeLessThanOrEqual(0.004);
  }, 90_000);
});
