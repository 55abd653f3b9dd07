// The HTTP API of the app as data: one zod schema per body, shared by the server (validates, documents) and the
// page (types). Server-sent events carry `RunEvent`s with increasing ids, so a reader resumes by Last-Event-ID.
import { z } from 'zod';

const seq = z.int().min(0);

/** RFC 9457 problem document with our code and hint. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  hint: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** POST /api/v1/uploads (multipart, field `files`). Read at once, so that what cannot be read is said at once. */
export const UploadedFile = z.object({
  /** SHA-256 of the bytes: how a run refers to it. Absent where the file was refused. */
  sha256: z.string().optional(),
  name: z.string(),
  bytes: z.int(),
  mediaType: z.string().optional(),
  language: z.string().optional(),
  characters: z.int().optional(),
  documents: z.int().optional(),
  refused: z.string().optional(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;
export const UploadAnswer = z.object({ files: z.array(UploadedFile) });
export type UploadAnswer = z.infer<typeof UploadAnswer>;

/** What a new run is made from: a bundled scenario, or uploads and a question; the rest overrides. */
export const RunRequest = z
  .strictObject({
    scenario: z.string().optional(),
    uploads: z
      .array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().min(1).max(255) }))
      .max(200)
      .optional(),
    question: z.string().min(3).max(600).optional(),
    title: z.string().min(3).max(120).optional(),
    agents: z.int().min(2).max(1_000_000).optional(),
    rounds: z.int().min(1).max(2000).optional(),
    ensemble: z.int().min(1).max(200).optional(),
    seed: z.int().min(0).optional(),
    model: z.string().optional(),
    agentShare: z.number().min(0).max(1).optional(),
    budgetUsd: z.number().min(0).max(100_000).optional(),
    threads: z.int().min(0).max(64).optional(),
  })
  .refine((body) => (body.scenario === undefined) !== (body.uploads === undefined), 'give either `scenario` or `uploads`')
  .refine((body) => body.uploads === undefined || body.question !== undefined, 'uploads need a `question`');
export type RunRequest = z.infer<typeof RunRequest>;

const range = z.object({ low: z.number(), expected: z.number(), high: z.number() });
export const Estimate = z.object({
  model: z.string(),
  seconds: range,
  costUsd: range,
  stages: z.array(z.object({ stage: z.string(), calls: range, inputTokens: range, outputTokens: range, costUsd: range })),
  budgetUsd: z.number(),
  fitsBudget: z.boolean(),
  notes: z.array(z.string()),
});
export type Estimate = z.infer<typeof Estimate>;

export const RUN_STAGES = ['documents', 'graph', 'population', 'rounds', 'ensemble', 'report'] as const;
export const RUN_STATUS = ['queued', 'running', 'paused', 'stopped', 'interrupted', 'finished', 'failed'] as const;

export const StageView = z.object({
  stage: z.enum(RUN_STAGES),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number(),
  total: z.number(),
  message: z.string(),
});
export type StageView = z.infer<typeof StageView>;

export const RunView = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  status: z.enum(RUN_STATUS),
  stages: z.array(StageView),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  agents: z.int(),
  rounds: z.int(),
  roundsDone: z.int(),
  platforms: z.array(z.string()),
  issues: z.array(z.object({ index: z.int(), label: z.string(), proposition: z.string() })),
  seed: z.int(),
  model: z.string(),
  digest: z.string().optional(),
  events: z.int(),
  elapsedMs: z.number(),
  costUsd: z.number(),
  budgetUsd: z.number(),
  hasGraph: z.boolean(),
  hasPopulation: z.boolean(),
  hasReport: z.boolean(),
  rejected: z.array(z.object({ name: z.string(), reason: z.string() })),
  problem: Problem.optional(),
});
export type RunView = z.infer<typeof RunView>;

/** GET /api/v1/runs/:id/stream. `event:` is the kind, `id:` the sequence number. */
export const RunEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), seq, run: RunView }),
  z.object({ kind: z.literal('stage'), seq, stage: StageView }),
  z.object({
    kind: z.literal('round'),
    seq,
    round: z.int(),
    time: z.string(),
    active: z.int(),
    events: z.int(),
    measures: z.record(z.string(), z.number()),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

export const Span = z.object({ document: z.string(), start: z.int(), end: z.int() });
export const DocumentView = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().optional(),
  mediaType: z.string(),
  language: z.string(),
  characters: z.int(),
  publishedAt: z.string().optional(),
});
export const GraphView = z.object({
  hash: z.string(),
  documents: z.array(DocumentView),
  totals: z.object({ entities: z.int(), relations: z.int(), claims: z.int(), mentions: z.int() }),
  nodes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      subtype: z.string().optional(),
      salience: z.number(),
      community: z.string().optional(),
      /** Agent number where this entity lives in the world. */
      agent: z.int().optional(),
      x: z.number(),
      y: z.number(),
    }),
  ),
  edges: z.array(z.object({ id: z.string(), source: z.string(), target: z.string(), label: z.string(), negated: z.boolean() })),
  communities: z.array(z.object({ id: z.string(), label: z.string(), size: z.int() })),
});
export type GraphView = z.infer<typeof GraphView>;

export const Excerpt = z.object({
  span: Span,
  documentName: z.string(),
  before: z.string(),
  text: z.string(),
  after: z.string(),
});
export type Excerpt = z.infer<typeof Excerpt>;
export const EntityView = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  subtype: z.string().optional(),
  aliases: z.array(z.string()),
  confidence: z.number(),
  salience: z.number(),
  description: z.string().optional(),
  agent: z.int().optional(),
  relations: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      subjectName: z.string(),
      predicate: z.string(),
      object: z.string().optional(),
      objectName: z.string(),
      negated: z.boolean(),
      modality: z.string(),
      confidence: z.number(),
      excerpt: Excerpt.optional(),
    }),
  ),
  excerpts: z.array(Excerpt),
});
export type EntityView = z.infer<typeof EntityView>;
export const SearchAnswer = z.object({
  hits: z.array(z.object({ kind: z.string(), id: z.string(), score: z.number(), text: z.string(), excerpt: Excerpt })),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const MeasuresView = z.object({
  specs: z.array(z.object({ name: z.string(), perIssue: z.boolean(), unit: z.string(), meaning: z.string() })),
  rounds: z.array(
    z.object({ round: z.int(), time: z.string(), active: z.int(), events: z.int(), measures: z.record(z.string(), z.number()) }),
  ),
  interventions: z.array(z.object({ round: z.int(), text: z.string(), issue: z.int(), stance: z.number(), reach: z.number() })),
});
export type MeasuresView = z.infer<typeof MeasuresView>;

export const PostView = z.object({
  seq,
  kind: z.string(),
  round: z.int(),
  time: z.string(),
  platform: z.string(),
  agent: z.int().optional(),
  authorName: z.string(),
  authorHandle: z.string(),
  authorType: z.string(),
  text: z.string(),
  writtenBy: z.string(),
  issue: z.int(),
  stance: z.number(),
  /** The post answered, quoted or shared, and who wrote it: the words of a shared post are that author's. */
  parent: z.int().optional(),
  parentAuthor: z.string().optional(),
  likes: z.int(),
  dislikes: z.int(),
  replies: z.int(),
  reposts: z.int(),
  excerpt: Excerpt.optional(),
});
export type PostView = z.infer<typeof PostView>;
/** GET …/posts?round&platform&agent&issue&sort&limit&before. */
export const PostsView = z.object({ round: z.int(), posts: z.array(PostView) });
export type PostsView = z.infer<typeof PostsView>;

export const AgentRow = z.object({
  agent: z.int(),
  name: z.string(),
  handle: z.string(),
  kind: z.enum(['named', 'crowd']),
  actorType: z.string(),
  occupation: z.string(),
  community: z.string(),
  reach: z.number(),
  opinions: z.array(z.number()),
});
export type AgentRow = z.infer<typeof AgentRow>;
/** GET …/agents?q&kind&offset&limit&round. */
export const AgentsView = z.object({ total: z.int(), agents: z.array(AgentRow) });
export type AgentsView = z.infer<typeof AgentsView>;

export const AgentView = z.object({
  agent: z.int(),
  round: z.int(),
  persona: z.object({
    kind: z.enum(['named', 'crowd']),
    entity: z.string().optional(),
    actorType: z.string(),
    name: z.string(),
    handle: z.string(),
    bio: z.string(),
    age: z.int().optional(),
    gender: z.string().optional(),
    education: z.string().optional(),
    occupation: z.string(),
    region: z.string(),
    traits: z.record(z.string(), z.number()),
    values: z.record(z.string(), z.number()),
    rhythm: z.object({ name: z.string(), activity: z.number(), hours: z.array(z.number()) }),
    reach: z.number(),
    followers: z.int(),
    following: z.int(),
    community: z.string(),
    voice: z.object({ register: z.string(), description: z.string() }),
    goals: z.array(z.string()),
    excerpts: z.array(Excerpt),
  }),
  stances: z.array(
    z.object({
      issue: z.int(),
      label: z.string(),
      opinion: z.number(),
      certainty: z.number(),
      salience: z.number(),
      before: z.number(),
    }),
  ),
  memory: z.array(z.object({ round: z.int(), event: seq, kind: z.string(), text: z.string(), importance: z.number() })),
  posts: z.array(PostView),
});
export type AgentView = z.infer<typeof AgentView>;

/** POST …/agents/:agent/chat; GET gives the turns so far. */
export const ChatRequest = z.strictObject({ message: z.string().trim().min(1).max(4000), round: z.int().min(-1).optional() });
export type ChatRequest = z.infer<typeof ChatRequest>;
export const ChatTurnView = z.object({
  from: z.enum(['person', 'agent']),
  text: z.string(),
  round: z.int(),
  at: z.string(),
  events: z.array(seq),
  excerpts: z.array(Excerpt),
  model: z.string().optional(),
});
export type ChatTurnView = z.infer<typeof ChatTurnView>;
export const ChatView = z.object({ agent: z.int(), turns: z.array(ChatTurnView) });
export type ChatView = z.infer<typeof ChatView>;

export const SurveyRequest = z.strictObject({
  question: z.string().min(3).max(600),
  options: z.array(z.string().min(1).max(120)).min(2).max(8),
  round: z.int().min(-1).optional(),
  where: z.record(z.string(), z.string()).optional(),
});
export type SurveyRequest = z.infer<typeof SurveyRequest>;

export const InjectRequest = z.strictObject({
  text: z.string().min(3).max(600),
  issue: z.int().min(0).max(7).default(0),
  stance: z.number().min(-1).max(1),
  reach: z.number().min(0).max(1).default(0.3),
});
export type InjectRequest = z.infer<typeof InjectRequest>;

export const CostsView = z.object({
  totalUsd: z.number(),
  budgetUsd: z.number(),
  spentUsd: z.number(),
  reservedUsd: z.number(),
  rows: z.array(
    z.object({
      model: z.string(),
      stage: z.string(),
      calls: z.int(),
      cassetteHits: z.int(),
      failures: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      costUsd: z.number(),
    }),
  ),
});
export type CostsView = z.infer<typeof CostsView>;

export const ScenarioView = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  questions: z.array(z.string()),
  agents: z.int(),
  rounds: z.int(),
  documents: z.array(z.string()),
});
export type ScenarioView = z.infer<typeof ScenarioView>;

export const ModelView = z.object({
  id: z.string(),
  kind: z.enum(['embedded', 'provider']),
  available: z.boolean(),
  priced: z.boolean(),
});
export type ModelView = z.infer<typeof ModelView>;

/** GET /api/v1/status. */
export const StatusView = z.object({ version: z.string(), home: z.string(), models: z.array(ModelView), threads: z.int() });
export type StatusView = z.infer<typeof StatusView>;

/** Answer of POST /api/v1/runs/:id/survey. */
export const SurveyView = z.object({
  question: z.string(),
  round: z.int(),
  asked: z.int(),
  options: z.array(z.object({ option: z.string(), count: z.int(), share: z.number(), standardError: z.number() })),
  byCommunity: z.array(z.object({ group: z.string(), asked: z.int(), shares: z.array(z.number()) })),
  method: z.string(),
});
export type SurveyView = z.infer<typeof SurveyView>;

const Spread = z.object({
  mean: z.number(),
  median: z.number(),
  low: z.number(),
  high: z.number(),
  standardDeviation: z.number(),
  members: z.int(),
  label: z.string(),
});
export const ForecastView = z.object({
  question: z.int(),
  text: z.string(),
  kind: z.enum(['binary', 'categorical']),
  answer: z.string().optional(),
  options: z.array(z.object({ option: z.string(), probability: z.number(), support: Spread })),
  persistence: z.array(z.object({ option: z.string(), support: z.number() })),
  simulatedResolution: z.string(),
  realWorldResolution: z.string(),
  calibration: z.string(),
});
export type ForecastView = z.infer<typeof ForecastView>;

/** As in reports/contract.ts; the server adds the words behind a span, so that a page can show them at once. */
export const CitationView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), seq }),
  z.object({ kind: z.literal('span'), span: Span, excerpt: Excerpt.optional() }),
  z.object({ kind: z.literal('measure'), name: z.string(), round: z.int() }),
]);
export type CitationView = z.infer<typeof CitationView>;
export const ReportClaimView = z.object({
  text: z.string(),
  kind: z.enum(['finding', 'quote', 'seed-fact', 'method', 'caution']),
  citations: z.array(CitationView),
  numbers: z.array(
    z.object({
      value: z.number(),
      text: z.string(),
      source: z.object({ name: z.string(), args: z.array(z.union([z.string(), z.number()])) }),
    }),
  ),
});
export type ReportClaimView = z.infer<typeof ReportClaimView>;
export const FigureView = z.object({
  id: z.string(),
  title: z.string(),
  caption: z.string(),
  svg: z.string(),
  alt: z.string(),
  data: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
});
export type FigureView = z.infer<typeof FigureView>;

/** GET /api/v1/runs/:id/report. */
export const ReportView = z.object({
  version: z.literal(1),
  title: z.string(),
  createdAt: z.string(),
  forecasts: z.array(ForecastView),
  sections: z.array(
    z.object({ id: z.string(), title: z.string(), claims: z.array(ReportClaimView), figures: z.array(FigureView) }),
  ),
  method: z.object({
    runId: z.string(),
    seed: z.int(),
    ensembleSeeds: z.array(z.int()),
    digest: z.string(),
    shoalVersion: z.string(),
    nodeVersion: z.string(),
    engineHash: z.string(),
    scenarioHash: z.string(),
    graphHash: z.string(),
    agents: z.int(),
    rounds: z.int(),
    events: z.int(),
    model: z.string(),
    costNanoUsd: z.int(),
  }),
  check: z.object({ claims: z.int(), numbers: z.int(), citations: z.int(), rewritten: z.int() }),
});
export type ReportView = z.infer<typeof ReportView>;
