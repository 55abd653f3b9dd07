// Time cut into bins that grow with age, so that each holds about as much of a cascade's life as the one before.
// The end of observation and the horizon are edges.
import { portableExp, portableLog } from '#foundation';

const OBSERVED_BINS = 9;
/** Age at the first edge, as a share of the observed time. */
const FIRST = 1 / 64;
const LARGEST_RATIO = 1.5;

export interface Window {
  /** Minutes after the root at which the forecast is made. */
  readonly observe: number;
  /** Minutes after the root that are forecast. */
  readonly horizon: number;
}

export interface TimeBins extends Window {
  /** Minutes; one more than there are bins. */
  readonly edges: readonly number[];
  /** How many bins lie before the end of observation. */
  readonly observed: number;
  /** Logarithm of the age at each bin's middle. */
  readonly logAge: readonly number[];
}

/** Ends of so many bins, each as much longer than the one before. */
const between = (from: number, to: number, bins: number): readonly number[] =>
  Array.from({ length: bins }, (_, at) =>
    at === bins - 1 ? to : from * portableExp((portableLog(to / from) * (at + 1)) / bins),
  );

export function timeBins({ observe, horizon }: Window): TimeBins {
  const ahead = Math.max(1, Math.ceil(portableLog(horizon / observe) / portableLog(LARGEST_RATIO)));
  const first = observe * FIRST;
  const edges = [0, first, ...between(first, observe, OBSERVED_BINS - 1), ...between(observe, horizon, ahead)];
  const logAge = edges.slice(1).map((end, bin) => portableLog(((edges[bin] ?? 0) + end) / 2));
  return { observe, horizon, edges, observed: OBSERVED_BINS, logAge };
}

/** The bin that holds this minute (a bin owns its end); −1 at or before 0, and behind the last edge. */
export function binOf({ edges }: TimeBins, minute: number): number {
  if (minute > (edges.at(-1) ?? 0)) return -1;
  return edges.findIndex((edge) => minute <= edge) - 1;
}

/** Ends of the bins behind the end of observation: where a forecast curve is given. */
export function curveMinutes(window: Window): readonly number[] {
  const { edges, observed } = timeBins(window);
  return edges.slice(observed + 1);
}
