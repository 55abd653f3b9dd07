// One comparison of a model with what is known of it. The suite asserts each; test/bench/science.ts prints them.

export interface Row {
  readonly model: string;
  readonly what: string;
  /** What is published or follows exactly, as a person reads it. */
  readonly known: string;
  readonly found: number;
  readonly low: number;
  readonly high: number;
  /** How the width was derived. */
  readonly tolerance: string;
}

/** Standard errors that a result may be off by: one in sixteen thousand is, by chance. */
const SIGMAS = 4;

export const near = (model: string, what: string, known: number, found: number, width: number, tolerance: string): Row => ({
  model,
  what,
  known: String(Number(known.toPrecision(5))),
  found,
  low: known - width,
  high: known + width,
  tolerance,
});

/** A mean of n independent values with this standard deviation. */
export const nearMean = (model: string, what: string, known: number, found: number, sd: number, n: number): Row =>
  near(model, what, known, found, (SIGMAS * sd) / Math.sqrt(n), `${SIGMAS}σ/√n, σ = ${sd.toPrecision(3)}, n = ${n}`);

/** A share of n independent trials. */
export const nearShare = (model: string, what: string, known: number, found: number, n: number): Row =>
  nearMean(model, what, known, found, Math.sqrt(known * (1 - known)), n);

/** A share that somebody else found in m trials, so that both samples err. */
export const nearFound = (model: string, what: string, theirs: number, m: number, found: number, n: number): Row => {
  // Laplace's rule keeps the error of "30 of 30" from being nothing.
  const p = (theirs * m + 1) / (m + 2);
  const error = Math.sqrt(p * (1 - p) * (1 / n + 1 / m));
  return near(model, what, theirs, found, SIGMAS * error, `${SIGMAS}σ√(1/n + 1/m), n = ${n}, m = ${m}`);
};

export const between = (model: string, what: string, low: number, high: number, found: number, why: string): Row => ({
  model,
  what,
  known: low === high ? String(low) : `${low} … ${high}`,
  found,
  low,
  high,
  tolerance: why,
});

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
export const shareOf = <T>(values: readonly T[], holds: (value: T) => boolean): number =>
  values.filter(holds).length / values.length;
