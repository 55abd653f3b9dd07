// The run's cassette: an answer that was given once is given again, for nothing. Keys are hashes of everything that
// the answer depends on, so a fork that asks the same question of the same model shares the recorded answer.
import { hashOf } from '#foundation';
import type { Cassette, GenerateRequest } from '#foundation';
import type { Step } from '../chain.ts';
import { resultOf } from './answer.ts';
import type { Answer, GenerateCall } from './answer.ts';
import { parseAnswer } from './json-answer.ts';
import { jsonSchemaOf } from './json-schema.ts';

function requestHash(model: string, request: GenerateRequest): string {
  const { messages, schema, tools, temperature, maxOutputTokens, seed, task } = request;
  const form = schema === undefined ? undefined : { name: schema.name, schema: jsonSchemaOf(schema.type) };
  return hashOf({ model, messages, form, tools, temperature, maxOutputTokens, seed, task });
}

export function withCassette(cassette: Cassette, now: () => number): Step<GenerateCall, Answer> {
  return (next) => async (call) => {
    const hash = requestHash(call.target, call.request);
    const recorded = cassette.get(hash)?.result;
    const replayed = recorded === undefined ? undefined : validated(call.request, recorded);
    if (replayed !== undefined) {
      call.tally.fromCassette = true;
      call.tally.inputTokens = replayed.usage.inputTokens;
      call.tally.outputTokens = replayed.usage.outputTokens;
      call.tally.cachedInputTokens = replayed.usage.cachedInputTokens;
      if (replayed.text !== '') await call.emit?.({ kind: 'text-delta', text: replayed.text });
      for (const toolCall of replayed.toolCalls) await call.emit?.({ kind: 'tool-call', call: toolCall });
      return replayed;
    }
    const answer = await next(call);
    cassette.put(hash, { result: resultOf(call, answer), recordedAt: new Date(now()).toISOString() });
    return answer;
  };
}

/** The value is parsed from the text again: what was stored went through JSON and lost what JSON cannot say. */
function validated(request: GenerateRequest, recorded: Answer): Answer | undefined {
  if (request.schema === undefined || recorded.toolCalls.length > 0) return { ...recorded, value: undefined };
  const parsed = parseAnswer(recorded.text, request.schema.type, recorded.finishReason !== 'length');
  return parsed.kind === 'ok' ? { ...recorded, value: parsed.value } : undefined;
}
