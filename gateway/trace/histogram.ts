// Durations in fixed logarithmic buckets, four to the octave (a quantile is at most 9 % off), in a sparse form that
// can be added up inside SQLite: one byte of bucket and four of count each. Latencies use buckets 0–127, times to the
// first token 128–255, so one value holds both.
import type { Database } from '#store';

const PER_OCTAVE = 4;
const LAST = 127;
export const FIRST_TOKEN = 128;
const RECORD_BYTES = 5;

/** Bucket of a duration: bucket n holds ]2^((n-1)/4), 2^(n/4)] tenths of a millisecond. */
export function bucketOf(milliseconds: number): number {
  return milliseconds <= 0.1 ? 0 : Math.min(LAST, Math.ceil(Math.log2(milliseconds * 10) * PER_OCTAVE));
}

/** Counts by bucket. */
export type Histogram = Map<number, number>;

export function packHistogram(histogram: Histogram): Uint8Array {
  const bytes = new Uint8Array(histogram.size * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const [bucket, count] of histogram) {
    view.setUint8(offset, bucket);
    view.setUint32(offset + 1, count, true);
    offset += RECORD_BYTES;
  }
  return bytes;
}

export function addPacked(histogram: Histogram, packed: Uint8Array): Histogram {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let offset = 0; offset < packed.byteLength; offset += RECORD_BYTES) {
    const bucket = view.getUint8(offset);
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + view.getUint32(offset + 1, true));
  }
  return histogram;
}

/** In milliseconds; undefined where nothing was counted. `from` says which half: 0 or FIRST_TOKEN. */
export function quantile(histogram: Histogram, share: number, from: 0 | typeof FIRST_TOKEN): number | undefined {
  const buckets = [...histogram].filter(([bucket]) => bucket >= from && bucket <= from + LAST).toSorted(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of buckets) {
    below += count;
    // The geometric middle of the bucket.
    if (below >= share * total) return 2 ** ((bucket - from - 0.5) / PER_OCTAVE) / 10;
  }
  return undefined;
}

/** Gives this connection `add_histograms(a, b)` and the aggregate `sum_histograms(packed)`. */
export function defineHistogramFunctions(database: Database): void {
  database.function('add_histograms', { deterministic: true }, (left, right) => {
    if (!(left instanceof Uint8Array)) return right;
    if (!(right instanceof Uint8Array)) return left;
    return packHistogram(addPacked(addPacked(new Map(), left), right));
  });
  // node:sqlite keeps the accumulator as it is, whatever it is; its types know only values of SQLite.
  const sum = {
    start: (): Histogram => new Map(),
    step: (histogram: Histogram, packed: unknown): Histogram =>
      packed instanceof Uint8Array ? addPacked(histogram, packed) : histogram,
    result: (histogram: Histogram): Uint8Array => packHistogram(histogram),
  };
  database.aggregate('sum_histograms', sum as unknown as Parameters<Database['aggregate']>[1]);
}
