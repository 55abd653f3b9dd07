// W3C trace context: the caller's `traceparent` is taken up, and providers are told whose child they are.
import { randomFillSync } from 'node:crypto';
import type { Call, Tally, TraceContext } from '../chain.ts';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ZEROS = /^0+$/;

/** Random bytes are drawn for many ids at once: one draw costs more than an id may. */
function createIds(): (bytes: number) => string {
  const pool = Buffer.alloc(4096);
  let used = pool.byteLength;
  return (bytes) => {
    if (used + bytes > pool.byteLength) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytes;
    return pool.toString('hex', used - bytes, used);
  };
}

export interface TraceContexts {
  /** Takes up the caller's `traceparent`; one that is not valid is ignored, as the standard says. */
  accept(tally: Tally, traceparent: string | undefined): void;
  /** A trace that begins here. */
  fresh(): TraceContext;
  /** The context of a call; made, and sampled as the settings say, when it has none. */
  of(call: Call): TraceContext;
  /** The header for what is sent on behalf of a call. */
  traceparentOf(call: Call): string;
  newSpanId(): string;
}

export function createTraceContexts(sample: number, random: () => number): TraceContexts {
  const newId = createIds();
  const fresh = (): TraceContext => ({
    traceId: newId(16),
    spanId: newId(8),
    parentSpanId: undefined,
    sampled: random() < sample,
  });
  const of = (call: Call): TraceContext => (call.tally.trace ??= fresh());
  return {
    fresh,
    accept: (tally, traceparent) => {
      const [, version, traceId = '', parentSpanId = '', flags = '', more] = TRACEPARENT.exec(traceparent ?? '') ?? [];
      if (version === undefined || version === 'ff' || ZEROS.test(traceId) || ZEROS.test(parentSpanId)) return;
      if (version === '00' && more !== undefined) return;
      tally.trace = { traceId, spanId: newId(8), parentSpanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
    },
    of,
    traceparentOf: (call) => {
      const trace = of(call);
      return `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;
    },
    newSpanId: () => newId(8),
  };
}
