// The step around an attempt: what it reserves, what it lets out and with which cap, and what it settles at.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { Price } from '#gateway/contract';
import { newTally } from '../../../gateway/chain.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import type { Usage } from '../../../gateway/models/exchange.ts';
import type { Attempt, ModelAnswer } from '../../../gateway/models/model-call.ts';
import { costOf, worstCost } from '../../../gateway/models/prices/cost.ts';
import { ProviderError } from '../../../gateway/models/provider-error.ts';
import { createAdmission } from '../../../gateway/policy/budgets/admission.ts';
import { budgeted } from '../../../gateway/policy/budgets/budgeted.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import { createMachine } from './machine.ts';

const PRICE: Price = {
  inputNanoUsdPerToken: 100,
  cachedInputNanoUsdPerToken: 50,
  outputNanoUsdPerToken: 400,
  source: 'test',
};
const usage = (inputTokens: number, outputTokens: number): Usage => ({ ...NO_USAGE, inputTokens, outputTokens });

function attempt(more: Partial<Attempt> & { readonly price?: Price | undefined } = {}): Attempt {
  const info = { id: 'p/m', kind: 'provider', contextTokens: 1e5, maxOutputTokens: 1e4, available: true } as const;
  const { price = PRICE, ...rest } = more;
  return {
    id: 'c1',
    kind: 'model',
    operation: 'generate',
    principal: LOCAL_PRINCIPAL,
    target: 'p/m',
    asked: 'p/m',
    runId: undefined,
    budget: 'run',
    stage: 'chat',
    agent: undefined,
    round: undefined,
    signal: new AbortController().signal,
    tally: newTally(),
    output: undefined,
    choices: 1,
    inputTokenBound: 100,
    maxOutputTokens: 1000,
    cap: 1000,
    // The step looks at neither the content nor the provider.
    content: {} as Attempt['content'],
    place: { provider: {} as Attempt['place']['provider'], name: 'm', info: { ...info, price } },
    ...rest,
  };
}

function open(limits: { readonly usd?: number; readonly tokens?: number }, edge: 'hard' | 'soft' = 'hard') {
  const { ledger, transactions } = createMachine().start();
  ledger.open({ id: 'shoal', parent: undefined, limitNanoUsd: undefined });
  ledger.open({ id: 'run', parent: 'shoal', limitNanoUsd: limits.usd, limitTokens: limits.tokens, edge });
  const seen: Attempt[] = [];
  const clamped: number[] = [];
  const soft: (readonly string[])[] = [];
  const step = budgeted({
    ledger,
    admission: createAdmission(ledger, 1000, 100),
    pricing: { worstCost, costOf },
    onClamped: (_call, cap) => clamped.push(cap),
    onOverSoft: (_call, nodes) => soft.push(nodes),
  });
  const run = (call: Attempt, answer: () => Promise<Usage>): Promise<ModelAnswer> =>
    step(async (sent) => {
      seen.push(sent);
      return { usage: await answer(), finishReason: 'stop', content: undefined, dropped: [] };
    })(call);
  return { ledger, transactions, seen, clamped, soft, run, balance: () => ledger.balance('run') };
}

describe('an attempt', () => {
  it('reserves its worst case, times its choices, and settles what was used', async () => {
    const { run, balance, ledger } = open({ usd: 10_000_000, tokens: 10_000 });
    const call = attempt({ choices: 3 });
    let during: unknown;
    await run(call, async () => {
      during = balance();
      return usage(80, 500);
    });
    expect(during).toMatchObject({ reservedNanoUsd: 100 * 100 + 3000 * 400, reservedTokens: 3100, spentNanoUsd: 0 });
    expect(balance()).toMatchObject({ reservedNanoUsd: 0, spentNanoUsd: 80 * 100 + 500 * 400, spentTokens: 580 });
    expect(call.tally.costNanoUsd).toBe(208_000);
    expect(ledger.balance('shoal')?.spentTokens).toBe(580);
  });

  it('goes out only when its hold is on disk', async () => {
    const { run, ledger } = open({ usd: 10_000_000 });
    await run(attempt(), async () => {
      expect(ledger.durable()).toBeUndefined();
      return usage(1, 1);
    });
  });

  it.each([
    ['USD', { usd: 100 * 100 + 200 * 400 + 399 }, 1, 200],
    ['tokens', { tokens: 333 }, 1, 233],
    ['tokens, for several choices', { tokens: 333 }, 3, 77],
  ])('is made smaller where %s run short, and that is told before it goes out', async (_name, limits, choices, cap) => {
    const { run, seen, clamped, balance } = open(limits);
    await run(attempt({ choices }), async () => {
      expect(clamped).toEqual([cap]);
      return usage(100, cap * choices);
    });
    expect(seen.map((sent) => sent.cap)).toEqual([cap]);
    expect(balance()?.spentTokens).toBe(100 + cap * choices);
  });

  it('is refused at once where not even 64 tokens fit, with what is left and when the window resets', async () => {
    const { run, seen, ledger } = open({ usd: 30_000 });
    ledger.change('run', { window: { kind: 'calendar', unit: 'hour', timeZone: 'UTC' } });
    const refused = await run(attempt(), async () => usage(1, 1)).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'budget_exceeded',
      details: { node: 'run', deniedBy: 'run', headroomNanoUsd: 30_000, neededNanoUsd: 410_000, retryAfterMs: 3_600_000 },
    });
    expect(seen).toEqual([]);
  });

  it('that passes a soft limit goes out, and that is told', async () => {
    const { run, soft, balance } = open({ usd: 30_000 }, 'soft');
    await run(attempt(), async () => usage(100, 900));
    expect(soft).toEqual([['run']]);
    expect(balance()?.spentNanoUsd).toBe(370_000);
  });

  it('embeds without output, and cannot be made smaller', async () => {
    const { run, balance } = open({ usd: 10_000 });
    const embed = attempt({ operation: 'embed', cap: 0 });
    await run(embed, async () => {
      expect(balance()).toMatchObject({ reservedNanoUsd: 10_000 });
      return usage(90, 0);
    });
    await expect(run(embed, async () => usage(90, 0))).rejects.toMatchObject({ code: 'budget_exceeded' });
  });

  it('without a price is held by limits in tokens alone, and passed by where there are none', async () => {
    const unpriced = open({ tokens: 1500 });
    await unpriced.run(
      attempt({ price: { ...PRICE, inputNanoUsdPerToken: 0, cachedInputNanoUsdPerToken: 0, outputNanoUsdPerToken: 0 } }),
      async () => usage(100, 900),
    );
    expect(unpriced.balance()).toMatchObject({ spentNanoUsd: 0, spentTokens: 1000 });
    const unlimited = open({});
    const call = attempt();
    const free = { ...call, place: { ...call.place, info: { ...call.place.info, price: undefined } } };
    await unlimited.run(free, async () => usage(1, 1));
    expect(unlimited.seen).toEqual([free]);
  });

  it.each([
    ['refused by the provider', new ProviderError('model_rejected', 'no', { billed: { kind: 'nothing' } }), 0, 0],
    ['cancelled before it was sent', new ShoalError('cancelled', 'no'), 0, 0],
    ['cut off', new ProviderError('model_stream_cut', 'cut', { billed: { kind: 'usage', usage: usage(50, 20) } }), 13_000, 70],
    ['lost', new ProviderError('model_timeout', 'late', { billed: { kind: 'unknown' } }), 410_000, 1100],
    ['ended by a fault of ours', new Error('bug'), 410_000, 1100],
  ])('that was %s is charged what it may have cost', async (_name, error, nanoUsd, tokens) => {
    const { run, balance } = open({ usd: 10_000_000 });
    const call = attempt();
    await expect(run(call, () => Promise.reject(error))).rejects.toBe(error);
    expect(balance()).toMatchObject({ spentNanoUsd: nanoUsd, spentTokens: tokens, reservedNanoUsd: 0, reservedTokens: 0 });
    expect(call.tally.costNanoUsd).toBe(nanoUsd);
  });
});

describe('waiting for headroom', () => {
  it('is first come, first served for the node that refused, whichever of its children is charged', async () => {
    const { ledger, run } = open({ usd: 500_000 });
    ledger.open({ id: 'run/a', parent: 'run', limitNanoUsd: undefined });
    ledger.open({ id: 'run/b', parent: 'run', limitNanoUsd: undefined });
    const order: string[] = [];
    const call = (name: string, budget: string): Promise<unknown> =>
      run(attempt({ budget }), async () => {
        order.push(name);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return usage(10, 10);
      });
    await Promise.all([call('1', 'run/a'), call('2', 'run/b'), call('3', 'run/a'), call('4', 'run/b'), call('5', 'run/a')]);
    expect(order).toEqual(['1', '2', '3', '4', '5']);
  });

  it('asks the catalogue once for all nodes that are dry in one turn of the event loop', async () => {
    const { ledger, run, seen, transactions } = open({});
    const nodes = Array.from({ length: 50 }, (_, index) => `run/${index}`);
    for (const id of nodes) ledger.open({ id, parent: 'run', limitNanoUsd: 10_000_000 });
    const before = transactions();
    await Promise.all(nodes.map((budget) => run(attempt({ budget }), async () => usage(10, 10))));
    expect(transactions() - before).toBe(1);
    expect(seen).toHaveLength(50);
    expect(ledger.balance('run')).toMatchObject({ spentNanoUsd: 50 * 5000, reservedNanoUsd: 0 });
  });

  it('does not begin where a call is larger than its whole budget: it is made smaller first', async () => {
    const { run, clamped } = open({ usd: 200_000 });
    const one = run(attempt(), async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return usage(10, 10);
    });
    const two = run(attempt(), async () => usage(10, 10));
    await Promise.all([one, two]);
    expect(clamped).toHaveLength(2);
  });
});
