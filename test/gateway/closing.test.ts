// Closing a gateway while calls are under way: they end, their holds are settled, and nothing new begins.
import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask, codeOf, MODEL, openGateway, temporaryFolder, until } from './open-gateway.ts';

describe('closing', () => {
  it('cancels what is under way or waiting, upstream too, and books what it may have cost', async () => {
    const databasePath = join(temporaryFolder(), 'catalog.sqlite');
    const { gateway, server } = await openGateway({ databasePath, config: { limits: { concurrency: 1 } } });
    server.script({ kind: 'silence' });
    const model = gateway.languageModel({ model: MODEL });
    const tools = [
      { name: 'wait', description: '', parameters: { type: 'object' }, effect: 'read', run: () => new Promise<never>(() => {}) },
    ] as const;
    const calls = [
      model.generate(ask('a')),
      model.generate(ask('b')),
      gateway.toolBox(tools, { stage: 'chat' }).call('wait', {}),
    ].map(codeOf);
    await until(() => server.seen.length === 1);
    await gateway.close();
    expect(await Promise.all(calls)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await until(() => server.abandoned === 1);
    expect(await codeOf(model.generate(ask('c')))).toBe('cancelled');

    const after = await openGateway({ databasePath });
    const balance = after.gateway.ledger.balance('shoal');
    expect(balance).toMatchObject({ reservedNanoUsd: 0 });
    expect(balance?.spentNanoUsd).toBe(after.gateway.costs({}).reduce((sum, row) => sum + row.costNanoUsd, 0));
    expect(balance?.spentNanoUsd).toBeGreaterThan(0);
    expect(after.gateway.requests({}).map((row) => row.outcome)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('leaves nothing but the catalogue behind, and may be said twice', async () => {
    const folder = temporaryFolder();
    const { gateway } = await openGateway({ databasePath: join(folder, 'catalog.sqlite') });
    await gateway.languageModel({ model: MODEL }).generate(ask('Hi'));
    await Promise.all([gateway.close(), gateway.close()]);
    expect(readdirSync(folder)).toEqual(['audit-head.json', 'catalog.sqlite']);
  });

  it('has let thousands wait without a warning', async () => {
    const warnings: string[] = [];
    const warn = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', warn);
    const { gateway } = await openGateway({ config: { limits: { concurrency: 4 } } });
    const model = gateway.languageModel({ model: MODEL });
    const caller = new AbortController();
    const codes = Array.from({ length: 2000 }, () => codeOf(model.generate(ask('Hi'), caller.signal)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    caller.abort();
    const done = await Promise.all(codes);
    process.off('warning', warn);
    expect(done).toContain('cancelled');
    expect(warnings).toEqual([]);
    expect(gateway.ledger.balance('shoal')?.reservedNanoUsd).toBe(0);
  });
});
