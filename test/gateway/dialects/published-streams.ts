// The answers of published-shapes.ts as each API streams them.
import type { Json } from '../../../gateway/models/exchange.ts';
import type { Tested } from './arbitrary-exchange.ts';

export interface PublishedEvent {
  readonly event?: string;
  readonly json: Json;
}
const named = (json: Json): PublishedEvent => ({ event: String(json['type']), json });

export const STREAMS: Readonly<Record<Tested, readonly PublishedEvent[]>> = {
  'anthropic-messages': [
    named({
      type: 'message_start',
      message: {
        id: 'msg_01',
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-6',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 10, cache_creation_input_tokens: 20, cache_read_input_tokens: 30, output_tokens: 1 },
      },
    }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
    named({ type: 'ping' }),
    named({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Look ' } }),
    named({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'it up.' } }),
    named({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVkMg==' } }),
    named({ type: 'content_block_stop', index: 0 }),
    named({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '', citations: null } }),
    named({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'One moment.' } }),
    named({ type: 'content_block_delta', index: 1, delta: { type: 'citations_delta', citation: { type: 'char_location' } } }),
    named({ type: 'content_block_stop', index: 1 }),
    named({
      type: 'content_block_start',
      index: 2,
      content_block: { type: 'tool_use', id: 'toolu_2', name: 'weather', input: {} },
    }),
    named({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '' } }),
    named({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"city":' } }),
    named({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '"Paris"}' } }),
    named({ type: 'content_block_stop', index: 2 }),
    named({ type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } }),
    named({ type: 'message_stop' }),
  ],
  gemini: [
    {
      json: {
        candidates: [{ content: { role: 'model', parts: [{ text: 'Look it up.', thought: true }] }, index: 0 }],
        usageMetadata: { promptTokenCount: 60, cachedContentTokenCount: 30, totalTokenCount: 60 },
        modelVersion: 'gemini-3-pro-preview',
        responseId: 'resp-1',
      },
    },
    {
      json: {
        candidates: [
          { content: { role: 'model', parts: [{ text: 'One moment.', thoughtSignature: 'c2lnbmVkMg==' }] }, index: 0 },
        ],
        usageMetadata: { promptTokenCount: 60, cachedContentTokenCount: 30, candidatesTokenCount: 5, totalTokenCount: 65 },
        modelVersion: 'gemini-3-pro-preview',
        responseId: 'resp-1',
      },
    },
    {
      json: {
        candidates: [
          {
            content: { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Paris' } } }] },
            finishReason: 'STOP',
            index: 0,
          },
        ],
        usageMetadata: {
          promptTokenCount: 60,
          cachedContentTokenCount: 30,
          candidatesTokenCount: 35,
          thoughtsTokenCount: 5,
          totalTokenCount: 100,
          promptTokensDetails: [{ modality: 'TEXT', tokenCount: 60 }],
        },
        modelVersion: 'gemini-3-pro-preview',
        responseId: 'resp-1',
      },
    },
  ],
  'bedrock-converse': [
    { event: 'messageStart', json: { role: 'assistant', p: 'abcd' } },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Look ' } }, p: 'ab' } },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 0, delta: { reasoningContent: { text: 'it up.' } } } },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'c2lnbmVkMg==' } } } },
    { event: 'contentBlockStop', json: { contentBlockIndex: 0 } },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 1, delta: { text: 'One moment.' } } },
    { event: 'contentBlockStop', json: { contentBlockIndex: 1 } },
    {
      event: 'contentBlockStart',
      json: { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'tooluse_2', name: 'weather' } } },
    },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 2, delta: { toolUse: { input: '{"city":' } } } },
    { event: 'contentBlockDelta', json: { contentBlockIndex: 2, delta: { toolUse: { input: '"Paris"}' } } } },
    { event: 'contentBlockStop', json: { contentBlockIndex: 2 } },
    { event: 'messageStop', json: { stopReason: 'tool_use' } },
    {
      event: 'metadata',
      json: {
        usage: { inputTokens: 10, outputTokens: 40, totalTokens: 100, cacheReadInputTokens: 30, cacheWriteInputTokens: 20 },
        metrics: { latencyMs: 400 },
      },
    },
  ],
};
