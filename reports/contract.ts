// What a run answers: forecasts with their spread, and a report whose numbers and quotes can be followed back.
import type { SourceSpan } from '#knowledge-graph/contract';

export { INTERVAL_LEVELS } from './contract/backtests.ts';
export type { CascadeBacktest, CascadeForecast, MethodScores, TreeScores } from './contract/backtests.ts';
export { ForecastToSeal, LEDGER_ACTS, Objection, Outcome, Resolution } from './contract/ledger.ts';
export type {
  BaselineSkill,
  Distribution,
  LedgerAct,
  LedgerEntry,
  LedgerForecast,
  LedgerHead,
  LedgerScore,
  LedgerVerdict,
  ReliabilityBin,
} from './contract/ledger.ts';

/** A summary of a number over the ensemble's members. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly standardDeviation: number;
  readonly members: number;
  /** `spread of the simulation, not yet calibrated`, and the chance that the next member falls in [low, high]. */
  readonly label: string;
}

export interface ForecastOption {
  readonly option: string;
  /** Share of members in which this is the answer, shrunk by the Jeffreys rule and drawn towards a given base rate. */
  readonly probability: number;
  /** Final share of the population behind the option, over the members. */
  readonly support: Spread;
}

export interface Forecast {
  readonly question: number;
  readonly text: string;
  readonly kind: 'binary' | 'categorical';
  /** The likeliest option, or undefined where members split evenly. */
  readonly answer: string | undefined;
  readonly options: readonly ForecastOption[];
  /** Where opinion stood before the first round: what no change at all would answer. */
  readonly persistence: readonly { readonly option: string; readonly support: number }[];
  /** What simpler methods say of the same question, on the same inputs. */
  readonly baselines: readonly Baseline[];
  /** Shares of the variance of the first option's support; undefined where the ensemble is too small to tell. */
  readonly variance: VarianceShares | undefined;
  /** How it is answered inside the simulation, and in the world. */
  readonly simulatedResolution: string;
  readonly realWorldResolution: string;
  readonly calibration: 'uncalibrated';
}

export interface Baseline {
  readonly name: 'base rate' | 'persistence' | 'no interaction';
  readonly options: readonly { readonly option: string; readonly probability: number }[];
}

/** Of a nested design: parameters drawn from their priors, populations drawn within them, seeds within those. */
export interface VarianceShares {
  readonly parameters: number;
  readonly populations: number;
  readonly seeds: number;
}

/** Which draw of the parameters and which of the population a member lived with; equal numbers, equal draws. */
export interface MemberCell {
  readonly parameters: number;
  readonly population: number;
}

export type Citation =
  | { readonly kind: 'event'; readonly seq: number }
  | { readonly kind: 'span'; readonly span: SourceSpan }
  | { readonly kind: 'measure'; readonly name: string; readonly round: number };

/** A number in prose, with the function of the record that computed it. */
export interface ComputedNumber {
  readonly value: number;
  /** As it stands in the text, e.g. `62 %`. */
  readonly text: string;
  /** Name in `reports/numbers/table.ts` and its arguments; the checker recomputes it. */
  readonly source: { readonly name: string; readonly args: readonly (string | number)[] };
}

/** One sentence (or quote) of the report. */
export interface ReportClaim {
  readonly text: string;
  readonly kind: 'finding' | 'quote' | 'seed-fact' | 'method' | 'caution';
  readonly citations: readonly Citation[];
  readonly numbers: readonly ComputedNumber[];
  /** A new paragraph begins here. */
  readonly opens?: boolean;
}

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Complete SVG element; colours by CSS variables with fallbacks, readable in black and white. */
  readonly svg: string;
  readonly alt: string;
  readonly data: readonly Readonly<Record<string, string | number>>[];
}

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly ReportClaim[];
  readonly figures: readonly Figure[];
}

/** Variance of opinion on one issue at the end, over the ensemble and in the control in which everyone lives alone. */
export interface InteractionEffect {
  readonly issue: number;
  readonly label: string;
  /** Mean over the ensemble's members. */
  readonly together: number;
  readonly alone: number;
  /** together ÷ alone; undefined where nobody differs in the control. */
  readonly ratio: number | undefined;
}

/** Of a run that goes on from another's past. */
export interface ForkNote {
  readonly id: string;
  readonly title: string;
  /** Last round that both share; −1 = none. */
  readonly round: number;
  /** What is different from then on, each in a few words. */
  readonly changes: readonly string[];
}

export interface MethodBox {
  readonly runId: string;
  readonly fork?: ForkNote | undefined;
  readonly seed: number;
  readonly ensembleSeeds: readonly number[];
  readonly digest: string;
  readonly shoalVersion: string;
  readonly nodeVersion: string;
  readonly engineHash: string;
  readonly scenarioHash: string;
  readonly graphHash: string;
  readonly agents: number;
  readonly rounds: number;
  readonly events: number;
  readonly model: string;
  /** Who put the findings into words: `embedded (rule-based)` or a model's name. */
  readonly writer: string;
  /** Empty for a run of one seed, which lives no control. */
  readonly interaction: readonly InteractionEffect[];
  readonly costNanoUsd: number;
  /** Calls and cost by stage and model; adds up to `costNanoUsd`. */
  readonly costs: readonly StageCost[];
}

export interface StageCost {
  readonly stage: string;
  readonly model: string;
  readonly calls: number;
  readonly costNanoUsd: number;
}

/** What a citation points at, so that a report can be checked without the run's file. */
export interface Evidence {
  /** `event-12`, `span-d1-40-96`, `measure-support:0-23`. */
  readonly id: string;
  readonly kind: Citation['kind'];
  /** Event number and author, document name, or measure. */
  readonly label: string;
  /** The post, the passage (word for word) or the value. */
  readonly text: string;
  /** Round and platform, or characters of the document. */
  readonly place: string;
}

export interface Report {
  readonly version: 1;
  readonly title: string;
  readonly createdAt: string;
  readonly forecasts: readonly Forecast[];
  readonly sections: readonly ReportSection[];
  /** Everything that a claim cites, in the order of first citation. */
  readonly evidence: readonly Evidence[];
  readonly method: MethodBox;
  readonly check: { readonly claims: number; readonly numbers: number; readonly citations: number; readonly rewritten: number };
}

export interface Violation {
  readonly section: string;
  readonly claim: string;
  readonly problem: string;
}

export const REPORT_FORMATS = ['md', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
