// The same faults for an agent in this process, which goes down the same chain without HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { GenerateRequest, LanguageModel } from '#foundation';
import { ANTHROPIC, BEDROCK, GEMINI, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { CASES, LARGE } from './faults.ts';
import { booksOf, settled } from './settled.ts';
import { CAP, SAID } from './ways.ts';

const REQUEST: GenerateRequest = {
  task: 'test',
  stage: 'chat',
  messages: [{ role: 'user', content: 'Hello' }],
  maxOutputTokens: CAP,
};

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each([OPENAI, ANTHROPIC, GEMINI, BEDROCK])('an agent with %s', (name) => {
  it.each(CASES)('%s (%s)', async (_name, how, { script, gets, books }) => {
    const before = shoal.spent();
    const first = shoal.upstream.seen.length;
    shoal.upstream.script(...script);
    const outcome = await outcomeOf(shoal.system.gateway.languageModel({ model: name }), how === 'streamed');
    const spent = await settled(shoal, before);
    expect(outcome).toBe(gets);
    expect(booksOf(spent, shoal.upstream.seen.slice(first), books)).toBe('right');
  });
});

async function outcomeOf(model: LanguageModel, stream: boolean): Promise<string> {
  try {
    const said = stream ? await streamed(model) : (await model.generate(REQUEST)).text;
    return said === SAID || said === LARGE ? 'answer' : `other words: ${said.slice(0, 100)}`;
  } catch (error) {
    return error instanceof ShoalError ? 'error' : `a fault that is none of ours: ${String(error)}`;
  }
}

async function streamed(model: LanguageModel): Promise<string> {
  let text = '';
  for await (const part of model.stream(REQUEST)) if (part.kind === 'text-delta') text += part.text;
  return text;
}
