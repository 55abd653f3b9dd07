// Usage and end read off an answer's bytes: the same as parsing says, or no word at all.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { finishReasonOf } from '../../../gateway/models/transport/finish-reason.ts';
import { glance } from '../../../gateway/models/transport/glance.ts';

const chat = (content: string, indent?: number): string =>
  JSON.stringify(
    {
      id: 'c',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'length' }],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } },
      later: { field: [1, '}'] },
    },
    undefined,
    indent,
  );

describe('a glance at an answer', () => {
  it('says what parsing says, whatever the answer is about', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, 2), (text, indent) => {
        const raw = Buffer.from(chat(`${text} "usage": {"prompt_tokens": 1} "finish_reason": "stop" }{`, indent));
        const json = JSON.parse(raw.toString()) as Record<string, unknown>;
        expect(glance(openAiChat, raw)).toEqual({ usage: openAiChat.usageOf(json), finishReason: finishReasonOf(json) });
      }),
    );
  });

  it('reads Anthropic’s answers too', () => {
    const json = {
      type: 'message',
      content: [{ type: 'text', text: 'a' }],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 4, cache_read_input_tokens: 3, cache_creation: { ephemeral_5m_input_tokens: 0 }, output_tokens: 9 },
    };
    expect(glance(anthropicMessages, Buffer.from(JSON.stringify(json)))).toEqual({
      usage: anthropicMessages.usageOf(json),
      finishReason: 'length',
    });
  });

  it('does not take a field of a tool’s input for the end', () => {
    const json = {
      content: [{ type: 'tool_use', id: 't', name: 'log', input: { stop_reason: 'end_turn' } }],
      stop_reason: 'tool_use',
      usage: { input_tokens: 4, output_tokens: 9 },
    };
    expect(glance(anthropicMessages, Buffer.from(JSON.stringify(json)))).toBeUndefined();
  });

  it.each([
    ['no usage', '{"choices":[{"finish_reason":"stop"}]}'],
    [
      'two places that say usage',
      '{"usage":{"prompt_tokens":1,"completion_tokens":1},"x":{"usage":{}},"choices":[{"finish_reason":"stop"}]}',
    ],
    ['a value that says usage', '{"x":"usage","choices":[{"finish_reason":"stop"}]}'],
    ['an end that nobody has told', '{"choices":[{"finish_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":1}}'],
    ['usage that is cut off', '{"choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":1'],
    ['an error', '{"error":{"message":"no"}}'],
    ['no JSON', 'usage: {"usage":{"prompt_tokens":1,"completion_tokens":1}}'],
  ])('leaves %s to the parser', (_what, text) => {
    expect(glance(openAiChat, Buffer.from(text))).toBeUndefined();
  });
});
