// The memory kernel: how a post's replies are spread over the time since it was posted, as a step function of log lag.
// It is learnt with its exposure, so that posts near the horizon count as long as they could be answered.
import { sizeAt, type Cascade } from '../cascades/cascade.ts';

export interface ReplyKernel {
  /** Minutes; step k lasts from edge k to edge k + 1. */
  readonly lags: readonly number[];
  /** Share of a post's replies (within the horizon) that has come by each edge. */
  readonly reached: Float64Array;
}

/** Share of a post's replies that come within `lag` minutes. */
export function kernelReach({ lags, reached }: ReplyKernel, lag: number): number {
  if (lag <= 0) return 0;
  for (let step = 1; step < lags.length; step++) {
    const end = lags[step] ?? 0;
    if (lag <= end) {
      const start = lags[step - 1] ?? 0;
      const before = reached[step - 1] ?? 0;
      return before + (((reached[step] ?? 0) - before) * (lag - start)) / (end - start);
    }
  }
  return 1;
}

/**
 * The kernel of replies to roots, or to replies. A cascade weighs by the root of its size: one giant must not be the
 * law for all.
 */
export function fitKernel(cascades: readonly Cascade[], horizon: number, parents: 'root' | 'replies'): ReplyKernel {
  const lags = lagEdges(horizon);
  const steps = lags.length - 1;
  const drawn = new Float64Array(steps).fill(0.5 / steps);
  const exposure = new Float64Array(steps).fill(1);
  for (const cascade of cascades) {
    const size = sizeAt(cascade, horizon);
    const weight = 1 / Math.sqrt(size);
    const isParent = (at: number): boolean => (at === 0) === (parents === 'root');
    for (let at = 0; at < size; at++) {
      if (isParent(at)) {
        const left = horizon - (cascade.minutes[at] ?? 0);
        for (let step = 0; step < steps && (lags[step] ?? 0) < left; step++)
          exposure[step] = (exposure[step] ?? 0) + weight * (Math.min(left, lags[step + 1] ?? 0) - (lags[step] ?? 0));
      }
      const parent = cascade.parent[at] ?? -1;
      if (parent < 0 || !isParent(parent)) continue;
      const lag = (cascade.minutes[at] ?? 0) - (cascade.minutes[parent] ?? 0);
      const step = Math.max(0, lags.findIndex((edge) => lag <= edge) - 1);
      drawn[step] = (drawn[step] ?? 0) + weight;
    }
  }
  const mass = drawn.map((count, step) => (count / (exposure[step] ?? 1)) * ((lags[step + 1] ?? 0) - (lags[step] ?? 0)));
  const total = mass.reduce((sum, value) => sum + value, 0);
  const reached = new Float64Array(lags.length);
  for (let step = 0; step < steps; step++) reached[step + 1] = (reached[step] ?? 0) + (mass[step] ?? 0) / total;
  return { lags, reached };
}

function lagEdges(horizon: number): readonly number[] {
  const edges = [0];
  for (let lag = 1; lag < horizon; lag *= 2) edges.push(lag);
  return [...edges, horizon];
}
