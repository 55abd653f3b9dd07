import { describe, expect, it } from 'vitest';
import { barsOfSpans, barsOfSteps } from '../../frontend/requests/waterfall.ts';

const span = (name: string, startMs: number, durationMs: number, attributes: Record<string, string | number> = {}) => ({
  name,
  kind: 'client' as const,
  startMs,
  durationMs,
  attributes,
});

describe('the waterfall of a request', () => {
  it('places attempts within the whole call', () => {
    const attributes = { 'gen_ai.request.model': 'gpt-5', 'gen_ai.provider.name': 'openai', 'shoal.attempt': 1 };
    const [call, attempt] = barsOfSpans([span('chat', 0, 200), span('chat gpt-5', 50, 100, attributes)]);
    expect(call).toMatchObject({ name: 'The whole call', start: 0, share: 1 });
    expect(attempt).toMatchObject({ name: 'Attempt 1: gpt-5 at openai', start: 0.25, share: 0.5, durationMs: 100 });
  });

  it('says of an attempt why it was made, and by which key it went', () => {
    const attributes = {
      'shoal.attempt': 2,
      'shoal.attempt.key': 'OPENAI_API_KEY',
      'shoal.attempt.course': 'retry of outage; it answered',
    };
    const [call, attempt, plain] = barsOfSpans([span('chat', 0, 9), span('chat', 1, 2, attributes), span('chat', 3, 4)]);
    expect([call?.course, attempt?.course, plain?.course]).toEqual([
      undefined,
      'Retry of outage; it answered. By the key OPENAI_API_KEY.',
      undefined,
    ]);
  });

  it('holds an attempt that outlasts its call, and a call that took no time', () => {
    for (const bar of barsOfSpans([span('chat', 0, 100), span('hedge', 80, 60)])) {
      expect(bar.start + bar.share).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(barsOfSpans([span('chat', 0, 0)])).toMatchObject([{ start: 0, share: 0 }]);
  });

  it('sets steps one behind the other', () => {
    expect(barsOfSteps({ authorise: 1, provider: 3 })).toMatchObject([
      { name: 'authorise', start: 0, share: 0.25 },
      { name: 'provider', start: 0.25, share: 0.75 },
    ]);
  });
});
