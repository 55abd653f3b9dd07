// The ledger of forecasts.
import { z } from 'zod';
import { FigureView } from './report.ts';

const DistributionView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('options'), options: z.array(z.object({ option: z.string(), probability: z.number() })) }),
  z.object({ kind: z.literal('draws'), unit: z.string(), draws: z.array(z.number()) }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type DistributionView = z.infer<typeof DistributionView>;

const OutcomeView = z.union([z.object({ option: z.string() }), z.object({ value: z.number() })]);

/** One forecast of GET /api/v1/forecasts. */
export const LedgerForecastView = z.object({
  id: z.string(),
  sealedAt: z.string(),
  hash: z.string(),
  state: z.enum(['open', 'resolved', 'void', 'disputed', 'failed']),
  forecast: z.object({
    text: z.string(),
    kind: z.string(),
    by: z.string(),
    resolution: z.string(),
    distribution: DistributionView,
    baselines: z.array(z.object({ name: z.string(), distribution: DistributionView })),
    calibration: z.string(),
    run: z.object({ id: z.string(), digest: z.string(), members: z.int() }).optional(),
    inputs: z.record(z.string(), z.string()),
    versions: z.record(z.string(), z.string()),
  }),
  outcome: OutcomeView.optional(),
  source: z.string().optional(),
  history: z.array(z.object({ at: z.string(), act: z.string(), words: z.string() })),
});
export type LedgerForecastView = z.infer<typeof LedgerForecastView>;

/** POST /api/v1/forecasts: what a run says of one of its questions. */
export const SealRequest = z.strictObject({
  run: z.string().min(1),
  question: z.int().min(0).default(0),
  /** ISO time at which the outcome should be known. */
  by: z.iso.datetime({ offset: true }),
  resolution: z.string().min(1).max(1000).optional(),
});
export type SealRequest = z.infer<typeof SealRequest>;
export const ResolveRequest = z.strictObject({ outcome: OutcomeView, source: z.string().min(1).max(1000) });
export type ResolveRequest = z.infer<typeof ResolveRequest>;
export const ObjectionRequest = z.strictObject({ reason: z.string().min(1).max(1000) });

/** GET /api/v1/forecast-score. */
export const LedgerScoreView = z.object({
  counts: z.record(z.string(), z.int()),
  options: z
    .object({
      questions: z.int(),
      brier: z.number(),
      brierBounds: z.tuple([z.number(), z.number()]),
      reliability: z.number(),
      resolution: z.number(),
      uncertainty: z.number(),
      withinBins: z.number(),
      logScore: z.number(),
      clip: z.tuple([z.number(), z.number()]),
      skill: z.array(
        z.object({
          baseline: z.string(),
          questions: z.int(),
          brier: z.number(),
          baselineBrier: z.number(),
          skill: z.number().optional(),
          difference: z.number(),
          pValue: z.number(),
          questionsNeeded: z.int().optional(),
          verdict: z.string(),
        }),
      ),
      /** The reliability diagram. */
      diagram: FigureView,
    })
    .optional(),
  draws: z
    .object({
      questions: z.int(),
      coverage: z.array(z.object({ level: z.number(), share: z.number() })),
      crps: z.array(z.object({ id: z.string(), unit: z.string(), crps: z.number(), intervalScore: z.number() })),
    })
    .optional(),
});
export type LedgerScoreView = z.infer<typeof LedgerScoreView>;

/** GET /api/v1/forecast-chain. */
export const LedgerVerdictView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), entries: z.int(), head: z.object({ seq: z.int(), hash: z.string() }) }),
  z.object({ kind: z.literal('broken'), seq: z.int(), problem: z.string() }),
]);
export type LedgerVerdictView = z.infer<typeof LedgerVerdictView>;
