// The request log: one record of each call, totals by run, stage and model, and no bodies.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, codeOf, MODEL, openGateway, temporaryFolder } from '../open-gateway.ts';

describe('the request log', () => {
  it('adds up by run, stage and model', async () => {
    const { gateway, server } = await openGateway();
    const provider = gateway.languageModel({ model: MODEL, runId: 'one' });
    await provider.generate(ask('a', { stage: 'agents', agent: 3, round: 5 }));
    await provider.generate(ask('b', { stage: 'agents' }));
    await provider.generate(ask('c', { stage: 'report' }));
    server.script({ kind: 'error', status: 400, message: 'No.' });
    expect(await codeOf(provider.generate(ask('d', { stage: 'report' })))).toBe('model_rejected');
    await gateway.languageModel({ model: 'embedded/rules-1', runId: 'two' }).generate(ask('e', { stage: 'chat' }));
    await gateway.languageModel({ model: 'embedded/rules-1' }).generate(ask('f', { stage: 'outside' }));
    const totals = gateway.costs({}).map((row) => [row.runId, row.stage, row.model, row.calls, row.failures]);
    expect(totals).toEqual([
      [undefined, 'outside', 'embedded/rules-1', 1, 0],
      ['one', 'agents', MODEL, 2, 0],
      ['one', 'report', MODEL, 2, 1],
      ['two', 'chat', 'embedded/rules-1', 1, 0],
    ]);
    const spent = gateway.costs({ runId: 'one' }).reduce((sum, row) => sum + row.costNanoUsd, 0);
    expect(spent).toBe(gateway.ledger.balance('shoal')?.spentNanoUsd);
    expect(gateway.requests({ runId: 'one' }).at(-1)).toMatchObject({ stage: 'agents', agent: 3, round: 5, attempts: 1 });
    expect(gateway.requests({ runId: 'one', limit: 2 })).toHaveLength(2);
  });

  it('survives a restart, and keeps neither prompts nor answers nor keys', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const first = await openGateway({ databasePath });
    await first.gateway.languageModel({ model: MODEL, runId: 'r' }).generate(ask('a most private question'));
    const before = first.gateway.costs({});
    await first.gateway.close();
    const second = await openGateway({ databasePath });
    expect(second.gateway.costs({})).toEqual(before);
    expect(second.gateway.requests({ runId: 'r' })).toHaveLength(1);
    await second.gateway.close();
    const bytes = readFileSync(databasePath).toString('latin1');
    for (const secret of ['private question', 'You said', 'sk-fixture']) expect(bytes).not.toContain(secret);
  });

  it('adds totals of several gateways on one file', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const [first, second] = [await openGateway({ databasePath }), await openGateway({ databasePath })];
    for (const { gateway } of [first, second]) await gateway.languageModel({ model: MODEL, runId: 'r' }).generate(ask('Hi'));
    first.gateway.costs({});
    expect(second.gateway.costs({ runId: 'r' })).toMatchObject([{ calls: 2 }]);
  });
});
