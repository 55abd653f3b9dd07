import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AgentView,
  AgentsView,
  ChatView,
  CostsView,
  EntityView,
  Estimate,
  DocumentTextView,
  GraphView,
  PathView,
  MeasuresView,
  PostsView,
  Problem,
  ReportView,
  RUN_STAGES,
  RunView,
  ScenarioView,
  SearchAnswer,
  Span,
  StatusView,
  SurveyView,
  UploadAnswer,
} from '#api/contract';
import { startServer, type RunningServer } from './helpers.ts';

const SMALL = { agents: 80, rounds: 14, ensemble: 2, threads: 0 };

let server: RunningServer;
let run: RunView;

beforeAll(async () => {
  server = await startServer();
  const { json } = await server.call('/api/v1/runs', { scenario: 'quickstart', ...SMALL });
  run = await server.rested(RunView.parse(json).id);
}, 60_000);
afterAll(() => server.close());

const get = async (path: string): Promise<unknown> => {
  const { status, json } = await server.call(path);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
};

describe('a finished run over HTTP', () => {
  it('came to its end with every stage done', () => {
    expect(run.problem).toBeUndefined();
    expect(run.status).toBe('finished');
    expect(run.stages.map((stage) => stage.state)).toEqual(run.stages.map(() => 'done'));
    expect(run).toMatchObject({ agents: 80, rounds: 14, roundsDone: 14, hasReport: true });
    expect(run.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives the graph away in the formats of other programs, and says which it has', async () => {
    const url = `${server.url}/api/v1/graphs/${run.id}/export`;
    const answer = await fetch(`${url}?format=graphml`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('graphml');
    expect(answer.headers.get('content-disposition')).toMatch(/graph-[0-9a-f]{12}\.graphml/);
    expect(await answer.text()).toMatch(/<\/graphml>\n$/);
    expect((await fetch(`${url}?format=dot`)).status).toBe(400);
    expect((await fetch(`${server.url}/api/v1/graphs/nothing-of-that-name/export?format=gexf`)).status).toBe(404);
  });

  it('answers every view in the shape that the contract says', async () => {
    const base = `/api/v1/runs/${run.id}`;
    StatusView.parse(await get('/api/v1/status'));
    for (const scenario of (await get('/api/v1/scenarios')) as unknown[]) ScenarioView.parse(scenario);
    const graph = GraphView.parse(await get(`${base}/graph`));
    expect(graph.nodes.length).toBeGreaterThan(10);
    const [node] = graph.nodes;
    const entity = EntityView.parse(await get(`${base}/graph/entities/${encodeURIComponent(node?.id ?? '')}`));
    expect(entity.excerpts.length).toBeGreaterThan(0);
    const found = SearchAnswer.parse(await get(`${base}/graph/search?q=${encodeURIComponent(entity.name)}`));
    expect(found.hits.length).toBeGreaterThan(0);
    const edge = graph.edges.find(({ negated }) => !negated);
    const ends = `from=${encodeURIComponent(edge?.source ?? '')}&to=${encodeURIComponent(edge?.target ?? '')}`;
    const path = PathView.parse(await get(`${base}/graph/path?${ends}`));
    expect(path.facts).toHaveLength(1);
    const [excerpt] = entity.excerpts;
    const span = Span.parse(excerpt?.span);
    const read = DocumentTextView.parse(await get(`${base}/graph/documents/${span.document}?at=${span.start}`));
    expect(read.text.slice(span.start - read.start, span.end - read.start)).toBe(excerpt?.text);
    const measures = MeasuresView.parse(await get(`${base}/measures`));
    expect(measures.rounds).toHaveLength(14);
    const posts = PostsView.parse(await get(`${base}/posts?limit=10&sort=top`));
    expect(posts.posts.length).toBeGreaterThan(0);
    const agents = AgentsView.parse(await get(`${base}/agents?limit=5`));
    expect(agents.total).toBe(80);
    AgentView.parse(await get(`${base}/agents/0?round=3`));
    const report = ReportView.parse(await get(`${base}/report`));
    expect(report.forecasts.length).toBeGreaterThan(0);
    CostsView.parse(await get(`${base}/costs`));
  });

  it('shows the world as of a round: nothing later is in it', async () => {
    const early = PostsView.parse(await get(`/api/v1/runs/${run.id}/posts?round=4&limit=200`));
    expect(Math.max(...early.posts.map((post) => post.round))).toBeLessThanOrEqual(4);
  });

  it('names the author of a post that is passed on or answered', async () => {
    const { posts } = PostsView.parse(await get(`/api/v1/runs/${run.id}/posts?limit=200`));
    const byNumber = new Map(posts.map((post) => [post.seq, post]));
    const passedOn = posts.filter((post) => post.parent !== undefined && byNumber.get(post.parent)?.kind !== 'repost');
    expect(passedOn.length).toBeGreaterThan(0);
    for (const post of passedOn) {
      const original = byNumber.get(post.parent ?? -1);
      expect(post.parentAuthor).toBe(original?.authorName ?? post.parentAuthor);
      expect(post.parentAuthor).toBeTruthy();
    }
  });

  it('lets agents answer, and keeps the conversation', async () => {
    const path = `/api/v1/runs/${run.id}/agents/0/chat`;
    const { status, json } = await server.call(path, { message: 'Who are you, and what do you think of it?' });
    expect(status, JSON.stringify(json)).toBe(200);
    const chat = ChatView.parse(json);
    expect(chat.turns).toHaveLength(2);
    expect(chat.turns[1]?.text.length).toBeGreaterThan(20);
    expect(ChatView.parse(await get(path))).toEqual(chat);
  });

  it('asks everyone', async () => {
    const { status, json } = await server.call(`/api/v1/runs/${run.id}/survey`, {
      question: 'Do you agree?',
      options: ['yes', 'no', 'unsure'],
    });
    expect(status, JSON.stringify(json)).toBe(200);
    const survey = SurveyView.parse(json);
    expect(survey.asked).toBe(80);
    expect(survey.options.reduce((sum, option) => sum + option.count, 0)).toBe(80);
  });

  it('hands out the report in three formats, with nothing in it that may run', async () => {
    for (const format of ['md', 'html', 'json']) {
      const response = await fetch(`${server.url}/api/v1/runs/${run.id}/report.${format}?download=1`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toContain(`${run.id}.${format}`);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await response.text()).length).toBeGreaterThan(1000);
    }
  });

  it('is never started again by being opened or resumed', async () => {
    const before = RunView.parse(await get(`/api/v1/runs/${run.id}`));
    await server.call(`/api/v1/runs/${run.id}/resume`, {});
    expect(RunView.parse(await get(`/api/v1/runs/${run.id}`))).toEqual(before);
  });
});

const upload = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<UploadAnswer> => {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content as BlobPart]), name);
  const response = await fetch(`${server.url}/api/v1/uploads`, { method: 'POST', body: form });
  return UploadAnswer.parse(await response.json());
};

describe('uploads', () => {
  it('says at once what each file is, or why it cannot be read', async () => {
    const text = 'Mayor Ada Lind said the ferry to Norholm will stop in May. The shopkeepers oppose the decision.';
    const { files } = await upload({ 'news.txt': text, 'empty.txt': '', 'noise.pdf': new Uint8Array([1, 2, 3, 0, 255, 254]) });
    expect(files[0]).toMatchObject({
      name: 'news.txt',
      mediaType: 'text',
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(files[1]?.refused).toBeTruthy();
    expect(files[2]?.refused).toBeTruthy();
  });

  it('become a run with their question', async () => {
    const { files } = await upload({
      'plan.md':
        '# Ferry plan\n\nThe Norholm Council will end the ferry in May, Mayor Ada Lind said on Monday. "The ferry costs us too much," Lind said.',
      'letter.txt':
        'The Shopkeepers Union opposes the end of the ferry. "It will ruin us," said its chair, Jon Berg. The Norholm Courier reported 900 signatures.',
    });
    const uploads = files.map(({ sha256, name }) => ({ sha256: sha256 ?? '', name }));
    const body = { uploads, question: 'Will the council end the ferry in May?', ...SMALL };
    expect(Estimate.parse((await server.call('/api/v1/estimate', body)).json).costUsd.expected).toBe(0);
    const { status, json } = await server.call('/api/v1/runs', body, { 'idempotency-key': 'ferry-1' });
    expect(status, JSON.stringify(json)).toBe(201);
    const again = await server.call('/api/v1/runs', body, { 'idempotency-key': 'ferry-1' });
    const { id } = RunView.parse(json);
    expect(RunView.parse(again.json).id).toBe(id);
    expect((await server.rested(id)).status).toBe('finished');
  });
});

it('has a turn for everybody else in every stage of a run', async () => {
  const { json } = await server.call('/api/v1/runs', { scenario: 'quickstart', ...SMALL });
  const { id } = RunView.parse(json);
  const seen = new Set<string>();
  let view = server.system.runs.view(id);
  while (view.status === 'running') {
    for (const { stage, state } of view.stages) if (state === 'running') seen.add(stage);
    await nextTurn();
    view = server.system.runs.view(id);
  }
  expect([...seen]).toEqual(RUN_STAGES);
}, 20_000);

describe('steering', () => {
  it('pauses, steps, takes news and goes on to the digest of a run that was never held', async () => {
    const body = { scenario: 'quickstart', ...SMALL, rounds: 30 };
    const { json } = await server.call('/api/v1/runs', body);
    const { id } = RunView.parse(json);
    for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(60_000)))
      if (event.kind === 'round') break;
    const paused = RunView.parse((await server.call(`/api/v1/runs/${id}/pause`, {})).json);
    expect(paused.status).toBe('paused');
    expect(paused.roundsDone).toBeLessThan(30);
    const stepped = RunView.parse((await server.call(`/api/v1/runs/${id}/step`, {})).json);
    expect(stepped.roundsDone).toBe(paused.roundsDone + 1);
    await server.call(`/api/v1/runs/${id}/resume`, {});
    const held = await server.rested(id);
    const unbroken = RunView.parse((await server.call('/api/v1/runs', body)).json);
    expect(held.digest).toBe((await server.rested(unbroken.id)).digest);
  });

  it('injects news into a paused run', async () => {
    const { json } = await server.call('/api/v1/runs', { scenario: 'quickstart', ...SMALL, rounds: 30 });
    const { id } = RunView.parse(json);
    for await (const event of server.system.runs.events(id, undefined, AbortSignal.timeout(60_000)))
      if (event.kind === 'round') break;
    const paused = RunView.parse((await server.call(`/api/v1/runs/${id}/pause`, {})).json);
    const { json: answer } = await server.call(`/api/v1/runs/${id}/inject`, {
      text: 'The governor has resigned.',
      stance: 0.8,
      reach: 1,
    });
    expect(answer).toEqual({ round: paused.roundsDone });
    await server.call(`/api/v1/runs/${id}/resume`, {});
    expect((await server.rested(id)).status).toBe('finished');
    const measures = MeasuresView.parse(await get(`/api/v1/runs/${id}/measures`));
    expect(measures.interventions).toContainEqual(
      expect.objectContaining({ text: 'The governor has resigned.', round: paused.roundsDone }),
    );
  });
});

describe('errors say what, where and what to do', () => {
  it.each([
    ['an unknown run', '/api/v1/runs/none', undefined, 404, 'not_found'],
    ['an unknown scenario', '/api/v1/runs', { scenario: 'nowhere' }, 404, 'not_found'],
    ['a path for a scenario', '/api/v1/runs', { scenario: '/etc' }, 404, 'not_found'],
    ['uploads without a question', '/api/v1/runs', { uploads: [] }, 400, 'invalid_input'],
    ['an unknown key', '/api/v1/runs', { scenario: 'quickstart', agentz: 3 }, 400, 'invalid_input'],
    [
      'a file that was never uploaded',
      '/api/v1/runs',
      { uploads: [{ sha256: 'a'.repeat(64), name: 'x' }], question: 'Will it rain?' },
      404,
      'not_found',
    ],
    ['a model that nobody serves', '/api/v1/runs', { scenario: 'quickstart', model: 'nobody/none' }, 404, 'model_unknown'],
    ['nothing there', '/api/v1/nothing', undefined, 404, 'not_found'],
  ])('%s', async (_name, path, body, status, code) => {
    const answer = await server.call(path, body);
    expect(answer.status).toBe(status);
    const problem = Problem.parse(answer.json);
    expect(problem.code).toBe(code);
    expect(problem.detail.length).toBeGreaterThan(10);
    expect(problem.hint).toBeTruthy();
  });

  it('a later round than the run has, and an agent that is not there', async () => {
    for (const path of [`posts?round=99`, `agents/99999`]) {
      const { status, json } = await server.call(`/api/v1/runs/${run.id}/${path}`);
      expect([400, 404]).toContain(status);
      expect(Problem.parse(json).hint).toBeTruthy();
    }
  });

  it('refuses a request from another site, and one that names another host', async () => {
    const { status, json } = await server.call('/api/v1/runs', { scenario: 'quickstart' }, { origin: 'https://evil.example' });
    expect(status).toBe(403);
    expect(Problem.parse(json).code).toBe('origin_refused');
  });
});

it('describes itself at /openapi.json', async () => {
  const document = (await get('/openapi.json')) as { openapi: string; paths: Record<string, unknown> };
  expect(document.openapi).toMatch(/^3\./);
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/runs', '/api/v1/runs/{id}/report.html']));
});
