// Spans as a collector gets them, by a real server that looks at every field.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { newTally } from '../../../gateway/chain.ts';
import { createOtlpExporter, otlpTarget } from '../../../gateway/trace/otlp-exporter.ts';
import { createTraceContexts } from '../../../gateway/trace/trace-context.ts';
import { until } from '../open-gateway.ts';
import { attempt, entry, openTraces, START } from './entries.ts';

const Value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(z.strictObject({ stringValue: z.string() })) }) }),
]);
const Attributes = z.array(z.strictObject({ key: z.string().min(1), value: Value }));
/** The protocol's message, no field more. */
const Export = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: Attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string() }),
          spans: z.array(
            z.strictObject({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z
                .string()
                .regex(/^[0-9a-f]{16}$/)
                .optional(),
              name: z.string().min(1),
              kind: z.int().min(1).max(5),
              startTimeUnixNano: z.string().regex(/^\d{19}$/),
              endTimeUnixNano: z.string().regex(/^\d{19}$/),
              attributes: Attributes,
              status: z.strictObject({ code: z.int().min(0).max(2), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});
type Span = z.infer<typeof Export>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

interface Collector {
  readonly url: string;
  readonly bodies: z.infer<typeof Export>[];
  readonly headers: IncomingHttpHeaders[];
  readonly problems: string[];
  spans(): Span[];
}

/** Answers with these statuses first, then with 200. */
async function collector(...statuses: readonly number[]): Promise<Collector> {
  const answers = [...statuses];
  const made: Collector = {
    url: '',
    bodies: [],
    headers: [],
    problems: [],
    spans: () => made.bodies.flatMap((body) => body.resourceSpans.flatMap((one) => one.scopeSpans.flatMap(({ spans }) => spans))),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      made.headers.push(request.headers);
      if (status === 200) {
        const parsed = Export.safeParse(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()));
        if (parsed.success && request.url === '/v1/traces' && request.method === 'POST') made.bodies.push(parsed.data);
        else made.problems.push(`${request.method} ${request.url} ${parsed.error?.message ?? ''}`);
      }
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return Object.assign(made, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const attribute = (span: Span | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

const exporterTo = (url: string) =>
  createOtlpExporter({
    url: `${url}/v1/traces`,
    headers: {},
    resource: {},
    version: 't',
    queue: 10,
    batch: 1,
    timeoutMs: 1000,
    retryMs: 1,
  });
const emptyTrace = () => ({
  traceId: 'a'.repeat(32),
  spanIds: ['b'.repeat(16)],
  parentSpanId: undefined,
  atMs: START,
  spans: [],
});

describe('spans', () => {
  it('reach a collector whole, a child for each attempt, in the trace that the caller began', async () => {
    const there = await collector();
    const opened = openTraces(
      {},
      { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: there.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a%20b' } },
    );
    const tally = newTally();
    opened.contexts.accept(tally, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    opened.add(
      entry({
        id: 'a-1',
        atMs: START + 0.5,
        trace: tally.trace,
        agent: 0,
        steps: { cache: 0.25 },
        attempts: 2,
        started: 100,
        tries: [
          attempt({ model: 'gemini/flash', startedAt: 101, endedAt: 102, errorCode: 'model_unavailable' }),
          attempt({ model: 'openai/gpt-5', startedAt: 103, endedAt: 349 }),
        ],
      }),
      entry({
        id: 'a-2',
        kind: 'tool',
        operation: 'tool',
        door: 'in-process',
        target: 'search',
        outcome: 'failed',
        errorCode: 'tool_failed',
      }),
    );
    await opened.close();
    expect(there.problems).toEqual([]);
    expect(there.headers[0]).toMatchObject({ 'content-type': 'application/json', 'content-encoding': 'gzip', 'x-team': 'a b' });
    const [root, first, second, tool] = there.spans();
    expect(root).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      name: 'chat gpt-5',
      kind: 2,
      startTimeUnixNano: `${START}500000`,
      endTimeUnixNano: `${START + 250}500000`,
      status: { code: 0 },
    });
    expect(first).toMatchObject({ parentSpanId: root?.spanId, kind: 3, name: 'chat flash', status: { code: 2 } });
    expect(second).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId, startTimeUnixNano: `${START + 3}500000` });
    expect(new Set([root?.spanId, first?.spanId, second?.spanId]).size).toBe(3);
    const told = (key: string): unknown => attribute(root, key);
    expect(told('gen_ai.operation.name')).toBe('chat');
    expect(told('gen_ai.provider.name')).toBe('openai');
    expect(told('gen_ai.request.model')).toBe('gpt-5');
    expect(told('gen_ai.usage.input_tokens')).toBe('100');
    expect(told('gen_ai.usage.cache_read.input_tokens')).toBe('10');
    expect(told('gen_ai.usage.reasoning.output_tokens')).toBe('5');
    expect(told('gen_ai.response.finish_reasons')).toEqual({ values: [{ stringValue: 'stop' }] });
    expect(told('shoal.agent')).toBe('0');
    expect(told('shoal.step.cache_ms')).toBe(0.25);
    expect(attribute(first, 'error.type')).toBe('provider_model_unavailable');
    expect(attribute(first, 'gen_ai.provider.name')).toBe('gcp.gemini');
    expect(attribute(second, 'server.address')).toBe('api.openai.example');
    expect(tool).toMatchObject({ name: 'execute_tool search', kind: 1, status: { code: 2, message: 'provider_tool_failed' } });
    expect(tool).not.toHaveProperty('parentSpanId');
  });

  it('are sent again when the collector says that it passes, and not when it refuses', async () => {
    const passing = await collector(503, 429);
    const refusing = await collector(400);
    const [patient, refused] = [exporterTo(passing.url), exporterTo(refusing.url)];
    patient.add(emptyTrace);
    refused.add(emptyTrace);
    await until(() => patient.sent === 1 && refused.dropped === 1);
    expect([passing.headers.length, refusing.headers.length, patient.dropped]).toEqual([3, 1, 0]);
    await patient.close(AbortSignal.timeout(1000));
    await refused.close(AbortSignal.timeout(1000));
  });

  it('are dropped and counted when too many wait, and closing does not wait for ever', async () => {
    const opened = openTraces({ otlp: { endpoint: 'http://127.0.0.1:9', queue: 5 } });
    for (let place = 0; place < 12; place++) opened.add(entry({ id: `a-${place}` }));
    expect(opened.traces.metrics()).toContain('shoal_gateway_trace_dropped{kind="spans"} 7');
    const began = performance.now();
    await opened.close();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('of traces that the caller does not sample stay here', async () => {
    const there = await collector();
    const opened = openTraces({ otlp: { endpoint: there.url } });
    const tally = newTally();
    opened.contexts.accept(tally, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00');
    opened.add(entry({ trace: tally.trace }));
    await opened.close();
    expect(there.spans()).toEqual([]);
  });
});

describe('the endpoint', () => {
  it('is taken from the settings, else from the variables that OpenTelemetry names', () => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:4318/', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://b/x' };
    expect(otlpTarget(undefined, {})).toBeUndefined();
    expect(otlpTarget(undefined, environment)?.url).toBe('http://b/x');
    expect(otlpTarget(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:4318/' })?.url).toBe('http://a:4318/v1/traces');
    expect(otlpTarget('http://c', environment)?.url).toBe('http://c/v1/traces');
  });
});

describe('traceparent', () => {
  const contexts = createTraceContexts(1, () => 0.5);
  it.each([
    'nonsense',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
    undefined,
  ])('that is not valid begins no trace: %s', (header) => {
    const tally = newTally();
    contexts.accept(tally, header);
    expect(tally.trace).toBeUndefined();
  });

  it('of a later version is taken for what is known of it', () => {
    const tally = newTally();
    contexts.accept(tally, '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more');
    expect(tally.trace).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', sampled: true });
  });
});
