// The embedded (rule-based) provider: skills, grounded answers, vectors, all deterministic and at no price.
import { describe, expect, it } from 'vitest';
import { ask, codeOf, openGateway, partsOf } from '../open-gateway.ts';

const broken = (): string => {
  throw new Error('no such column');
};
const EMBEDDED = { model: 'embedded/rules-1' };
const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe('the embedded model', () => {
  it('runs the skill of the task on the structured input, and charges nothing', async () => {
    const { gateway } = await openGateway({ skills: { shout: ({ input }) => String(input).toUpperCase() } });
    const model = gateway.languageModel({ ...EMBEDDED, runId: 'r' });
    const answer = await model.generate(ask('prose', { task: 'shout', input: 'facts' }));
    expect(answer).toMatchObject({ text: 'FACTS', costNanoUsd: 0, model: 'embedded/rules-1', finishReason: 'stop' });
    expect(model.kind).toBe('embedded');
    expect(gateway.costs({ runId: 'r' })).toMatchObject([{ calls: 1, inputTokens: 2, outputTokens: 2, costNanoUsd: 0 }]);
  });

  it('answers an unknown task with sentences of the text it was given, in their order, and nothing of its own', async () => {
    const { gateway } = await openGateway();
    const text =
      'The council met on Monday. The mayor rejects the bridge toll. Ferries run hourly. ' +
      'Shop owners fear the bridge toll as well. Rain is expected. The museum opens at ten.';
    const messages = [
      { role: 'system', content: text },
      { role: 'user', content: 'Who is against the bridge toll?' },
    ] as const;
    const answer = await gateway.languageModel(EMBEDDED).generate(ask('', { messages }));
    expect(answer.text).toBe('The mayor rejects the bridge toll. Shop owners fear the bridge toll as well.');
    const off = await gateway
      .languageModel(EMBEDDED)
      .generate(ask('', { messages: [messages[0], { role: 'user', content: 'Quasars?' }] }));
    expect(off.text).toContain('says nothing');
  });

  it('works where words are not separated by spaces', async () => {
    const { gateway } = await openGateway();
    const messages = [
      { role: 'system', content: '市议会周一开会。市长反对大桥收费。渡轮每小时一班。' },
      { role: 'user', content: '谁反对收费？' },
    ] as const;
    expect((await gateway.languageModel(EMBEDDED).generate(ask('', { messages }))).text).toBe('市长反对大桥收费。');
  });

  it('streams exactly what it answers', async () => {
    const text = 'A sentence that is long enough to be handed over in several pieces, each of them cut at a space.';
    const { gateway } = await openGateway({ skills: { say: () => text } });
    const parts = await partsOf(gateway.languageModel(EMBEDDED).stream(ask('', { task: 'say' })));
    const pieces = parts.flatMap((part) => (part.kind === 'text-delta' ? [part.text] : []));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(text);
    expect(parts.at(-1)).toMatchObject({ kind: 'finish', result: { text } });
  });

  it('makes the same unit vectors every time, close for close texts', async () => {
    const { gateway } = await openGateway();
    const model = gateway.languageModel(EMBEDDED);
    const texts = [
      'The mayor rejects the bridge toll',
      'mayors rejecting tolls on bridges',
      'Cats sleep all afternoon',
      '',
      '大桥收费',
    ];
    const { vectors, costNanoUsd } = await model.embed(texts, 'extraction');
    expect(costNanoUsd).toBe(0);
    for (const vector of vectors) expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 6);
    const [first, near, far] = vectors as unknown as [Float32Array, Float32Array, Float32Array];
    expect(dot(first, near)).toBeGreaterThan(0.3);
    expect(Math.abs(dot(first, far))).toBeLessThan(0.15);
    expect((await model.embed(texts, 'extraction')).vectors).toEqual(vectors);
  });

  it('lets a skill’s fault be seen as one, and an abort as an abort', async () => {
    const { gateway } = await openGateway({ skills: { broken } });
    const model = gateway.languageModel({ ...EMBEDDED, runId: 'r' });
    expect(await codeOf(model.generate(ask('', { task: 'broken' })))).toBe('internal');
    expect(await codeOf(model.generate(ask('Hi'), AbortSignal.abort()))).toBe('cancelled');
    expect(gateway.requests({ runId: 'r' }).map((row) => row.outcome)).toEqual(['cancelled', 'failed']);
  });

  it('is not fooled by task names that every object has', async () => {
    const { gateway } = await openGateway();
    expect((await gateway.languageModel(EMBEDDED).generate(ask('Hi', { task: 'constructor' }))).text).toContain('says nothing');
  });
});

describe('models that can be had', () => {
  it('are listed with what is missing', async () => {
    const { gateway } = await openGateway({
      config: {
        providers: {
          local: { baseUrl: 'http://127.0.0.1:1/v1', models: { 'tiny:1b': {} } },
          other: { baseUrl: 'http://127.0.0.1:1/v1', apiKeyEnv: 'OTHER_API_KEY', models: { m: {} } },
        },
      },
    });
    const byId = new Map(gateway.models().map((info) => [info.id, info]));
    expect(byId.get('embedded/rules-1')).toMatchObject({ kind: 'embedded', available: true });
    expect(byId.get('openai/gpt-4o-mini')).toMatchObject({
      available: true,
      price: { inputNanoUsdPerToken: 150, outputNanoUsdPerToken: 600 },
    });
    expect(byId.get('local/tiny:1b')).toMatchObject({ available: true, price: undefined });
    expect(byId.get('other/m')).toMatchObject({ available: false, missing: 'OTHER_API_KEY' });
  });

  it('are refused by name with a hint: unknown, or not configured', async () => {
    const { gateway } = await openGateway({
      config: { providers: { other: { baseUrl: 'http://127.0.0.1:1/v1', apiKeyEnv: 'OTHER_API_KEY' } } },
    });
    const thrown = (model: string): unknown => {
      try {
        return gateway.languageModel({ model });
      } catch (error) {
        return error;
      }
    };
    expect(thrown('nobody/m')).toMatchObject({
      code: 'model_unknown',
      hint: expect.stringContaining('embedded/rules-1') as string,
    });
    expect(thrown('embedded/other')).toMatchObject({ code: 'model_unknown' });
    expect(thrown('plain')).toMatchObject({ code: 'model_unknown' });
    expect(thrown('other/m')).toMatchObject({
      code: 'model_unavailable',
      hint: expect.stringContaining('OTHER_API_KEY') as string,
    });
  });
});
