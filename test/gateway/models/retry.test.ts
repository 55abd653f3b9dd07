// When a call is tried again, and how long it rests before.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newTally } from '../../../gateway/chain.ts';
import type { Call } from '../../../gateway/chain.ts';
import { ProviderError } from '../../../gateway/models/provider-error.ts';
import { pauseMs, withRetry } from '../../../gateway/models/retry.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import { ask, codeOf, MODEL, openGateway } from '../open-gateway.ts';

const OPTIONS = { attempts: 4, baseMs: 40, maxMs: 60, totalMs: 60_000 };
const down = new ProviderError('model_unavailable', 'down', { billed: { kind: 'nothing' } });

function callWith(signal = new AbortController().signal): Call {
  const who = { runId: undefined, budget: 'shoal', stage: 'chat', agent: undefined, round: undefined } as const;
  return { id: '1', kind: 'model', principal: LOCAL_PRINCIPAL, target: 'm', ...who, signal, tally: newTally() };
}

/** Times of the attempts, with `Math.random` fixed. */
async function attemptsAt(random: number, options = OPTIONS): Promise<readonly number[]> {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  onTestFinished(() => void vi.restoreAllMocks());
  const times: number[] = [];
  const handler = withRetry<Call, string>(options)(async () => {
    times.push(performance.now());
    throw down;
  });
  await codeOf(handler(callWith()));
  return times.map((time) => time - (times[0] ?? 0));
}

describe('a retry', () => {
  it('doubles the bound of its pause up to the most, and draws from zero on', () => {
    onTestFinished(() => void vi.restoreAllMocks());
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    expect([1, 2, 3].map((attempt) => pauseMs(attempt, OPTIONS))).toEqual([20, 30, 30]);
    random.mockReturnValue(0);
    expect(pauseMs(3, OPTIONS)).toBe(0);
  });

  it('tries as often as it may', async () => {
    expect(await attemptsAt(0)).toHaveLength(OPTIONS.attempts);
  });

  it('begins no pause that would outlast the total', async () => {
    expect(await attemptsAt(0.999, { ...OPTIONS, totalMs: 70 })).toHaveLength(2);
  });

  it('ends its pause when the caller aborts', async () => {
    const caller = new AbortController();
    const handler = withRetry<Call, string>({ ...OPTIONS, baseMs: 60_000, maxMs: 60_000, totalMs: 600_000 })(() =>
      Promise.reject(down),
    );
    const call = codeOf(handler(callWith(caller.signal)));
    setTimeout(() => caller.abort(), 10);
    expect(await call).toBe('cancelled');
  });

  it('lets faults of our own through at once', async () => {
    let attempts = 0;
    const handler = withRetry<Call, string>(OPTIONS)(() => {
      attempts++;
      return Promise.reject(new TypeError('a fault'));
    });
    await expect(handler(callWith())).rejects.toThrow('a fault');
    expect(attempts).toBe(1);
  });

  it('understands a date in Retry-After', async () => {
    const { gateway, server } = await openGateway();
    const headers = { 'retry-after': new Date(Date.now() + 1100).toUTCString() };
    server.script({ kind: 'error', status: 503, message: 'Later.', headers });
    await gateway.languageModel({ model: MODEL }).generate(ask('Hi'));
    const [first, second] = server.seen;
    // Dates have whole seconds.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(50);
  });
});
