// The cassette: the same question costs nothing the second time, and nothing else is taken for the same question.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Cassette, CassetteEntry, GenerateRequest } from '#foundation';
import { ask, codeOf, MODEL, openGateway, partsOf } from '../open-gateway.ts';

/** As a run's file keeps it: through JSON. */
function jsonCassette(): Cassette & { readonly size: number } {
  const rows = new Map<string, string>();
  return {
    get: (hash) => {
      const row = rows.get(hash);
      return row === undefined ? undefined : (JSON.parse(row) as CassetteEntry);
    },
    put: (hash, entry) => void rows.set(hash, JSON.stringify(entry)),
    get size() {
      return rows.size;
    },
  };
}

const schema = { name: 'day', type: z.object({ day: z.coerce.date() }) };

describe('a cassette', () => {
  it('replays without a call, without a charge, and says so', async () => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway();
    const model = gateway.languageModel({ model: MODEL, cassette, runId: 'r' });
    const first = await model.generate(ask('Hi'));
    const second = await model.generate(ask('Hi'));
    expect(first).toMatchObject({ fromCassette: false });
    expect(second).toMatchObject({ text: first.text, usage: first.usage, fromCassette: true, costNanoUsd: 0 });
    expect(server.seen).toHaveLength(1);
    expect(gateway.ledger.balance('shoal')?.spentNanoUsd).toBe(first.costNanoUsd);
    expect(gateway.costs({ runId: 'r' })).toMatchObject([{ calls: 2, cassetteHits: 1, costNanoUsd: first.costNanoUsd }]);
    expect(gateway.requests({ runId: 'r' }).map((row) => row.outcome)).toEqual(['cassette', 'ok']);
  });

  it('serves a replay even when the provider is gone and the budget is empty', async () => {
    const cassette = jsonCassette();
    const recording = await openGateway();
    const text = (await recording.gateway.languageModel({ model: MODEL, cassette }).generate(ask('Hi'))).text;
    const replaying = await openGateway({ config: { budget: { limitUsd: 0 } } });
    await replaying.server.close();
    expect((await replaying.gateway.languageModel({ model: MODEL, cassette }).generate(ask('Hi'))).text).toBe(text);
  });

  it('records streams, and streams what it recorded', async () => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway();
    const model = gateway.languageModel({ model: MODEL, cassette });
    const live = await partsOf(model.stream(ask('Hi')));
    const replayed = await partsOf(model.stream(ask('Hi')));
    const textOf = (parts: typeof live) => parts.flatMap((part) => (part.kind === 'text-delta' ? [part.text] : [])).join('');
    expect(textOf(replayed)).toBe(textOf(live));
    expect(server.seen).toHaveLength(1);
  });

  it('parses the value again, since JSON cannot keep all of it', async () => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: '{"day":"2026-01-05"}' });
    const model = gateway.languageModel({ model: MODEL, cassette });
    await model.generate(ask('When?', { schema }));
    const replayed = await model.generate(ask('When?', { schema }));
    expect(replayed.fromCassette).toBe(true);
    expect(replayed.value).toEqual({ day: new Date('2026-01-05') });
  });

  const changes: readonly [string, Partial<GenerateRequest>][] = [
    ['messages', { messages: [{ role: 'system', content: 'Hi' }] }],
    ['task', { task: 'other' }],
    ['temperature', { temperature: 0.1 }],
    ['cap', { maxOutputTokens: 99 }],
    ['seed', { seed: 2 }],
    ['tools', { tools: [{ name: 't', description: '', parameters: {} }] }],
    ['schema', { schema: { name: 'any', type: z.unknown() } }],
  ];
  it.each(changes)('takes a request with another %s for another question', async (_what, change) => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway({ server: { answer: () => ({ kind: 'answer', text: '1' }) } });
    const model = gateway.languageModel({ model: MODEL, cassette });
    await model.generate(ask('Hi'));
    await model.generate(ask('Hi', change));
    expect(server.seen).toHaveLength(2);
    expect(cassette.size).toBe(2);
  });

  it('shares an answer between stages, agents and rounds, which the provider never sees', async () => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway();
    const model = gateway.languageModel({ model: MODEL, cassette });
    await model.generate(ask('Hi', { agent: 1, round: 1 }));
    await model.generate(ask('Hi', { agent: 2, round: 9, stage: 'agents', input: { any: 'facts' } }));
    expect(server.seen).toHaveLength(1);
  });

  it('keeps no failures, and nothing of the embedded model', async () => {
    const cassette = jsonCassette();
    const { gateway, server } = await openGateway();
    server.script({ kind: 'error', status: 400, message: 'No.' });
    expect(await codeOf(gateway.languageModel({ model: MODEL, cassette }).generate(ask('Hi')))).toBe('model_rejected');
    await gateway.languageModel({ model: 'embedded/rules-1', cassette }).generate(ask('Hi'));
    expect(cassette.size).toBe(0);
  });
});
