// What proves a thought to the API that had it: it travels with a client of any API, and is shown to no other provider
// than one that can read it, through every conversation that changes its provider on the way.
import { describe, expect, it } from 'vitest';
import { DIALECT_IDS } from '../../../gateway/models/dialects/dialect.ts';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import type { Json, ModelRequest } from '../../../gateway/models/exchange.ts';
import { ALL_DIALECTS } from './all-dialects.ts';
import { BASE, MODELS } from './feature-requests.ts';

const PROOF = 'c2lnbmVkMQ==';
/** An answer with a thought and its proof, and who else can read it. */
const MADE: Partial<Readonly<Record<DialectId, { readonly answer: Json; readonly readers: readonly DialectId[] }>>> = {
  'anthropic-messages': {
    answer: {
      content: [
        { type: 'thinking', thinking: 'Fish?', signature: PROOF },
        { type: 'text', text: 'Cod.' },
      ],
      stop_reason: 'end_turn',
    },
    // Claude is hosted by Bedrock, and by servers of OpenAI's chat API.
    readers: ['anthropic-messages', 'bedrock-converse', 'openai-chat'],
  },
  'bedrock-converse': {
    answer: {
      output: {
        message: { content: [{ reasoningContent: { reasoningText: { text: 'Fish?', signature: PROOF } } }, { text: 'Cod.' }] },
      },
      stopReason: 'end_turn',
    },
    readers: ['anthropic-messages', 'bedrock-converse', 'openai-chat'],
  },
  gemini: {
    answer: {
      candidates: [
        {
          content: {
            parts: [
              { text: 'Fish?', thought: true },
              { text: 'Cod.', thoughtSignature: PROOF },
            ],
          },
          finishReason: 'STOP',
        },
      ],
    },
    readers: ['gemini'],
  },
  'openai-responses': {
    answer: {
      status: 'completed',
      output: [
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Fish?' }], encrypted_content: PROOF },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Cod.' }] },
      ],
    },
    readers: ['openai-responses'],
  },
};
const NEXT_MODELS = { ...MODELS, 'openai-chat': 'anthropic/claude-sonnet-4.6', 'openai-responses': 'o4-mini' } as const;
const MAKERS = DIALECT_IDS.filter((maker) => MADE[maker] !== undefined);
const JOURNEYS = MAKERS.flatMap((maker) =>
  DIALECT_IDS.flatMap((client) => DIALECT_IDS.map((next) => [maker, client, next] as const)),
);

describe('the proof of a thought', () => {
  it.each(JOURNEYS)('of %s, kept by a client of %s, with %s as the next provider', (maker, client, next) => {
    const made = MADE[maker];
    const { json, dropped } = ALL_DIALECTS[next].encodeRequest({ ...goingOn(maker, client), model: NEXT_MODELS[next] });
    const readable = made?.readers.includes(next) === true;
    expect(JSON.stringify(json).includes(PROOF)).toBe(readable);
    expect(JSON.stringify(json)).not.toMatch(/anthropic:|gemini:|openai:|bedrock:/);
    expect(JSON.stringify(json)).toContain('Cod.');
    expect(readable || dropped.includes('thinking') || next === 'openai-chat').toBe(true);
  });
});

/** The request that such a client makes after such an answer. */
function goingOn(maker: DialectId, client: DialectId): ModelRequest {
  const answer = ALL_DIALECTS[maker].decodeResponse({ id: 'a1', model: 'm', ...MADE[maker]?.answer });
  const written = JSON.stringify(ALL_DIALECTS[client].encodeResponse(answer, { model: 'asked' }));
  const [choice] = ALL_DIALECTS[client].decodeResponse(JSON.parse(written)).choices;
  const question = { role: 'user' as const, parts: [{ kind: 'text' as const, text: 'Go on.' }] };
  const base = ALL_DIALECTS[client].decodeRequest({ ...BASE[client], model: MODELS[client] });
  return { ...base, messages: [question, { role: 'assistant', parts: choice?.parts ?? [] }, question], maxOutputTokens: 4000 };
}
