import { describe, expect, it } from 'vitest';
import { problemsUnder } from './published-schema.ts';

/** Every copy of a JSON value that lacks one field, at any depth. */
function lackingOne(value: unknown): readonly { readonly field: string; readonly without: unknown }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      lackingOne(item).map(({ field, without }) => ({ field: `${index}.${field}`, without: value.toSpliced(index, 1, without) })),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const { [key]: _gone, ...rest } = value as Record<string, unknown>;
    const deeper = lackingOne(inner).map(({ field, without }) => ({
      field: `${key}.${field}`,
      without: { ...value, [key]: without },
    }));
    return [{ field: key, without: rest }, ...deeper];
  });
}

describe('the published schema', () => {
  it('misses each required field of a chat completion, and no other', () => {
    const completion = {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'gpt-4o',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          logprobs: null,
          message: {
            role: 'assistant',
            content: 'Hi',
            refusal: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'go', arguments: '{}' } }],
          },
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    };
    expect(problemsUnder('chat', 'ChatCompletion', completion)).toEqual([]);
    const needless = lackingOne(completion).filter(
      ({ without }) => problemsUnder('chat', 'ChatCompletion', without).length === 0,
    );
    expect(needless.map(({ field }) => field)).toEqual(['choices.0.message.tool_calls', 'usage']);
  });

  it('misses each required field of a responses event', () => {
    const event = {
      type: 'response.output_text.delta',
      sequence_number: 4,
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: 'Hi',
      logprobs: [],
    };
    expect(problemsUnder('responses', 'ResponseStreamEvent', event)).toEqual([]);
    expect(
      lackingOne(event).filter(({ without }) => problemsUnder('responses', 'ResponseStreamEvent', without).length === 0),
    ).toEqual([]);
    expect(problemsUnder('responses', 'ResponseStreamEvent', { ...event, delta: 1 })).not.toEqual([]);
    expect(problemsUnder('chat', 'ChatCompletionChunk', { ...event, object: 'chat.completion' })).not.toEqual([]);
  });
});
