// The forecast and the report.
import { z } from 'zod';
import { ForkOrigin } from './forks.ts';
import { Excerpt, Span } from './graph.ts';
import { seq } from './sequence.ts';

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
  baselines: z.array(z.object({ name: z.string(), options: z.array(z.object({ option: z.string(), probability: z.number() })) })),
  variance: z.object({ parameters: z.number(), populations: z.number(), seeds: z.number() }).optional(),
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
    fork: ForkOrigin.optional(),
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
