// Parts of a usage that are charged at rates of their own: read from each API that tells them, written back where it
// has the field, and charged exactly.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import type { Json, Usage } from '../../../gateway/models/exchange.ts';
import { costOf } from '../../../gateway/models/prices/cost.ts';
import { priceOf } from '../../../gateway/models/prices/usd.ts';

/** Nano-dollars a token: each rate is another digit of the sum. */
const PRICE = priceOf({ input: 1, cached: 0.1, write: 1.25, longWrite: 2, output: 5, audio: 7, image: 3 }, [], {
  source: 'test',
  date: '2026-11-25',
});

interface Case {
  readonly dialect: Dialect;
  readonly says: string;
  readonly json: Json;
  readonly usage: Partial<Usage>;
  readonly costNanoUsd: number;
}
const CASES: readonly Case[] = [
  {
    dialect: anthropicMessages,
    says: 'cache writes of both lengths',
    json: {
      usage: {
        input_tokens: 100,
        cache_read_input_tokens: 1000,
        cache_creation_input_tokens: 500,
        cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 200 },
        output_tokens: 10,
      },
    },
    usage: { inputTokens: 1600, cacheWriteTokens: 500, longCacheWriteTokens: 200 },
    costNanoUsd: 100 * 1000 + 1000 * 100 + 300 * 1250 + 200 * 2000 + 10 * 5000,
  },
  {
    dialect: bedrockConverse,
    says: 'cache writes of both lengths',
    json: {
      usage: {
        inputTokens: 100,
        cacheReadInputTokens: 1000,
        cacheWriteInputTokens: 500,
        cacheDetails: [
          { ttl: '1h', inputTokens: 200 },
          { ttl: '5m', inputTokens: 300 },
        ],
        outputTokens: 10,
        totalTokens: 1610,
      },
    },
    usage: { inputTokens: 1600, cacheWriteTokens: 500, longCacheWriteTokens: 200 },
    costNanoUsd: 100 * 1000 + 1000 * 100 + 300 * 1250 + 200 * 2000 + 10 * 5000,
  },
  {
    dialect: openAiChat,
    says: 'sound',
    json: {
      usage: {
        prompt_tokens: 1000,
        completion_tokens: 10,
        total_tokens: 1010,
        prompt_tokens_details: { cached_tokens: 400, audio_tokens: 200 },
      },
    },
    usage: { inputTokens: 1000, cachedInputTokens: 400, audioInputTokens: 200 },
    costNanoUsd: 400 * 1000 + 400 * 100 + 200 * 7000 + 10 * 5000,
  },
  {
    dialect: gemini,
    says: 'sound and images, those from the cache apart',
    json: {
      usageMetadata: {
        promptTokenCount: 1000,
        cachedContentTokenCount: 300,
        candidatesTokenCount: 10,
        totalTokenCount: 1010,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 500 },
          { modality: 'AUDIO', tokenCount: 400 },
          { modality: 'IMAGE', tokenCount: 100 },
        ],
        cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 300 }],
      },
    },
    usage: { inputTokens: 1000, cachedInputTokens: 300, audioInputTokens: 100, imageInputTokens: 100 },
    costNanoUsd: 500 * 1000 + 300 * 100 + 100 * 7000 + 100 * 3000 + 10 * 5000,
  },
];

describe.each(CASES)('$dialect.id', ({ dialect, says, json, usage, costNanoUsd }) => {
  const read = dialect.usageOf(json);

  it(`tells ${says}, and each is charged at its own rate`, () => {
    expect(read).toMatchObject(usage);
    expect(costOf(PRICE, read as Usage)).toBe(costNanoUsd);
  });

  it('writes back what it reads, to the same cost', () => {
    const answer = dialect.encodeResponse(
      {
        id: 'r',
        model: 'm',
        created: 1,
        choices: [{ parts: [{ kind: 'text', text: 'Hi' }], finishReason: 'stop' }],
        usage: read as Usage,
      },
      { model: 'm' },
    );
    expect(dialect.usageOf(answer)).toEqual(read);
  });
});

describe('a usage that does not fit together', () => {
  it('is never charged for more than there was', () => {
    const anthropic = anthropicMessages.usageOf({
      usage: { input_tokens: 0, output_tokens: 0, cache_creation: { ephemeral_1h_input_tokens: 50 } },
    });
    expect(anthropic).toMatchObject({ inputTokens: 50, cacheWriteTokens: 50, longCacheWriteTokens: 50 });
    const bedrock = bedrockConverse.usageOf({
      usage: { inputTokens: 5, outputTokens: 0, cacheWriteInputTokens: 10, cacheDetails: [{ ttl: '1h', inputTokens: 99 }, 7] },
    });
    expect(bedrock).toMatchObject({ inputTokens: 15, cacheWriteTokens: 10, longCacheWriteTokens: 10 });
    const chat = openAiChat.usageOf({
      usage: { prompt_tokens: 10, completion_tokens: 0, total_tokens: 10, prompt_tokens_details: { audio_tokens: 99 } },
    });
    expect(costOf(PRICE, chat as Usage)).toBe(10 * 7000);
  });

  it('of a stream keeps the long writes of its first event when the last says no more of them', () => {
    const first = {
      type: 'message_start',
      message: {
        usage: {
          input_tokens: 1,
          cache_creation_input_tokens: 8,
          cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 5 },
          output_tokens: 1,
        },
      },
    };
    const last = { type: 'message_delta', usage: { cache_creation_input_tokens: 8, output_tokens: 9 } };
    const started = anthropicMessages.usageOfEvent({ event: 'message_start', data: JSON.stringify(first) }, undefined);
    expect(anthropicMessages.usageOfEvent({ event: 'message_delta', data: JSON.stringify(last) }, started)).toMatchObject({
      inputTokens: 9,
      cacheWriteTokens: 8,
      longCacheWriteTokens: 5,
      outputTokens: 9,
    });
  });
});
