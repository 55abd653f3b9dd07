// A server with the app's API over the fixture world, for states that are hard to reach with the real one: empty,
// failing, huge, cut connections. Real HTTP and real server-sent events; every answer is checked against the
// contract before it leaves. It also serves the built page.
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { z } from 'zod';
import {
  AgentFeedView,
  AgentsView,
  AgentView,
  ChatView,
  CostsView,
  DivergenceView,
  EntityView,
  ForkRequest,
  Estimate,
  GraphView,
  MeasuresView,
  PostsView,
  PostView,
  Problem,
  ReportView,
  type RunEvent,
  RunRequest,
  RunView,
  ScenarioView,
  SearchAnswer,
  StatusView,
  SurveyRequest,
  SurveyView,
  UploadAnswer,
  UrlUploadRequest,
} from '#api/contract';
import { createGatewayFixture, type GatewayFixtureOptions } from './fixture-gateway.ts';
import {
  answerOf,
  CATEGORICAL,
  COSTS,
  HONEST,
  makeAgent,
  makeAgentRow,
  makeDivergence,
  makeEntity,
  makeGraph,
  makeMeasures,
  makePost,
  makeReport,
  makeRound,
  makeRun,
  makeSurvey,
  SCENARIOS,
  stagesAt,
  STATUS,
} from './fixture-world.ts';

const PAGE = join(import.meta.dirname, '../../dist/page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** As the app sends it, so that what it forbids shows up as a complaint. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'";
const BEAT_MS = 150;

export interface FixtureOptions {
  readonly gateway?: GatewayFixtureOptions;
  /** `none` = empty list, `many` = 10,000 runs, `fault` = the list cannot be read. */
  readonly runs?: 'some' | 'none' | 'many' | 'fault';
  readonly port?: number;
  /** Folder of the built page. */
  readonly page?: string;
}

export interface FixtureServer {
  readonly url: string;
  /** Method and path of every API request so far. */
  readonly requests: readonly string[];
  /** Last-Event-ID of every stream request so far. */
  readonly resumedFrom: readonly (string | undefined)[];
  readonly idempotencyKeys: readonly string[];
  readonly forkRequests: readonly ForkRequest[];
  /** From now on every request needs a key. */
  lock(): void;
  /** Cuts every open stream without a word, as a broken network does. */
  cutStreams(): void;
  close(): Promise<void>;
}

class Refusal extends Error {
  readonly problem: Problem;
  constructor(status: number, code: string, title: string, detail: string, hint: string) {
    super(detail);
    this.problem = { type: 'about:blank', status, code, title, detail, hint };
  }
}
const missing = (what: string): Refusal =>
  new Refusal(404, 'not_found', 'Not found', `There is no ${what}.`, 'Go back to the list of runs.');

function someRuns(): RunView[] {
  return [
    makeRun('live', {
      title: 'The bridge toll, live',
      status: 'running',
      stages: stagesAt(3, 6, 960, 'Round 6 of 960: 142 agents active'),
      rounds: 960,
      roundsDone: 6,
      events: 5160,
      elapsedMs: 2100,
      hasReport: false,
    }),
    makeRun('finished'),
    makeRun('categorical', { ...CATEGORICAL, costUsd: 0.1834, model: 'openai/gpt-5-mini' }),
    makeRun('reading', {
      title: 'Three files from a desk',
      question: 'Will the ferry close?',
      status: 'running',
      stages: stagesAt(0, 1, 3, 'Reading council-minutes.txt'),
      roundsDone: 0,
      events: 0,
      hasGraph: false,
      hasPopulation: false,
      hasReport: false,
      rejected: [{ name: 'scan.pdf', reason: 'It holds pictures of pages and no text. Run it through text recognition first.' }],
    }),
    makeRun('failed', {
      title: 'Market announcement',
      status: 'failed',
      hasReport: false,
      problem: {
        type: 'about:blank',
        title: 'The model provider did not answer',
        status: 502,
        detail: 'openai/gpt-5-mini refused four connections while personas were written.',
        code: 'model_unavailable',
        hint: 'Check the provider’s status page, then resume the run; what was done is kept.',
      },
    }),
    makeRun('fork', {
      title: 'The bridge toll · from round 17',
      createdAt: '2026-11-20T10:00:00Z',
      forkOf: {
        id: 'finished',
        title: 'The bridge toll',
        round: 17,
        changes: ['news: “The minister has withdrawn the plan.”', 'behaviour.rest = 0.5'],
      },
    }),
    makeRun('huge', { title: 'A hundred thousand agents', agents: 100_000 }),
    makeRun('broken', { title: 'A damaged file' }),
  ];
}

export async function startFixtureServer(options: FixtureOptions = {}): Promise<FixtureServer> {
  const requests: string[] = [];
  const resumedFrom: (string | undefined)[] = [];
  const idempotencyKeys: string[] = [];
  const forkRequests: ForkRequest[] = [];
  const startedByKey = new Map<string, string>();
  const streams = new Set<ServerResponse>();
  const chats = new Map<string, ChatView>();
  const log: RunEvent[] = [];
  const gateway = createGatewayFixture(options.gateway ?? {}, (...words) => new Refusal(...words));
  const kind = options.runs ?? 'some';
  const runs: RunView[] =
    kind === 'some'
      ? someRuns()
      : kind === 'many'
        ? Array.from({ length: 10_000 }, (_, index) => makeRun(`r${index}`, { title: `Run number ${index}` }))
        : [];

  const find = (id: string): RunView => {
    const run = runs.find((other) => other.id === id);
    if (run === undefined) throw missing(`run ${id}`);
    return run;
  };
  const replace = (run: RunView): RunView => {
    runs[runs.findIndex((other) => other.id === run.id)] = run;
    return run;
  };

  const emit = (event: RunEvent): void => {
    log.push(event);
    for (const response of streams) writeEvent(response, event);
  };
  const beat = setInterval(() => {
    const run = runs.find((other) => other.id === 'live');
    if (run === undefined || run.status !== 'running' || run.roundsDone >= run.rounds) return;
    step(run);
  }, BEAT_MS);
  function step(run: RunView): RunView {
    const round = run.roundsDone;
    const next = replace({
      ...run,
      roundsDone: round + 1,
      events: run.events + 860,
      stages: stagesAt(3, round + 1, run.rounds, `Round ${round + 1} of ${run.rounds}`),
    });
    emit({ kind: 'round', seq: log.length + 1, ...makeRound(round) });
    emit({ kind: 'run', seq: log.length + 1, run: next });
    return next;
  }

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice('/api/v1'.length).split('/').slice(1).map(decodeURIComponent);
    const query = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
    const number = (name: string): number | undefined => (query(name) === undefined ? undefined : Number(query(name)));
    const send = <T>(schema: z.ZodType<T>, body: T, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(schema.parse(body)));
    };
    const [room, id, part, key, last] = path;
    const method = request.method ?? 'GET';

    if (await gateway.answer({ request, response, url, body: () => bodyOf(request) })) return;
    if (room === 'status') return send(StatusView, STATUS);
    if (room === 'scenarios') return send(z.array(ScenarioView), SCENARIOS);
    if (room === 'uploads' && id === 'urls') {
      const { urls } = UrlUploadRequest.parse(JSON.parse(await bodyOf(request)));
      return send(UploadAnswer, {
        files: urls.map((url) => ({
          name: url.slice('https://'.length),
          bytes: 5200,
          sha256: 'b'.repeat(64),
          mediaType: 'html',
          characters: 4100,
        })),
      });
    }
    if (room === 'uploads') {
      const name = /filename="([^"]+)"/.exec(await bodyOf(request))?.[1] ?? 'file';
      if (name.endsWith('.pdf'))
        return send(UploadAnswer, { files: [{ name, bytes: 900, refused: 'It holds pictures of pages and no text.' }] });
      return send(UploadAnswer, {
        files: [{ name, bytes: 1200, sha256: 'a'.repeat(64), mediaType: 'text', language: 'en', characters: 8412, documents: 1 }],
      });
    }
    if (room === 'estimate') {
      const body = RunRequest.parse(JSON.parse(await bodyOf(request)));
      const paid = body.model === undefined ? 0 : 0.4;
      return send(Estimate, {
        model: body.model ?? 'embedded (rule-based)',
        seconds: range(((body.agents ?? 500) * (body.rounds ?? 48)) / 4000),
        costUsd: range(paid),
        stages: ['extraction', 'agents', 'report'].map((stage) => ({
          stage,
          calls: range(40),
          inputTokens: range(20_000),
          outputTokens: range(4000),
          costUsd: range(paid / 3),
        })),
        budgetUsd: body.budgetUsd ?? 1,
        fitsBudget: paid * 1.7 <= (body.budgetUsd ?? 1),
        notes: ['Times are measured on this computer with earlier runs.'],
      });
    }
    if (room !== 'runs') throw missing(url.pathname);

    if (id === undefined) {
      if (method === 'POST') {
        const body = RunRequest.parse(JSON.parse(await bodyOf(request)));
        const idempotencyKey = String(request.headers['idempotency-key']);
        idempotencyKeys.push(idempotencyKey);
        const known = startedByKey.get(idempotencyKey);
        if (known === undefined) {
          const made = makeRun(`new-${startedByKey.size + 1}`, {
            title: body.title ?? 'A new run',
            ...(body.question === undefined ? {} : { question: body.question }),
            status: 'queued',
            stages: stagesAt(0, 0, 2, 'Waiting'),
            roundsDone: 0,
            hasReport: false,
            hasGraph: false,
            hasPopulation: false,
          });
          runs.unshift(made);
          startedByKey.set(idempotencyKey, made.id);
        }
        return send(RunView, find(startedByKey.get(idempotencyKey) ?? ''), 201);
      }
      if (kind === 'fault')
        throw new Refusal(500, 'storage_failed', 'Storage failed', 'The catalogue cannot be read.', 'Check the disk.');
      return send(z.array(RunView), runs);
    }
    const run = find(id);
    if (part === undefined) {
      if (method !== 'DELETE') return send(RunView, run);
      runs.splice(runs.indexOf(run), 1);
      response.writeHead(204).end();
      return;
    }
    if (id === 'broken')
      throw new Refusal(
        500,
        'record_corrupt',
        'The run file is damaged',
        'Round 12 does not match its digest.',
        'Restore the file from a copy.',
      );
    if (part === 'pause' || part === 'resume' || part === 'stop') {
      const status = ({ pause: 'paused', resume: 'running', stop: 'stopped' } as const)[part];
      const next = replace({ ...run, status });
      emit({ kind: 'run', seq: log.length + 1, run: next });
      return send(RunView, next);
    }
    if (part === 'step') return send(RunView, step(run));
    if (part === 'fork') {
      const body = ForkRequest.parse(JSON.parse(await bodyOf(request)));
      forkRequests.push(body);
      const changes = (body.inject ?? []).map(({ text }) => `news: “${text}”`);
      const made = makeRun(`fork-${forkRequests.length}`, {
        title: `${run.title} · from round ${body.round}`,
        status: body.rest === true ? 'paused' : 'running',
        roundsDone: body.round + 1,
        hasReport: false,
        forkOf: { id: run.id, title: run.title, round: body.round, changes },
      });
      runs.unshift(made);
      return send(RunView, made, 201);
    }
    if (part === 'divergence') return send(DivergenceView, makeDivergence(run));
    if (part === 'inject') return void response.writeHead(204).end();
    if (part === 'stream') {
      const after = request.headers['last-event-id'] as string | undefined;
      resumedFrom.push(after);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      if (id === 'live') for (const event of log.filter((one) => one.seq > Number(after ?? 0))) writeEvent(response, event);
      if (id !== 'live') return;
      streams.add(response);
      request.on('close', () => streams.delete(response));
      return;
    }
    if (part === 'graph') {
      if (key === undefined) return send(GraphView, makeGraph(id === 'huge' ? 10_000 : 60));
      if (key === 'search') {
        const q = (query('q') ?? '').toLowerCase();
        const nodes = makeGraph()
          .nodes.filter((node) => node.name.toLowerCase().includes(q))
          .slice(0, 5);
        const hits = nodes.map((node) => ({ kind: 'entity', id: node.id, score: 1, text: node.name, excerpt: HONEST }));
        const passage = HONEST.text.includes(q)
          ? [{ kind: 'passage', id: 'k1', score: 0.5, text: HONEST.text, excerpt: HONEST }]
          : [];
        return send(SearchAnswer, { hits: [...hits, ...passage] });
      }
      const entity = makeEntity(last ?? '');
      if (entity === undefined) throw missing(`entity ${last}`);
      return send(EntityView, entity);
    }
    if (part === 'measures') return send(MeasuresView, makeMeasures(run.roundsDone, run.issues.length));
    if (part === 'posts') {
      if (key !== undefined) return send(PostView, makePost(Number(key)));
      const round = number('round') ?? run.roundsDone - 1;
      const limit = number('limit') ?? 40;
      const posts: PostView[] = [];
      for (
        let seq = Math.min((number('before') ?? Infinity) - 1, (round + 1) * 860 - 1);
        seq >= 0 && posts.length < limit;
        seq -= 1
      ) {
        if (seq % 7 > 2) continue;
        const post = makePost(seq);
        if (query('platform') === undefined || post.platform === query('platform')) posts.push(post);
      }
      const sorted = query('sort') === 'top' ? posts.toSorted((a, b) => b.likes - a.likes) : posts;
      return send(PostsView, { round, posts: sorted });
    }
    if (part === 'agents') {
      const round = number('round') ?? run.roundsDone - 1;
      if (key === undefined) {
        const q = (query('q') ?? '').toLowerCase();
        const wanted = query('kind');
        const from = number('offset') ?? 0;
        const limit = number('limit') ?? 100;
        const open = q === '' && wanted === undefined;
        const all = open
          ? []
          : Array.from({ length: Math.min(run.agents, 5000) }, (_, agent) => makeAgentRow(agent)).filter(
              (row) => (wanted === undefined || row.kind === wanted) && `${row.name} ${row.occupation}`.toLowerCase().includes(q),
            );
        const agents = open
          ? Array.from({ length: Math.max(0, Math.min(limit, run.agents - from)) }, (_, index) => makeAgentRow(from + index))
          : all.slice(from, from + limit);
        return send(AgentsView, { total: open ? run.agents : all.length, agents });
      }
      const agent = Number(key);
      if (last === undefined) return send(AgentView, makeAgent(agent, round, run));
      if (last === 'feed') {
        const sources = ['following', 'popular', 'outOfNetwork', 'news'];
        const posts = sources.map((source, place) => ({
          source,
          followed: source === 'following',
          post: makePost(round * 860 - place * 7),
        }));
        return send(AgentFeedView, { agent, round, active: true, platform: 'microblog', posts });
      }
      const chat = chats.get(`${id}/${key}`) ?? { agent, turns: [] };
      if (method === 'GET') return send(ChatView, chat);
      const { message } = z.object({ message: z.string() }).parse(JSON.parse(await bodyOf(request)));
      const next = { agent, turns: [...chat.turns, ...answerOf(agent, message, round)] };
      chats.set(`${id}/${key}`, next);
      return send(ChatView, next);
    }
    if (part === 'survey') {
      const body = SurveyRequest.parse(JSON.parse(await bodyOf(request)));
      return send(SurveyView, makeSurvey(body.question, body.options));
    }
    if (part === 'report') return send(ReportView, makeReport(run));
    if (part.startsWith('report.')) {
      const format = part.slice('report.'.length);
      response.writeHead(200, {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="report.${format}"`,
      });
      response.end(`# ${run.title}\n`);
      return;
    }
    if (part === 'costs') return send(CostsView, COSTS);
    throw missing(url.pathname);
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!url.pathname.startsWith('/api/v1')) return servePage(options.page ?? PAGE, url.pathname, response);
    requests.push(`${request.method} ${url.pathname}`);
    answer(request, response, url).catch((error: unknown) => {
      const problem =
        error instanceof Refusal
          ? error.problem
          : new Refusal(500, 'internal', 'Unexpected fault', String(error), 'Look at the fixture.').problem;
      response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(Problem.parse(problem)));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fixture server has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    resumedFrom,
    idempotencyKeys,
    forkRequests,
    lock: () => gateway.lock(),
    cutStreams: () => {
      for (const response of streams) response.destroy();
      streams.clear();
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(beat);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const range = (expected: number) => ({ low: expected * 0.6, expected, high: expected * 1.7 });

function writeEvent(response: ServerResponse, event: RunEvent): void {
  response.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function servePage(folder: string, path: string, response: ServerResponse): void {
  const file = join(folder, normalize(path));
  const isFile = extname(path) !== '' && file.startsWith(folder) && existsSync(file);
  const target = isFile ? file : join(folder, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(target)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  });
  createReadStream(target).pipe(response);
}
