// How fast a target answers: a peak-sensitive moving average (as in Finagle's load balancer: a slower sample counts at
// once, faster ones only with time), and a quantile of the latest samples.

const SAMPLES = 128;
/** Fewer say nothing about one in twenty. */
const ENOUGH = 20;
/** The quantile is worked out anew after so many samples. */
const STALE = 16;

export interface Pace {
  /** 0 = unknown. */
  readonly ewmaMs: number;
  /** The average as it fades while nothing is heard, so that one who was slow once is asked again. */
  fadedMs(nowMs: number): number;
  take(sampleMs: number, nowMs: number): void;
  /** Undefined while there are too few samples. */
  p95(): number | undefined;
}

export function createPace(decayMs: number): Pace {
  const samples: number[] = [];
  let count = 0;
  let ewmaMs = 0;
  let takenMs = 0;
  let p95: number | undefined;
  let countAtP95 = -STALE;

  return {
    get ewmaMs() {
      return ewmaMs;
    },
    fadedMs: (nowMs) => ewmaMs * Math.exp((takenMs - nowMs) / decayMs),
    take: (sampleMs, nowMs) => {
      const weight = ewmaMs === 0 || sampleMs > ewmaMs ? 0 : Math.exp((takenMs - nowMs) / decayMs);
      ewmaMs = ewmaMs * weight + sampleMs * (1 - weight);
      takenMs = nowMs;
      samples[count % SAMPLES] = sampleMs;
      count++;
    },
    p95: () => {
      if (samples.length < ENOUGH) return undefined;
      if (count - countAtP95 >= STALE) {
        p95 = samples.toSorted((a, b) => a - b)[Math.ceil(samples.length * 0.95) - 1];
        countAtP95 = count;
      }
      return p95;
    },
  };
}
