// Limits that several processes keep together: whatever they do and whoever dies, no minute holds more than the limit.
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '../../../gateway/models/model-call.ts';
import { fakeClock } from '../routing/fake-clock.ts';
import { answerOf, callOf, keyed } from '../routing/model-calls.ts';
import { temporaryFolder } from '../open-gateway.ts';
import { startProcess } from './several-processes.ts';
import type { LimitingProcess } from './several-processes.ts';

interface LetIn {
  readonly by: number;
  readonly atMs: number;
  tokens: number;
  /** Its process has looked since: should that die, it counts. */
  looked: boolean;
  end: ((answer: ModelAnswer) => void) | undefined;
}

const operation = fc.record({
  do: fc.constantFrom('call', 'call', 'call', 'call', 'end', 'end', 'tend', 'wait', 'wait long', 'die', 'quit'),
  on: fc.nat(2),
  tokens: fc.integer({ min: 1, max: 40 }),
  milliseconds: fc.integer({ min: 1, max: 900 }),
});
const limits = fc.record({
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  tokensPerMinute: fc.option(fc.integer({ min: 60, max: 300 }), { nil: undefined }),
  concurrency: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
});

describe('limits that several processes keep together', () => {
  it('let no more in than one process alone would, in any minute', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.array(operation, { minLength: 20, maxLength: 120 }), async (set, operations) => {
        const path = join(temporaryFolder(), 'catalog.sqlite');
        const clock = fakeClock();
        let pids = 1;
        const start = (): LimitingProcess => startProcess(path, pids++, clock);
        const processes = [start(), start(), start()];
        const principal = keyed({ limits: set });
        let letIn: LetIn[] = [];
        const check = (): void => {
          const since = clock.now() - 60_000;
          const counted = letIn.filter(({ atMs }) => atMs > since);
          expect(counted.length).toBeLessThanOrEqual(set.requestsPerMinute ?? Infinity);
          expect(counted.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(set.tokensPerMinute ?? Infinity);
          expect(letIn.filter(({ end }) => end !== undefined).length).toBeLessThanOrEqual(set.concurrency ?? Infinity);
        };
        for (const step of operations) {
          const process = processes[step.on] as LimitingProcess;
          if (step.do === 'call') {
            const one: LetIn = { by: process.pid, atMs: clock.now(), tokens: step.tokens, looked: false, end: undefined };
            const handler = process.handler(() => {
              letIn.push(one);
              return new Promise((resolve) => (one.end = resolve));
            });
            // Refused ones are told so; those let in end later, or never.
            void handler(callOf('m', { principal, inputTokenBound: step.tokens })).catch(() => undefined);
            check();
          } else if (step.do === 'end') {
            const open = letIn.filter(({ by, end }) => by === process.pid && end !== undefined);
            const one = open[step.tokens % Math.max(1, open.length)];
            if (one === undefined) continue;
            const used = Math.ceil(one.tokens / 2);
            one.end?.(answerOf(used, 0));
            one.end = undefined;
            one.tokens = used;
            await clock.advance(0);
          } else if (step.do === 'tend') {
            process.shares.tend();
            for (const one of letIn) if (one.by === process.pid) one.looked = true;
          } else if (step.do.startsWith('wait')) await clock.advance(step.milliseconds * (step.do === 'wait' ? 1 : 30));
          else {
            if (step.do === 'die') process.die();
            else process.quit();
            // What a dying process let in after its last look nobody knows of.
            const lost = (one: LetIn): boolean => step.do === 'die' && one.by === process.pid && !one.looked;
            letIn = letIn.filter((one) => !lost(one));
            for (const one of letIn) if (one.by === process.pid) one.end = undefined;
            processes[step.on] = start();
          }
        }
        for (const process of processes) process.quit();
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('are all of one process while it is alone, and shared as soon as another asks', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const clock = fakeClock();
    const [one, other] = [startProcess(path, 1, clock), startProcess(path, 2, clock)];
    const principal = keyed({ limits: { requestsPerMinute: 10 } });
    const send = (process: LimitingProcess): Promise<unknown> =>
      process
        .handler(async () => answerOf(1, 1))(callOf('m', { principal }))
        .then(
          () => 'ok',
          (error: { message: string; details: object }) => error,
        );
    for (let call = 0; call < 4; call++) expect(await send(one)).toBe('ok');
    // The first has all of it; it hears of the wish when it looks.
    const refused = await send(other);
    expect(refused).toMatchObject({ code: 'limit_exceeded', details: { limit: 'requestsPerMinute', retryAfterMs: 1000 } });
    expect(refused).toMatchObject({ message: expect.stringContaining('may make 10 requests a minute') as string });
    one.shares.tend();
    await clock.advance(60);
    const answers = [];
    for (let call = 0; call < 7; call++) answers.push(await send(other));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(5);
    expect(await send(one)).toBe('ok');
    expect(await send(one)).not.toBe('ok');
    // An idle one gives back all that it has not used.
    await clock.advance(61_000);
    one.shares.tend();
    await send(other);
    one.shares.tend();
    await clock.advance(60);
    one.shares.tend();
    const later = [];
    for (let call = 0; call < 12; call++) {
      await clock.advance(60);
      one.shares.tend();
      later.push(await send(other));
    }
    expect(later.filter((answer) => answer === 'ok').length).toBeGreaterThanOrEqual(9);
    one.quit();
    other.quit();
  });

  it('count what a dead process had used, about, until its minute is over', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const clock = fakeClock();
    const principal = keyed({ limits: { requestsPerMinute: 32, concurrency: 8 } });
    const dying = startProcess(path, 1, clock);
    for (let call = 0; call < 8; call++) void dying.handler(() => new Promise(() => undefined))(callOf('m', { principal }));
    dying.shares.tend();
    dying.die();
    const next = startProcess(path, 2, clock);
    next.shares.tend();
    const sent = async (): Promise<number> => {
      let count = 0;
      for (; count < 40; count++) {
        const answer = next.handler(async () => answerOf(1, 1))(callOf('m', { principal }));
        if (await answer.then(() => false).catch(() => true)) break;
      }
      return count;
    };
    // Its eight, and as many again that it might have let in since it last said so; its places are free.
    expect(await sent()).toBe(32 - 16);
    await clock.advance(61_001);
    next.shares.tend();
    expect(await sent()).toBe(32);
    next.quit();
  });

  it('are all there again at once when a process leaves that has used none of them', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const clock = fakeClock();
    const [one, other] = [startProcess(path, 1, clock), startProcess(path, 2, clock)];
    const principal = keyed({ limits: { requestsPerMinute: 4 } });
    const send = (process: LimitingProcess): Promise<string> =>
      process
        .handler(async () => answerOf(1, 1))(callOf('m', { principal }))
        .then(
          () => 'ok',
          (error: { code: string }) => error.code,
        );
    expect([await send(one), await send(one)]).toEqual(['ok', 'ok']);
    one.quit();
    expect([await send(other), await send(other), await send(other)]).toEqual(['ok', 'ok', 'limit_exceeded']);
    // A gate that nobody has gone through yet has taken nothing.
    const idle = startProcess(path, 3, clock);
    const used = other.gate({ requestsPerMinute: 2 });
    idle.gate({ requestsPerMinute: 2 });
    expect([used.tryTake(0), used.tryTake(0), used.tryTake(0)].map((tick) => tick >= 0)).toEqual([true, true, false]);
    idle.quit();
    other.quit();
  });

  it('let waiting calls of both processes through a provider’s gate, and never more at once than it takes', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const clock = fakeClock();
    const processes = [startProcess(path, 1, clock), startProcess(path, 2, clock)];
    const gates = processes.map((process) => process.gate({ concurrency: 1 }));
    let [inside, most, done] = [0, 0, 0];
    const call = async (gate: (typeof gates)[number]): Promise<void> => {
      let tick = gate.tryTake(0);
      if (tick < 0) tick = await gate.wait({ flow: 'f', weight: 1, tokens: 0, signal: new AbortController().signal });
      inside++;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => clock.after(50, resolve));
      inside--;
      done++;
      gate.give(tick, 0, 0);
    };
    const calls = Array.from({ length: 10 }, (_, place) => call(gates[place % 2] as (typeof gates)[number]));
    for (let turn = 0; turn < 60; turn++) {
      await clock.advance(100);
      for (const process of processes) process.shares.tend();
    }
    await Promise.all(calls);
    expect([most, done]).toEqual([1, 10]);
    for (const process of processes) process.quit();
  });
});
