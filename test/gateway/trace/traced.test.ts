// The steps: one record of each call whatever happens, the first piece of a stream, attempts, own times, no secrets.
import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_TABLE, ShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import { chain, FIRST_ATTEMPT, newTally } from '../../../gateway/chain.ts';
import type { AttemptMade, Call, Handler, Step } from '../../../gateway/chain.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import type { Content, ModelAnswer, ModelCall, Output } from '../../../gateway/models/model-call.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import { timed, timedHandler } from '../../../gateway/trace/timed.ts';
import { tracedModel } from '../../../gateway/trace/traced.ts';
import { openTraces } from './entries.ts';

const BODY = { model: 'fast', messages: [{ role: 'user', content: 'Say sk-secret-123' }] };
const content = {
  wire: { dialect: 'openai-chat', json: BODY, raw: Buffer.from(JSON.stringify(BODY)) },
  local: undefined,
} as unknown as Content;
const ANSWER: ModelAnswer = { usage: NO_USAGE, finishReason: 'length', content: undefined, dropped: [] };

function callOf(changes: Partial<ModelCall> = {}): ModelCall {
  return {
    id: 'c-1',
    kind: 'model',
    principal: { ...LOCAL_PRINCIPAL, kind: 'key', keyId: 'key_9', team: 'red', user: 'ann' },
    target: 'fast',
    asked: 'fast',
    operation: 'generate',
    runId: 'r',
    budget: 'shoal',
    stage: 'outside',
    agent: undefined,
    round: undefined,
    signal: new AbortController().signal,
    tally: newTally(),
    output: undefined,
    choices: 1,
    inputTokenBound: 10,
    maxOutputTokens: undefined,
    content,
    ...changes,
  };
}

const refused = (): Promise<ModelAnswer> => Promise.reject(new ShoalError('model_rate_limited', 'Slow down.'));
const lost = (): Promise<ModelAnswer> => pause(30).then(() => Promise.reject(new ShoalError('cancelled', 'Lost.')));

/** What the router and the end of the chain note of one attempt. */
async function attempted(target: string, call: ModelCall, work: () => Promise<ModelAnswer>): Promise<ModelAnswer> {
  const made: AttemptMade = {
    target,
    keyIndex: 0,
    keyName: undefined,
    cause: FIRST_ATTEMPT,
    forced: false,
    breaker: 'closed',
    failure: undefined,
    retryAfterMs: undefined,
    opened: false,
    startedMs: performance.now(),
    placedMs: performance.now(),
    firstMs: 0,
    endedMs: 0,
    outcome: 'open',
    errorCode: undefined,
  };
  call.tally.attemptsMade.push(made);
  call.tally.model = target;
  call.tally.provider = target.split('/')[0];
  try {
    const answer = await work();
    call.tally.model = target;
    call.tally.provider = target.split('/')[0];
    return answer;
  } catch (error) {
    made.errorCode = (error as ShoalError).code;
    throw error;
  } finally {
    made.endedMs = performance.now();
  }
}

const redact = (text: string): string => text.replaceAll('sk-secret-123', '[redacted]');

function open(end: Handler<ModelCall, ModelAnswer>, settings = {}, ...steps: Step<ModelCall, ModelAnswer>[]) {
  const opened = openTraces(settings);
  const { log, bodies } = opened;
  const run = chain([tracedModel({ log, bodies, redact, now: () => Date.UTC(2026, 2, 1) }), ...steps], end);
  return { opened, run };
}

describe('a traced call', () => {
  it('is logged once with who asked, what was asked for and what answered', async () => {
    const { opened, run } = open((call) =>
      attempted('openai/gpt-5', call, async () => {
        call.tally.inputTokens += 7;
        return ANSWER;
      }),
    );
    expect(await run(callOf())).toBe(ANSWER);
    expect(opened.requests({})).toMatchObject([
      {
        id: 'c-1',
        asked: 'fast',
        target: 'openai/gpt-5',
        provider: 'openai',
        key: 'key_9',
        team: 'red',
        user: 'ann',
        runId: 'r',
      },
    ]);
    expect(opened.requests({})).toMatchObject([
      {
        door: 'openai-chat',
        stream: false,
        outcome: 'ok',
        finishReason: 'length',
        attempts: 1,
        inputTokens: 7,
        errorType: undefined,
      },
    ]);
    expect(opened.traces.metrics()).toMatch(/shoal_gateway_active_requests 0\n/);
  });

  it('is logged once for every error there is, and the error says no secret', async () => {
    for (const code of Object.keys(ERROR_TABLE) as ErrorCode[]) {
      const { opened, run } = open(() => Promise.reject(new ShoalError(code, 'refused sk-secret-123', { hint: 'Try.' })));
      const error = await run(callOf()).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, message: 'refused [redacted]', hint: 'Try.' });
      expect(opened.requests({})).toMatchObject([
        { errorCode: code, errorType: expect.stringMatching(/^(caller|policy|provider|shoal)_/) },
      ]);
    }
  });

  it('tells denied, cancelled and failed apart', async () => {
    const outcomes: unknown[] = [];
    for (const code of ['budget_exceeded', 'guardrail_blocked', 'cancelled', 'model_timeout'] as const) {
      const { opened, run } = open(() => Promise.reject(new ShoalError(code, 'No.')));
      await run(callOf()).catch(() => undefined);
      outcomes.push(opened.requests({})[0]?.outcome);
    }
    expect(outcomes).toEqual(['denied', 'denied', 'cancelled', 'failed']);
  });

  it('of a model that nobody knows makes no group of its own, and its name is cut', async () => {
    const { opened, run } = open(() => Promise.reject(new ShoalError('model_unknown', 'No.')));
    for (let place = 0; place < 5; place++) {
      const name = `made-up/${place}${'x'.repeat(1000)}`;
      await run(callOf({ asked: name, target: name })).catch(() => undefined);
    }
    expect(opened.traces.usage({ by: ['model', 'provider'] })).toMatchObject([{ group: { model: '(unknown)' }, calls: 5 }]);
    expect(opened.requests({})[0]?.asked).toMatch(/^made-up\/4x{191}$/);
  });

  it('by the embedded model in process is counted only, unless it fails', async () => {
    const local = { ...content, wire: undefined };
    const { opened, run } = open((call) => attempted('embedded/rules-1', call, async () => ANSWER));
    await run(callOf({ content: local }));
    expect([opened.requests({}).length, opened.costs({})[0]?.calls]).toEqual([0, 1]);
    const failing = open((call) => attempted('embedded/rules-1', call, () => Promise.reject(new Error('x'))));
    await failing.run(callOf({ content: local })).catch(() => undefined);
    expect(failing.opened.requests({})).toMatchObject([{ outcome: 'failed', target: 'embedded/rules-1' }]);
  });

  it('knows when the first piece of its stream went out, and passes every piece on', async () => {
    const pieces: string[] = [];
    const output: Output = {
      dialect: 'openai-chat',
      get started() {
        return pieces.length > 0;
      },
      bytes: (chunk) => void pieces.push(Buffer.from(chunk).toString()),
      event: (event) => Promise.resolve(void pieces.push(event.kind)),
    };
    const { opened, run } = open(
      async (call) => {
        expect(call.output?.started).toBe(false);
        await pause(15);
        await call.output?.bytes(Buffer.from('data: sk-secret-123\n\n'));
        expect(call.output?.started).toBe(true);
        await pause(15);
        await call.output?.event({ kind: 'end' });
        return ANSWER;
      },
      { bodies: { keep: 'all' } },
    );
    await run(callOf({ output }));
    expect(pieces).toEqual(['data: sk-secret-123\n\n', 'end']);
    const [request] = opened.requests({});
    expect(request?.stream).toBe(true);
    expect(request?.firstOutputMs).toBeGreaterThan(10);
    expect(request?.latencyMs ?? 0).toBeGreaterThan((request?.firstOutputMs ?? 0) + 10);
    await opened.bodies.flush();
    expect(opened.traces.request('c-1')?.bodies).toEqual({
      request: JSON.stringify(BODY).replace('sk-secret-123', '[redacted]'),
      answer: 'data: [redacted]\n\n{"kind":"end"}\n',
    });
  });

  it('remembers each attempt and what it came to; the one that answered gives its name', async () => {
    const { opened, run } = open(async (call) => {
      await attempted('anthropic/claude', call, refused).catch(() => undefined);
      // Begun first, so that the faster one gives its name.
      const slow = attempted('groq/llama', call, lost);
      const fast = attempted('openai/gpt-5', call, () => pause(10).then(() => ANSWER));
      const [answer] = await Promise.all([fast, slow.catch(() => undefined)]);
      return answer;
    });
    await run(callOf());
    const detail = opened.traces.request('c-1');
    expect(detail?.request).toMatchObject({ target: 'openai/gpt-5', provider: 'openai', attempts: 3 });
    expect(detail?.spans.map(({ errorType }) => errorType)).toEqual([
      undefined,
      'provider_model_rate_limited',
      'caller_cancelled',
      undefined,
    ]);
    // Side by side: the time upstream is not counted twice.
    expect(detail?.request.upstreamMs ?? Infinity).toBeLessThanOrEqual(detail?.request.latencyMs ?? 0);
  });
});

const busy = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

const step =
  (before: number, after: number): Step<Call, number> =>
  (next) =>
  async (call) => {
    busy(before);
    const answer = await next(call);
    busy(after);
    return answer;
  };

describe('timed steps', () => {
  it('have their own time, without the steps inside, and all of it', async () => {
    const run = chain<Call, number>(
      [timed('outer', step(4, 4)), timed('middle', step(1, 0)), timed('inner', step(0, 12))],
      timedHandler('end', async () => {
        await pause(20);
        return 1;
      }),
    );
    const call = callOf();
    const began = performance.now();
    expect(await run(call)).toBe(1);
    const wall = performance.now() - began;
    const { outer = 0, middle = 0, inner = 0, end = 0 } = call.tally.steps;
    expect(outer).toBeGreaterThanOrEqual(8);
    expect(middle).toBeGreaterThanOrEqual(1);
    expect(inner).toBeGreaterThanOrEqual(12);
    expect(end).toBeGreaterThanOrEqual(19);
    const sum = outer + middle + inner + end;
    expect(sum).toBeLessThanOrEqual(wall);
    expect(sum).toBeGreaterThan(wall - 2);
  });

  it('are told also where a step throws or calls what is inside it again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), async (fails) => {
        const again: Step<Call, number> = (next) => async (call) => {
          for (;;) {
            try {
              return await next(call);
            } catch (error) {
              if (left.length === 0) throw error;
            }
          }
        };
        const left = [...fails];
        const run = chain<Call, number>(
          [timed('retry', again)],
          timedHandler('end', async () => {
            busy(0.2);
            if (left.shift() === true) throw new Error('again');
            return 1;
          }),
        );
        const call = callOf();
        await run(call).catch(() => undefined);
        const tries = fails.length - left.length;
        expect(call.tally.steps['end']).toBeGreaterThanOrEqual(0.2 * tries);
        expect(call.tally.step).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('reach the log', async () => {
    const { opened, run } = open(
      timedHandler('provider', async () => ANSWER),
      {},
      timed('cache', (next) => next),
    );
    await run(callOf());
    expect(Object.keys(opened.traces.request('c-1')?.steps ?? {})).toEqual(['cache', 'provider']);
  });
});
