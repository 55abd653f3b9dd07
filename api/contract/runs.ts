// Runs: uploads, what a run is made from, how it goes, and its live events.
import { z } from 'zod';
import { ForkOrigin } from './forks.ts';
import { Problem } from './problem.ts';
import { seq } from './sequence.ts';

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
  /** Parts of it that could not be read (a line of a corpus, a file of an archive), with the reasons. */
  problems: z.array(z.string()).optional(),
  refused: z.string().optional(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;
export const UploadAnswer = z.object({ files: z.array(UploadedFile) });
export type UploadAnswer = z.infer<typeof UploadAnswer>;

/** POST /api/v1/uploads/urls: only where the configuration has `documents.allowUrls`. */
export const UrlUploadRequest = z.strictObject({ urls: z.array(z.string().min(1).max(2000)).min(1).max(20) });

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
  /** Present in a fork. */
  forkOf: ForkOrigin.optional(),
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
