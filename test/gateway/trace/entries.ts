// Entries as a chain would make them, and a trace to put them into.
import { onTestFinished } from 'vitest';
import * as fc from 'fast-check';
import type { AttemptRecord, Entry } from '../../../gateway/trace/entry.ts';
import { TraceSettingsSchema } from '../../../gateway/trace/settings.ts';
import { createTraces } from '../../../gateway/trace/traces.ts';
import type { OwnedTraces, TracesOptions } from '../../../gateway/trace/traces.ts';
import type { z } from 'zod';

export const START = Date.UTC(2026, 2, 1);

export function entry(changes: Partial<Entry> = {}): Entry {
  return {
    id: 'a-1',
    atMs: START,
    kind: 'model',
    operation: 'generate',
    door: 'openai-chat',
    asked: 'openai/gpt-5',
    target: 'openai/gpt-5',
    provider: 'openai',
    key: 'key_1',
    team: 'red',
    user: 'ann',
    runId: undefined,
    stage: 'outside',
    agent: undefined,
    round: undefined,
    stream: false,
    outcome: 'ok',
    errorCode: undefined,
    attempts: 1,
    inputTokens: 100,
    outputTokens: 20,
    cachedInputTokens: 10,
    cacheWriteTokens: 0,
    reasoningTokens: 5,
    costNanoUsd: 1234,
    latencyMs: 250,
    firstOutputMs: undefined,
    upstreamMs: 249,
    finishReason: 'stop',
    cache: 'miss',
    guardrailsObserved: 0,
    guardrailsRedacted: 0,
    guardrailsBlocked: 0,
    tries: undefined,
    started: 0,
    steps: {},
    trace: undefined,
    ...changes,
  };
}

/** An attempt that went well, unless it is said otherwise. */
export function attempt(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  const { model = 'openai/gpt-5' } = changes;
  const provider = model.slice(0, model.indexOf('/'));
  return { model, provider, startedAt: 0, endedAt: 0, errorCode: undefined, keyName: undefined, course: undefined, ...changes };
}

export interface Opened extends OwnedTraces {
  add(...entries: readonly Entry[]): void;
}

export function openTraces(
  settings: z.input<typeof TraceSettingsSchema> = {},
  more: Partial<Omit<TracesOptions, 'settings'>> = {},
): Opened {
  const owned = createTraces({
    databasePath: ':memory:',
    settings: TraceSettingsSchema.parse(settings),
    environment: {},
    redact: (text) => text.replaceAll('sk-secret-123', '[redacted]'),
    now: () => START,
    version: 'test',
    isKnown: (target) => target.startsWith('openai/'),
    addressOf: (provider) => (provider === 'openai' ? 'api.openai.example' : undefined),
    readings: {},
    ...more,
  });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= owned.close());
  onTestFinished(close);
  return {
    ...owned,
    close,
    add: (...entries) => {
      for (const one of entries) {
        owned.log.begin();
        owned.log.add(one, false);
      }
    },
  };
}

const among = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Calls of five days, few enough of each kind that they fall together. */
export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    atMs: fc.integer({ min: START, max: START + 5 * 86_400_000 }),
    target: among('openai/gpt-5', 'anthropic/claude', 'openai/gpt-5-mini'),
    key: among('key_1', 'key_2', undefined),
    team: among('red', 'blue', undefined),
    user: among('ann', undefined),
    runId: among('run-1', 'run-2', undefined),
    stage: among('agents', 'outside', 'report'),
    outcome: among('ok', 'failed', 'cassette', 'denied', 'cancelled'),
    cache: among('hit-exact', 'hit-semantic', 'miss', undefined),
    inputTokens: fc.nat(10_000),
    outputTokens: fc.nat(1000),
    cachedInputTokens: fc.nat(100),
    cacheWriteTokens: fc.nat(100),
    reasoningTokens: fc.nat(100),
    costNanoUsd: fc.nat(2 ** 31),
    latencyMs: fc.double({ min: 0, max: 100_000, noNaN: true }),
    firstOutputMs: fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }), { nil: undefined }),
  })
  .map((changes) => entry({ ...changes, provider: changes.target.split('/')[0] }));
