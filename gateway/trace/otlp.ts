// Spans in OTLP's JSON: ids in hex, 64-bit numbers as text, as the protocol's mapping says.
import type { RequestSpan } from '../contract.ts';

/** One call's spans; the first is the parent of the others. */
export interface OtlpTrace {
  readonly traceId: string;
  readonly spanIds: readonly string[];
  readonly parentSpanId: string | undefined;
  readonly atMs: number;
  readonly spans: readonly RequestSpan[];
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly OtlpValue[] };
}

const SPAN_KIND = { internal: 1, server: 2, client: 3 } as const;
const STATUS = { unset: 0, error: 2 } as const;

export function otlpBody(traces: readonly OtlpTrace[], resource: Readonly<Record<string, string>>, version: string): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'shoal.gateway', version }, spans: traces.flatMap(spansIn) }],
      },
    ],
  });
}

function spansIn({ traceId, spanIds, parentSpanId, atMs, spans }: OtlpTrace): readonly unknown[] {
  return spans.map((span, place) => {
    const parent = place === 0 ? parentSpanId : spanIds[0];
    return {
      traceId,
      spanId: spanIds[place],
      ...(parent === undefined ? {} : { parentSpanId: parent }),
      name: span.name,
      kind: SPAN_KIND[span.kind],
      startTimeUnixNano: nanoseconds(atMs, span.startMs),
      endTimeUnixNano: nanoseconds(atMs, span.startMs + span.durationMs),
      attributes: attributesOf(span.attributes),
      status: span.errorType === undefined ? { code: STATUS.unset } : { code: STATUS.error, message: span.errorType },
    };
  });
}

/** A double cannot hold today's nanoseconds. */
const nanoseconds = (atMs: number, offsetMs: number): string =>
  (BigInt(Math.floor(atMs)) * 1_000_000n + BigInt(Math.round(((atMs % 1) + offsetMs) * 1e6))).toString();

function attributesOf(attributes: RequestSpan['attributes']): readonly { readonly key: string; readonly value: OtlpValue }[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: RequestSpan['attributes'][string]): OtlpValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((one) => ({ stringValue: one })) } };
}
