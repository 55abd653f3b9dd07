// The ledger of forecasts: what is sealed before the outcome is known, what became of it, and how it scores.
import { z } from 'zod';

const probability = z.number().min(0).max(1);
const words = z.string().min(1).max(1000);

/** Probabilities of options, equally likely draws of a number (dates in milliseconds since 1970), or why there is nothing. */
export const Distribution = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('options'),
    options: z
      .array(z.strictObject({ option: words, probability }))
      .min(2)
      .max(40)
      .refine((options) => Math.abs(options.reduce((sum, one) => sum + one.probability, 0) - 1) < 1e-6, {
        message: 'the probabilities must add up to 1',
      })
      .refine((options) => new Set(options.map(({ option }) => option)).size === options.length, {
        message: 'each option may stand once',
      }),
  }),
  z.strictObject({ kind: z.literal('draws'), unit: words, draws: z.array(z.number()).min(1).max(1000) }),
  z.strictObject({ kind: z.literal('failed'), reason: words }),
]);
export type Distribution = z.infer<typeof Distribution>;

/** All that is fixed about a forecast before its outcome is known. */
export const ForecastToSeal = z.strictObject({
  text: z.string().min(3).max(600),
  kind: z.enum(['binary', 'categorical', 'ranking', 'numeric', 'date']),
  /** When the outcome should be known. */
  by: z.iso.datetime({ offset: true }),
  /** Who looks the outcome up, where and how. */
  resolution: words,
  distribution: Distribution,
  /** What simpler methods say of the same question. */
  baselines: z
    .array(z.strictObject({ name: words, distribution: Distribution }))
    .max(20)
    .default([]),
  /** What the spread is worth, e.g. `spread of the simulation, not yet calibrated`. */
  calibration: words,
  /** The run it comes from, where it comes from one. */
  run: z.strictObject({ id: words, digest: words, members: z.int().min(1) }).optional(),
  /** SHA-256 of each input by name. */
  inputs: z.record(z.string(), z.string()).default({}),
  versions: z.record(z.string(), z.string()).default({}),
});
export type ForecastToSeal = z.infer<typeof ForecastToSeal>;

export const Outcome = z.union([z.strictObject({ option: words }), z.strictObject({ value: z.number() })]);
export type Outcome = z.infer<typeof Outcome>;

export const Resolution = z.strictObject({ outcome: Outcome, source: words });
export const Objection = z.strictObject({ reason: words });

export const LEDGER_ACTS = ['sealed', 'resolved', 'void', 'disputed'] as const;
export type LedgerAct = (typeof LEDGER_ACTS)[number];

/** One link of the chain, as it is stored. */
export interface LedgerEntry {
  readonly seq: number;
  readonly at: string;
  readonly act: LedgerAct;
  /** Id of the forecast. */
  readonly forecast: string;
  /** Canonical JSON of what the act says. */
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}

export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export type LedgerVerdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: LedgerHead }
  | { readonly kind: 'broken'; readonly seq: number; readonly problem: string };

export interface LedgerForecast {
  readonly id: string;
  readonly sealedAt: string;
  /** Of the entry that sealed it. */
  readonly hash: string;
  readonly forecast: ForecastToSeal;
  /** `failed` where nothing was forecast; it can still be resolved, and counts. */
  readonly state: 'open' | 'resolved' | 'void' | 'disputed' | 'failed';
  readonly outcome: Outcome | undefined;
  readonly source: string | undefined;
  readonly history: readonly { readonly at: string; readonly act: LedgerAct; readonly words: string }[];
}

export interface ReliabilityBin {
  readonly forecasts: number;
  /** Mean forecast probability, and how often it came true. */
  readonly forecast: number;
  readonly observed: number;
  /** 5 % and 95 % of what would be observed were the forecasts right. */
  readonly low: number;
  readonly high: number;
}

export interface BaselineSkill {
  readonly baseline: string;
  /** Questions that both answer. */
  readonly questions: number;
  readonly brier: number;
  readonly baselineBrier: number;
  /** 1 − Brier ÷ the baseline's; undefined where that is 0. */
  readonly skill: number | undefined;
  /** The baseline's Brier minus ours: above 0 is better. */
  readonly difference: number;
  /** Of the paired sign-flip test, two-sided. */
  readonly pValue: number;
  /** Questions needed to see a difference of this size with 5 % error and 80 % power; undefined without a difference. */
  readonly questionsNeeded: number | undefined;
  readonly verdict: string;
}

export interface LedgerScore {
  /** Every forecast ever sealed, by state: nothing leaves this count. */
  readonly counts: Readonly<Record<LedgerForecast['state'] | 'sealed', number>>;
  /** Over resolved questions with options. */
  readonly options:
    | {
        readonly questions: number;
        readonly brier: number;
        /** Were everything else sealed (open, void, disputed, failed) to score best (0) or worst (1). */
        readonly brierBounds: readonly [best: number, worst: number];
        readonly reliability: number;
        readonly resolution: number;
        readonly uncertainty: number;
        /** What the spread of forecasts inside bins adds, so that Brier = reliability − resolution + uncertainty + this. */
        readonly withinBins: number;
        /** Mean −ln p of what came true, p clipped to `clip`. */
        readonly logScore: number;
        readonly clip: readonly [low: number, high: number];
        readonly bins: readonly ReliabilityBin[];
        readonly skill: readonly BaselineSkill[];
      }
    | undefined;
  /** Over resolved questions with draws; each score is in its question's own unit, so there is no mean of them. */
  readonly draws:
    | {
        readonly questions: number;
        readonly crps: readonly {
          readonly id: string;
          readonly unit: string;
          readonly crps: number;
          readonly intervalScore: number;
        }[];
        /** Share of outcomes inside the central intervals of `INTERVAL_LEVELS`. */
        readonly coverage: readonly number[];
      }
    | undefined;
}
