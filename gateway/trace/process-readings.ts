// What the process says of itself: delay of its event loop, and memory.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface ProcessReadings {
  /** Since it was last read. */
  eventLoopDelaySeconds(): { readonly p50: number; readonly p99: number; readonly max: number };
  memory(): { readonly rss: number; readonly heapUsed: number; readonly external: number };
  readonly startedSeconds: number;
  close(): void;
}

const RESOLUTION_MS = 10;

export function createProcessReadings(): ProcessReadings {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  // The timer that measures waits its resolution out first.
  const seconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
  return {
    eventLoopDelaySeconds: () => {
      const read = { p50: seconds(delay.percentile(50)), p99: seconds(delay.percentile(99)), max: seconds(delay.max) };
      delay.reset();
      return read;
    },
    memory: () => process.memoryUsage(),
    startedSeconds: performance.timeOrigin / 1000,
    close: () => {
      delay.disable();
    },
  };
}
