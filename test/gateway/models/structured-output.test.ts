// Structured output: what is sent, what is made of sloppy answers, and where it ends.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, codeOf, MODEL, openGateway } from '../open-gateway.ts';

const Vote = z.object({ stance: z.number().min(-1).max(1), reason: z.string() });
const schema = { name: 'vote', type: Vote };
const good = { stance: 0.5, reason: 'Trams.' };

const refusal = (message: string) => ({ kind: 'error', status: 400, message }) as const;

describe('structured output from a provider', () => {
  it('asks for the schema in strict mode', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: JSON.stringify(good) });
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Vote', { schema }));
    expect(answer.value).toEqual(good);
    expect(server.seen[0]?.body['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'vote', strict: true, schema: { additionalProperties: false, required: ['stance', 'reason'] } },
    });
  });

  it('does not claim strictness for a schema with optional parts', async () => {
    const { gateway, server } = await openGateway();
    const optional = { name: 'vote', type: Vote.partial() };
    server.script({ kind: 'answer', text: '{}' });
    await gateway.languageModel({ model: MODEL }).generate(ask('Vote', { schema: optional }));
    expect(server.seen[0]?.body['response_format']).toMatchObject({ json_schema: { strict: false } });
  });

  it.each([
    ['fenced', 'Here you are:\n```json\n{"stance": 0.5, "reason": "Trams."}\n```\nAnything else?'],
    ['in prose', 'I would say {"stance": 0.5, "reason": "Trams."} for now.'],
    ['with single quotes and a trailing comma', "{'stance': 0.5, 'reason': 'Trams.',}"],
    ['with comments and unquoted keys', '{stance: 0.5, // leaning\n reason: "Trams."}'],
  ])('reads an answer that is %s, without asking again', async (_how, text) => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text });
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Vote', { schema }));
    expect(answer.value).toEqual(good);
    expect(server.seen).toHaveLength(1);
  });

  it('asks once more, naming what is wrong, and charges both answers', async () => {
    const { gateway, server } = await openGateway();
    server.script(
      { kind: 'answer', text: '{"stance": 7, "reason": "Trams."}', usage: { prompt: 10, completion: 5 } },
      { kind: 'answer', text: JSON.stringify(good), usage: { prompt: 30, completion: 6 } },
    );
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Vote', { schema }));
    expect(answer).toMatchObject({ value: good, costNanoUsd: 40 * 150 + 11 * 600 });
    const second = server.seen[1]?.body['messages'] as readonly { role: string; content: string }[];
    expect(second.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
    expect(second.at(-1)?.content).toContain('stance');
  });

  it('gives up after that, with the problems in the details', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'I had rather not.' }, { kind: 'answer', text: '{"stance": "high"}' });
    const error = await gateway
      .languageModel({ model: MODEL })
      .generate(ask('Vote', { schema }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'model_invalid_output',
      details: { problems: [expect.stringContaining('stance'), expect.any(String)] },
    });
    expect(server.seen).toHaveLength(2);
  });

  it('does not close the brackets of an answer that was cut off: that would invent one', async () => {
    const { gateway, server } = await openGateway();
    const cut = { kind: 'answer', text: '{"stance": 0.5, "reason": "Because the tr', finish: 'length' } as const;
    server.script(cut, cut);
    expect(await codeOf(gateway.languageModel({ model: MODEL }).generate(ask('Vote', { schema })))).toBe('model_invalid_output');
  });

  it('comes down from strict to plain words as far as the server makes it', async () => {
    const { gateway, server } = await openGateway();
    server.script(
      refusal('strict json_schema is not supported'),
      refusal('response_format.type json_schema is not supported'),
      refusal('unknown field response_format'),
      { kind: 'answer', text: JSON.stringify(good) },
      { kind: 'answer', text: JSON.stringify(good) },
    );
    const model = gateway.languageModel({ model: MODEL });
    expect((await model.generate(ask('Vote', { schema }))).value).toEqual(good);
    await model.generate(ask('Vote again', { schema }));
    const formats = server.seen.map(
      ({ body }) => body['response_format'] as { type: string; json_schema?: { strict: boolean } } | undefined,
    );
    expect(formats.map((format) => format && [format.type, format.json_schema?.strict])).toEqual([
      ['json_schema', true],
      ['json_schema', false],
      ['json_object', undefined],
      undefined,
      undefined,
    ]);
    expect(JSON.stringify(server.seen[3]?.body['messages'])).toContain('JSON Schema');
  });

  it('gives a fixture-made answer for any schema (the fixture reads the schema that was sent)', async () => {
    const { gateway } = await openGateway();
    const nested = z.object({ kind: z.enum(['a', 'b']), items: z.array(z.object({ n: z.int().min(3) })).min(2) });
    const answer = await gateway
      .languageModel({ model: MODEL })
      .generate(ask('Go', { schema: { name: 'nested', type: nested } }));
    expect(answer.value).toEqual({ kind: 'a', items: [{ n: 3 }, { n: 3 }] });
  });
});

describe('structured output from the embedded model', () => {
  it('is parsed by the schema', async () => {
    const { gateway } = await openGateway({ skills: { vote: () => JSON.stringify(good) } });
    const answer = await gateway.languageModel({ model: 'embedded/rules-1' }).generate(ask('Vote', { task: 'vote', schema }));
    expect(answer).toMatchObject({ value: good, costNanoUsd: 0 });
  });

  it('is never repaired: a wrong form is a fault of ours', async () => {
    const { gateway } = await openGateway({ skills: { vote: () => '{"stance": 0.5,}' } });
    const model = gateway.languageModel({ model: 'embedded/rules-1' });
    expect(await codeOf(model.generate(ask('Vote', { task: 'vote', schema })))).toBe('internal');
    expect(await codeOf(model.generate(ask('Vote', { task: 'no such task', schema })))).toBe('internal');
  });
});
