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

// ---- keys, audit, configuration ---------------------------------------------------------------------------

const Scopes = z.array(z.enum(['admin', 'operate', 'read', 'invoke'])).min(1);
/** Part of a budget's path, so neither slash nor colon. */
const HolderName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,62}$/, 'letters, digits, dots, dashes, _ and @, at most 63');
const ModelPatterns = z.array(z.string().min(1).max(200)).max(500);
const CallLimits = z.strictObject({
  requestsPerMinute: z.int().min(1).optional(),
  tokensPerMinute: z.int().min(1).optional(),
  concurrency: z.int().min(1).optional(),
});
const limitUsd = z.number().min(0).max(1_000_000);
const expiresAt = z.iso.datetime({ offset: true });

/** POST /api/v1/keys. */
export const KeyRequest = z.strictObject({
  name: z.string().min(1).max(100),
  scopes: Scopes.default(['invoke']),
  team: HolderName.optional(),
  user: HolderName.optional(),
  /** Patterns such as `openai/*`, or names of groups; absent = all models. */
  models: ModelPatterns.optional(),
  limits: CallLimits.prefault({}),
  /** Hard limit of this key's own budget. */
  limitUsd: limitUsd.optional(),
  expiresAt: expiresAt.optional(),
  allowUnpriced: z.boolean().default(false),
});
export type KeyRequest = z.infer<typeof KeyRequest>;

/** PATCH /api/v1/keys/:id; null takes a restriction away. */
export const KeyPatch = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  scopes: Scopes.optional(),
  models: ModelPatterns.nullable().optional(),
  limits: CallLimits.optional(),
  expiresAt: expiresAt.nullable().optional(),
  allowUnpriced: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export type KeyPatch = z.infer<typeof KeyPatch>;

export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: Scopes,
  team: z.string().optional(),
  user: z.string().optional(),
  models: z.array(z.string()).optional(),
  limits: CallLimits,
  allowUnpriced: z.boolean(),
  expiresAt: z.string().optional(),
  budget: z.string(),
  disabled: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().optional(),
  oldSecretUntil: z.string().optional(),
});
export type KeyView = z.infer<typeof KeyView>;

/** The only answer that ever holds a secret. */
export const KeyMade = z.object({ key: KeyView, secret: z.string() });
export type KeyMade = z.infer<typeof KeyMade>;
/** POST /api/v1/keys/:id/rotate. */
export const RotateRequest = z.strictObject({
  /** For how long the present secret is still taken. */
  graceHours: z.number().min(0).max(720).default(24),
});

/** PUT /api/v1/users/:name. */
export const HolderRequest = z.strictObject({ models: ModelPatterns.optional(), limits: CallLimits.prefault({}) });
/** PUT /api/v1/teams/:name. */
export const TeamRequest = HolderRequest.extend({ limitUsd: limitUsd.optional() });
export const HolderParams = z.object({ name: HolderName });
export const HolderView = z.object({ name: z.string(), models: z.array(z.string()).optional(), limits: CallLimits });
export type HolderView = z.infer<typeof HolderView>;

/** POST and GET /api/v1/session. */
export const SessionRequest = z.strictObject({ key: z.string().min(1).max(200) });
export const SessionView = z.object({ kind: z.enum(['local', 'key']), name: z.string(), scopes: Scopes });
export type SessionView = z.infer<typeof SessionView>;

export const AuditEntryView = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  previous: z.string(),
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
/** GET /api/v1/audit/verify. */
export const AuditVerdictView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), entries: z.int(), head: z.object({ seq: z.int(), hash: z.string() }) }),
  z.object({ kind: z.literal('broken'), seq: z.int(), problem: z.string() }),
]);
export type AuditVerdictView = z.infer<typeof AuditVerdictView>;

export const ConfigChangeView = z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() });
export type ConfigChangeView = z.infer<typeof ConfigChangeView>;
/** GET /api/v1/config/pending. */
export const ConfigStateView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('current') }),
  z.object({ kind: z.literal('pending'), digest: z.string(), changes: z.array(ConfigChangeView) }),
  z.object({ kind: z.literal('refused'), digest: z.string(), problem: Problem }),
]);
export type ConfigStateView = z.infer<typeof ConfigStateView>;
/** POST /api/v1/config/apply: names the file whose changes were shown. */
export const ApplyRequest = z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/) });

// ---- what was called: requests, spans, usage ---------------------------------------------------------------

/** A time: milliseconds since 1970, or as ISO 8601 writes it. */
const Instant = z
  .string()
  .max(40)
  .transform((text, context): number => {
    const value = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text);
    if (Number.isFinite(value)) return value;
    context.addIssue('a time such as 2026-01-31T12:00:00Z is needed');
    return z.NEVER;
  });
const Name = z.string().max(300);

const RequestConditions = z.strictObject({
  run: Name.optional(),
  team: Name.optional(),
  user: Name.optional(),
  key: Name.optional(),
  model: Name.optional(),
  provider: Name.optional(),
  stage: Name.optional(),
  outcome: Name.optional(),
  error: Name.optional(),
  door: Name.optional(),
  agent: z.coerce.number().int().min(0).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
});
export const RequestsQuery = RequestConditions.extend({
  /** The `next` of the page before. */
  before: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type RequestsQuery = z.infer<typeof RequestsQuery>;
export const RequestExportQuery = RequestConditions.extend({ form: z.enum(['json', 'csv']).default('json') });

export const RequestView = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(['model', 'tool']),
  operation: z.enum(['generate', 'embed', 'tool']),
  door: z.string(),
  asked: z.string(),
  target: z.string(),
  provider: z.string().optional(),
  key: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
  runId: z.string().optional(),
  stage: z.string(),
  agent: z.int().optional(),
  round: z.int().optional(),
  stream: z.boolean(),
  outcome: z.enum(['ok', 'cassette', 'denied', 'failed', 'cancelled']),
  errorCode: z.string().optional(),
  errorType: z.string().optional(),
  attempts: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cachedInputTokens: z.int(),
  cacheWriteTokens: z.int(),
  reasoningTokens: z.int(),
  costNanoUsd: z.int(),
  latencyMs: z.number(),
  firstOutputMs: z.number().optional(),
  upstreamMs: z.number(),
  finishReason: z.string().optional(),
  cache: z.string().optional(),
  guardrails: z.object({ observed: z.int(), redacted: z.int(), blocked: z.int() }),
  traceId: z.string().optional(),
});
export type RequestView = z.infer<typeof RequestView>;

export const RequestsView = z.object({ requests: z.array(RequestView), next: z.string().optional() });
export type RequestsView = z.infer<typeof RequestsView>;

export const RequestDetailView = z.object({
  request: RequestView,
  spans: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['server', 'client', 'internal']),
      startMs: z.number(),
      durationMs: z.number(),
      errorType: z.string().optional(),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    }),
  ),
  /** Own milliseconds of each step. */
  steps: z.record(z.string(), z.number()),
  bodies: z.object({ request: z.string(), answer: z.string() }).optional(),
});
export type RequestDetailView = z.infer<typeof RequestDetailView>;

export const USAGE_BY = ['day', 'hour', 'team', 'user', 'key', 'model', 'provider', 'run', 'stage', 'outcome'] as const;
export const UsageRequest = RequestConditions.pick({
  run: true,
  team: true,
  user: true,
  key: true,
  model: true,
  provider: true,
  stage: true,
  outcome: true,
  since: true,
  until: true,
}).extend({
  /** Dimensions, with commas between them. */
  by: z
    .string()
    .max(100)
    .default('model')
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
    .pipe(z.array(z.enum(USAGE_BY)).min(1)),
  quantiles: z.stringbool().default(false),
});
export type UsageRequest = z.infer<typeof UsageRequest>;

const quantile = z.number().optional();
export const UsageView = z.object({
  rows: z.array(
    z.object({
      group: z.record(z.string(), z.string().optional()),
      calls: z.int(),
      failures: z.int(),
      cacheHits: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      cachedInputTokens: z.int(),
      cacheWriteTokens: z.int(),
      reasoningTokens: z.int(),
      costNanoUsd: z.int(),
      latencyMs: z.number(),
      quantiles: z
        .object({
          latencyP50Ms: quantile,
          latencyP95Ms: quantile,
          latencyP99Ms: quantile,
          firstOutputP50Ms: quantile,
          firstOutputP95Ms: quantile,
        })
        .optional(),
    }),
  ),
});
export type UsageView = z.infer<typeof UsageView>;

// ---- budgets: /api/v1/budgets ------------------------------------------------------------------------------

/** `spent` and `limit` are USD or tokens, as `measure` says. */
export const BudgetAlertView = z.object({
  node: z.string(),
  measure: z.enum(['usd', 'tokens']),
  percent: z.int(),
  at: z.string(),
  spent: z.number(),
  limit: z.number(),
});
export type BudgetAlertView = z.infer<typeof BudgetAlertView>;

/** A node of the budget tree and how it stands in its present window; a limit that is absent is none. */
export const BudgetView = z.object({
  id: z.string(),
  parent: z.string().optional(),
  limitUsd: z.number().optional(),
  limitTokens: z.int().optional(),
  /** `none`, `rolling 24h`, `hour`, or `day`, `week`, `month` with a time zone if not UTC. */
  window: z.string(),
  edge: z.enum(['hard', 'soft']),
  alertPercents: z.array(z.int()),
  closed: z.boolean(),
  closedAt: z.string().optional(),
  spentUsd: z.number(),
  spentTokens: z.int(),
  /** Held by calls under way, here or in other processes. */
  reservedUsd: z.number(),
  reservedTokens: z.int(),
  headroomUsd: z.number().optional(),
  headroomTokens: z.int().optional(),
  resetsAt: z.string().optional(),
  extensions: z.array(z.object({ usd: z.number(), tokens: z.int(), from: z.string(), until: z.string() })),
  alerts: z.array(BudgetAlertView),
});
export type BudgetView = z.infer<typeof BudgetView>;

/** PUT /api/v1/budgets/:id. What is absent stays; null takes a limit away. `parent` is for a new node (default the root). */
export const BudgetRequest = z.strictObject({
  parent: z.string().min(1).max(300).optional(),
  limitUsd: z.number().min(0).max(1_000_000).nullable().optional(),
  limitTokens: z.int().min(0).max(1e15).nullable().optional(),
  window: z.string().max(80).optional(),
  edge: z.enum(['hard', 'soft']).optional(),
  alertPercents: z.array(z.int().min(1).max(1000)).max(20).optional(),
});
export type BudgetRequest = z.infer<typeof BudgetRequest>;

const More = z.strictObject({
  usd: z.number().min(0).max(1_000_000).default(0),
  tokens: z.int().min(0).max(1e15).default(0),
});
const isMore = ({ usd, tokens }: z.infer<typeof More>): boolean => usd + tokens > 0;
const NO_MORE = 'give `usd`, `tokens` or both';

/** POST /api/v1/budgets/:id/add: so much more for good. Two people who add at once both add. */
export const BudgetAddRequest = More.refine(isMore, NO_MORE);
export type BudgetAddRequest = z.infer<typeof BudgetAddRequest>;

/** POST /api/v1/budgets/:id/extend: so much more until then. */
export const BudgetExtensionRequest = More.extend({ until: z.iso.datetime({ offset: true }) }).refine(isMore, NO_MORE);
export type BudgetExtensionRequest = z.infer<typeof BudgetExtensionRequest>;

/** What an act has changed. */
export const BudgetChangeView = z.object({
  act: z.enum(['open', 'change', 'raise', 'extend', 'close']),
  before: BudgetView.optional(),
  after: BudgetView,
});
export type BudgetChangeView = z.infer<typeof BudgetChangeView>;

/** DELETE /api/v1/budgets?closedBefore=…: budgets that were closed before then are forgotten. */
export const BudgetPurgeQuery = z.strictObject({ closedBefore: z.iso.datetime({ offset: true }) });
export const BudgetPurgeView = z.object({ purged: z.int() });
export type BudgetPurgeView = z.infer<typeof BudgetPurgeView>;

// ---- models, and how they are doing ------------------------------------------------------------------------

const usdPerMillion = z.number();
const ModelRates = z.object({
  inputUsd: usdPerMillion,
  cachedInputUsd: usdPerMillion,
  cacheWriteUsd: usdPerMillion.optional(),
  outputUsd: usdPerMillion,
});
/** A model with its price per million tokens, where that was read and when. */
export const ModelRowView = z.object({
  id: z.string(),
  provider: z.string(),
  available: z.boolean(),
  /** The environment variable that would make it available. */
  missing: z.string().optional(),
  contextTokens: z.int(),
  maxOutputTokens: z.int(),
  /** Absent: nobody knows it, and only keys that may call unpriced models can call it. */
  price: ModelRates.extend({
    tiers: z.array(ModelRates.extend({ aboveInputTokens: z.int() })),
    source: z.string(),
    date: z.string().optional(),
  }).optional(),
});
export type ModelRowView = z.infer<typeof ModelRowView>;
/** GET /api/v1/models. */
export const ModelsView = z.object({ models: z.array(ModelRowView), groups: z.array(z.string()) });
export type ModelsView = z.infer<typeof ModelsView>;

export const TargetHealthView = z.object({
  target: z.string(),
  /** Which of the provider's keys. */
  keyIndex: z.int(),
  /** `resting`: the provider asked to be left alone; the others are the circuit breaker's. */
  state: z.enum(['closed', 'open', 'half-open', 'resting']),
  /** Moving averages; 0 = unknown. */
  firstByteMs: z.number(),
  wholeMs: z.number(),
  inFlight: z.int(),
  attempts: z.int(),
  failures: z.int(),
  /** Until it is chosen again; 0 = now. */
  blockedMs: z.number(),
});
export type TargetHealthView = z.infer<typeof TargetHealthView>;
/** GET /api/v1/gateway/health: what was tried since the server began, and who waits for a place. */
export const GatewayHealthView = z.object({
  targets: z.array(TargetHealthView),
  places: z.array(z.object({ name: z.string(), underWay: z.int(), waiting: z.int() })),
});
export type GatewayHealthView = z.infer<typeof GatewayHealthView>;
