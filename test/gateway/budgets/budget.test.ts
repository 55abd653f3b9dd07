// Budgets in front of a real provider: exact under many callers, useful to the last token, never overspent.
import { describe, expect, it } from 'vitest';
import { ROOT_BUDGET } from '#gateway/contract';
import { ask, codeOf, MODEL, openGateway, until } from '../open-gateway.ts';

const request = ask('Say yes.', { maxOutputTokens: 200 });

describe('a budget', () => {
  it.each([10, 100])('worth %i calls is used well and never passed by 128 callers at once', async (calls) => {
    // Worst case about 130k nano-USD, true cost 20k: reserving alone would starve most callers.
    const answer = { kind: 'answer', text: 'Yes.', usage: { prompt: 20, completion: 28 }, delayMs: 2 } as const;
    const { gateway } = await openGateway({ server: { answer: () => answer } });
    const trueCost = 20 * 150 + 28 * 600;
    const limit = calls * trueCost;
    gateway.ledger.open({ id: 'run', parent: ROOT_BUDGET, limitNanoUsd: limit });
    const model = gateway.languageModel({ model: MODEL, budget: 'run' });
    const highest = { value: 0 };
    const watch = setInterval(() => {
      const balance = gateway.ledger.balance('run');
      highest.value = Math.max(highest.value, (balance?.spentNanoUsd ?? 0) + (balance?.reservedNanoUsd ?? 0));
    }, 1);
    const codes = await Promise.all(Array.from({ length: 128 }, () => codeOf(model.generate(request))));
    clearInterval(watch);
    const balance = gateway.ledger.balance('run');
    const done = codes.filter((code) => code === 'nothing was thrown').length;
    expect(codes.filter((code) => code === 'budget_exceeded')).toHaveLength(128 - done);
    expect(balance).toMatchObject({ spentNanoUsd: done * trueCost, reservedNanoUsd: 0 });
    expect(highest.value).toBeLessThanOrEqual(limit);
    // All but what the smallest useful call may cost at worst.
    expect(done).toBeGreaterThanOrEqual(Math.min(128, calls) - 4);
    expect(gateway.ledger.balance(ROOT_BUDGET)?.spentNanoUsd).toBe(done * trueCost);
  });

  it('lowers the output cap to what is left, down to 64 tokens and no further', async () => {
    const { gateway, server } = await openGateway();
    gateway.ledger.open({ id: 'small', parent: ROOT_BUDGET, limitNanoUsd: 100_000 });
    await gateway.languageModel({ model: MODEL, budget: 'small' }).generate(ask('Hi', { maxOutputTokens: 5000 }));
    const cap = Number(server.seen[0]?.body['max_tokens']);
    expect(cap).toBeGreaterThanOrEqual(64);
    expect(cap).toBeLessThan(170);
    gateway.ledger.open({ id: 'tiny', parent: ROOT_BUDGET, limitNanoUsd: 30_000 });
    const refused = await gateway
      .languageModel({ model: MODEL, budget: 'tiny' })
      .generate(ask('Hi'))
      .catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: 'budget_exceeded', details: { node: 'tiny' }, exitCode: 3 });
    expect(server.seen).toHaveLength(1);
  });

  it('counts an aborted wait as nothing', async () => {
    const { gateway, server } = await openGateway();
    gateway.ledger.open({ id: 'run', parent: ROOT_BUDGET, limitNanoUsd: 180_000 });
    const model = gateway.languageModel({ model: MODEL, budget: 'run' });
    server.script({ kind: 'answer', text: 'Yes.', delayMs: 100 });
    const first = model.generate(request);
    await until(() => server.seen.length === 1);
    const caller = new AbortController();
    const second = codeOf(model.generate(request, caller.signal));
    caller.abort();
    expect(await second).toBe('cancelled');
    const { costNanoUsd } = await first;
    expect(gateway.ledger.balance('run')).toMatchObject({ spentNanoUsd: costNanoUsd, reservedNanoUsd: 0 });
    expect(server.seen).toHaveLength(1);
  });

  it('stops waiting after the set time', async () => {
    const { gateway, server } = await openGateway({ config: { budget: { waitMs: 50 } } });
    gateway.ledger.open({ id: 'run', parent: ROOT_BUDGET, limitNanoUsd: 150_000 });
    const model = gateway.languageModel({ model: MODEL, budget: 'run' });
    server.script({ kind: 'answer', text: 'Yes.', delayMs: 400 });
    const first = model.generate(request);
    expect(await codeOf(model.generate(request))).toBe('budget_exceeded');
    await first;
  });

  it('refuses a model without a price, unless the configuration says that it may be called', async () => {
    const strict = await openGateway();
    expect(() => strict.gateway.languageModel({ model: 'openai/unheard-of' })).toThrow(
      expect.objectContaining({ code: 'model_unpriced' }) as Error,
    );
    const open = await openGateway({ config: { allowUnpriced: true } });
    const answer = await open.gateway.languageModel({ model: 'openai/unheard-of' }).generate(ask('Hi'));
    expect(answer.costNanoUsd).toBe(0);
    const priced = await openGateway({
      config: { prices: { 'openai/unheard-of': { inputUsdPerMillion: 1, outputUsdPerMillion: 2 } } },
    });
    const paid = await priced.gateway.languageModel({ model: 'openai/unheard-of' }).generate(ask('Hi'));
    expect(paid.costNanoUsd).toBe(paid.usage.inputTokens * 1000 + paid.usage.outputTokens * 2000);
  });

  it('prices a dated snapshot as its alias', async () => {
    const { gateway } = await openGateway();
    const dated = await gateway.languageModel({ model: 'openai/gpt-4o-mini-2024-07-18' }).generate(ask('Hi'));
    expect(dated.costNanoUsd).toBe(dated.usage.inputTokens * 150 + dated.usage.outputTokens * 600);
  });

  it('holds over everything together when the root has a limit', async () => {
    const { gateway } = await openGateway({ config: { budget: { limitUsd: 0.0001 } } });
    gateway.ledger.open({ id: 'rich', parent: ROOT_BUDGET, limitNanoUsd: 1e12 });
    expect(await codeOf(gateway.languageModel({ model: MODEL, budget: 'rich' }).generate(ask('x'.repeat(2000))))).toBe(
      'budget_exceeded',
    );
  });

  it('charges what a silent provider may have done', async () => {
    const { gateway, server } = await openGateway({ config: { timeouts: { firstByteMs: 50 }, retries: { attempts: 1 } } });
    server.script({ kind: 'silence' });
    expect(await codeOf(gateway.languageModel({ model: MODEL, runId: 'r' }).generate(request))).toBe('model_timeout');
    const spent = gateway.ledger.balance(ROOT_BUDGET)?.spentNanoUsd;
    expect(spent).toBeGreaterThan(200 * 600);
    expect(gateway.costs({ runId: 'r' })).toMatchObject([{ failures: 1, costNanoUsd: spent }]);
  });
});
