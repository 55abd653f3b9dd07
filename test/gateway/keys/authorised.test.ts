import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCAL_PRINCIPAL } from '#gateway';
import type { Principal, Scope } from '#gateway/contract';
import { newTally } from '../../../gateway/chain.ts';
import type { Content, ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { authorised, modelForbidden } from '../../../gateway/policy/keys/authorised.ts';
import { matchesPattern, mayAsk, permits } from '../../../gateway/policy/keys/model-patterns.ts';
import { codeOf } from '../open-gateway.ts';

const key = (more: Partial<Principal>): Principal => ({
  ...LOCAL_PRINCIPAL,
  kind: 'key',
  name: 'k',
  scopes: new Set<Scope>(['invoke']),
  ...more,
});
const CONTENT: Content = {
  request: () => ({ messages: [] }) as never,
  embedding: () => ({}) as never,
  wire: undefined,
  local: undefined,
  texts: () => [],
  withTexts: () => CONTENT,
};
const call = (principal: Principal, asked: string): ModelCall => ({
  id: '1',
  kind: 'model',
  principal,
  target: asked,
  runId: undefined,
  budget: principal.budget,
  stage: 'chat',
  agent: undefined,
  round: undefined,
  signal: new AbortController().signal,
  tally: newTally(),
  operation: 'generate',
  asked,
  output: undefined,
  choices: 1,
  inputTokenBound: 1,
  maxOutputTokens: undefined,
  content: CONTENT,
});
const ANSWER = {} as ModelAnswer;
const ask = (principal: Principal, asked: string): Promise<ModelAnswer> =>
  authorised()(async () => ANSWER)(call(principal, asked));

describe('a model pattern', () => {
  it('says the same as a regular expression made of it', () => {
    const text = stringMatching(/^[ab/.]{0,8}$/);
    assert(
      property(stringMatching(/^[ab/.*]{0,8}$/), text, (pattern, name) => {
        const expression = pattern
          .split('*')
          .map((part) => part.replaceAll('.', String.raw`\.`))
          .join('.*');
        expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${expression}$`).test(name));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('which models a key may call', () => {
  it.each([
    ['no list', undefined, 'openai/gpt-4o', true, true],
    ['its provider', ['openai/*'], 'openai/gpt-4o', true, true],
    ['another provider', ['openai/*'], 'groq/llama', false, false],
    ['a bare name is looked at once it is resolved', ['openai/*'], 'gpt-4o', true, false],
    ['a group that is named', ['fast'], 'fast', true, true],
    ['a model while only groups are named', ['fast'], 'openai/gpt-4o', false, true],
    ['a group that is not named', ['fast'], 'slow', false, true],
    ['an empty list', [], 'openai/gpt-4o', false, true],
  ] as const)('%s', (_name, models, asked, may, permitted) => {
    expect(mayAsk(key({ models }), asked)).toBe(may);
    expect(permits(key({ models }), asked)).toBe(permitted);
  });

  it('every list must allow it', () => {
    const narrowed = key({ models: ['*'], narrowedBy: [['openai/*'], ['*/gpt-*']] });
    expect(['openai/gpt-4o', 'openai/o3', 'azure/gpt-4o'].map((id) => permits(narrowed, id))).toEqual([true, false, false]);
  });

  it('a key for a group, in a team for a provider, reaches what the group has of it', () => {
    const listed = key({ models: ['fast'], narrowedBy: [['openai/*']] });
    expect(mayAsk(listed, 'fast')).toBe(true);
    expect(mayAsk(listed, 'slow')).toBe(false);
    expect([permits(listed, 'openai/gpt-4o'), permits(listed, 'groq/llama')]).toEqual([true, false]);
  });

  it('a group cannot reach what the list leaves out', () => {
    const listed = key({ models: ['openai/*'] });
    expect(mayAsk(listed, 'fast')).toBe(true);
    expect(permits(listed, 'openai/gpt-4o-mini')).toBe(true);
    expect(permits(listed, 'anthropic/claude')).toBe(false);
  });
});

describe('the authorising step', () => {
  it('lets through whom the local principal and a fitting key stand for', async () => {
    expect(await ask(LOCAL_PRINCIPAL, 'openai/gpt-4o')).toBe(ANSWER);
    expect(await ask(key({ models: ['openai/*'] }), 'openai/gpt-4o')).toBe(ANSWER);
  });

  it.each<[string, Principal, string]>([
    ['a key without the scope', key({ scopes: new Set<Scope>(['admin']) }), 'invoke'],
    ['a key with another list', key({ models: ['groq/*'] }), 'groq/*'],
  ])('refuses %s and says what would do', async (_name, principal, words) => {
    const refusal = ask(principal, 'openai/gpt-4o');
    expect(await codeOf(refusal)).toBe('forbidden');
    await expect(refusal).rejects.toMatchObject({ hint: expect.stringContaining(words) as string });
  });

  it('the router refuses in the same words', () => {
    expect(modelForbidden(key({ models: ['groq/*'] }), 'openai/gpt-4o')).toMatchObject({ code: 'forbidden' });
  });
});
