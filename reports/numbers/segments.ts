// Phases of a series: the piecewise straight line that explains it best, each further piece having to earn its place
// (Bayesian information criterion, three parameters a piece). Exact, by dynamic programming over break points.

export interface Segment {
  readonly from: number;
  /** Last index of the piece. */
  readonly to: number;
  /** Change per step along the fitted line. */
  readonly slope: number;
}

const MOST_SEGMENTS = 4;
const NOISE_FLOOR = 1e-6;

export function segmentsOf(series: readonly number[]): readonly Segment[] {
  const n = series.length;
  const shortest = Math.max(3, Math.floor(n / 12));
  if (n < 2 * shortest) return n < 2 ? [] : [line(0, n - 1, series)];
  const cost = residuals(series);
  // best[k][end]: least squares of splitting [0, end] into k + 1 pieces, and where the last one begins.
  let best = Array.from({ length: n }, (_, end) => ({ error: cost(0, end), starts: [0] as readonly number[] }));
  let chosen = best[n - 1];
  let score = criterion(n, chosen?.error ?? 0, 1);
  for (let pieces = 2; pieces <= Math.min(MOST_SEGMENTS, Math.floor(n / shortest)); pieces++) {
    best = best.map((_, end) => split(best, cost, end, shortest));
    const candidate = best[n - 1];
    if (candidate === undefined || !Number.isFinite(candidate.error)) break;
    const next = criterion(n, candidate.error, pieces);
    if (next < score) {
      score = next;
      chosen = candidate;
    }
  }
  const starts = chosen?.starts ?? [0];
  return joinCalm(
    starts.map((from, index) => line(from, (starts[index + 1] ?? n) - 1, series)),
    series,
  );
}

/** Neighbours that together move by less than this are one calm stretch. */
const CALM = 0.015;

function joinCalm(segments: readonly Segment[], series: readonly number[]): readonly Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const previous = joined.at(-1);
    const together = previous === undefined ? [] : series.slice(previous.from, segment.to + 1);
    if (previous !== undefined && Math.max(...together) - Math.min(...together) < CALM)
      joined.splice(-1, 1, line(previous.from, segment.to, series));
    else joined.push(segment);
  }
  return joined;
}

interface Split {
  readonly error: number;
  readonly starts: readonly number[];
}

function split(best: readonly Split[], cost: (from: number, to: number) => number, end: number, shortest: number): Split {
  let error = Number.POSITIVE_INFINITY;
  let at = -1;
  for (let start = shortest; start <= end - shortest + 1; start++) {
    const total = (best[start - 1]?.error ?? Number.POSITIVE_INFINITY) + cost(start, end);
    if (total < error) {
      error = total;
      at = start;
    }
  }
  return { error, starts: at < 0 ? [] : [...(best[at - 1]?.starts ?? []), at] };
}

const criterion = (n: number, error: number, pieces: number): number =>
  n * Math.log(Math.max(error / n, NOISE_FLOOR)) + 3 * pieces * Math.log(n);

/** Squared error of the best straight line through any stretch, in constant time from prefix sums. */
function residuals(series: readonly number[]): (from: number, to: number) => number {
  const sums = [[0, 0, 0]];
  for (const [x, y] of series.entries()) {
    const before = sums[x] ?? [0, 0, 0];
    sums.push([(before[0] ?? 0) + y, (before[1] ?? 0) + x * y, (before[2] ?? 0) + y * y]);
  }
  const between = (column: number, from: number, to: number): number =>
    (sums[to + 1]?.[column] ?? 0) - (sums[from]?.[column] ?? 0);
  return (from, to) => {
    const n = to - from + 1;
    if (n < 3) return 0;
    const meanX = (from + to) / 2;
    const sxx = (n * (n * n - 1)) / 12;
    const y = between(0, from, to);
    const sxy = between(1, from, to) - meanX * y;
    return Math.max(0, between(2, from, to) - (y * y) / n - (sxy * sxy) / sxx);
  };
}

function line(from: number, to: number, series: readonly number[]): Segment {
  const n = to - from + 1;
  const meanX = (from + to) / 2;
  const sxx = (n * (n * n - 1)) / 12;
  const sxy = series.slice(from, to + 1).reduce((sum, y, index) => sum + (from + index - meanX) * y, 0);
  return { from, to, slope: sxx === 0 ? 0 : sxy / sxx };
}
