// A whole chat completion: read as leniently as real servers answer, written as OpenAI's schema wants it.
import { ShoalError } from '#foundation';
import { isJson, NO_USAGE } from '../../exchange.ts';
import type { Json, ModelChoice, ModelResponse, Part } from '../../exchange.ts';
import { readError } from '../openai/errors.ts';
import { isAbsent, listOr, secondsOf, textOr } from '../openai/fields.ts';
import { answerId } from '../openai/ids.ts';
import { decodeFinish, encodeFinish } from './finish-reasons.ts';
import { encodeToolCall } from './messages.ts';
import { decodeThoughts, encodeThoughts } from './reasoning.ts';
import { encodeUsage, usageOf } from './usage.ts';

/** Throws `model_unavailable` for what is no completion: some servers say 200 and put their error inside. */
export function decodeResponse(json: unknown): ModelResponse {
  const body = isJson(json) ? json : {};
  const choices = listOr(body['choices']).filter(isJson);
  if (choices.length === 0 || choices.some((choice) => !isJson(choice['message']))) {
    const said = isAbsent(body['error']) ? 'an answer without choices' : readError(JSON.stringify(body)).message;
    throw new ShoalError('model_unavailable', `The provider did not answer with a completion: ${said}`);
  }
  return {
    id: answerId('chatcmpl-', textOr(body['id'], '')),
    model: textOr(body['model'], ''),
    created: secondsOf(body['created']),
    choices: choices.map(decodeChoice),
    usage: usageOf(body) ?? NO_USAGE,
  };
}

function decodeChoice(choice: Json): ModelChoice {
  const message = choice['message'] as Json;
  const text = contentText(message['content']);
  const refusal = textOr(message['refusal'], '');
  const calls = listOr(message['tool_calls']).filter(isJson).map(decodeToolCall);
  const { logprobs, stop_reason: stopped } = choice;
  return {
    parts: [
      ...decodeThoughts(message),
      ...(text === '' ? [] : [{ kind: 'text', text } as const]),
      ...(refusal === '' ? [] : [{ kind: 'refusal', text: refusal } as const]),
      ...calls,
    ],
    finishReason: decodeFinish(choice['finish_reason'], calls.length > 0),
    ...(isJson(logprobs) ? { logprobs } : {}),
    // vLLM says which sequence it met.
    ...(typeof stopped === 'string' ? { stopped } : {}),
  };
}

/** Some servers answer with parts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOr(content)
    .map((part) => (isJson(part) ? textOr(part['text'], '') : ''))
    .join('');
}

function decodeToolCall(call: Json, index: number): Part {
  const custom = isJson(call['custom']) ? call['custom'] : undefined;
  const called = custom ?? (isJson(call['function']) ? call['function'] : {});
  const written = called['arguments'] ?? called['input'];
  return {
    kind: 'tool-call',
    id: textOr(call['id'], '') || `call-${index}`,
    name: textOr(called['name'], ''),
    // Ollama's older servers give the arguments as an object.
    arguments: isJson(written) ? JSON.stringify(written) : textOr(written, ''),
  };
}

export function encodeResponse(response: ModelResponse, request: { readonly model: string }): Json {
  return {
    id: answerId('chatcmpl-', response.id),
    object: 'chat.completion',
    created: response.created,
    model: response.model || request.model,
    choices: response.choices.map(encodeChoice),
    usage: encodeUsage(response.usage),
  };
}

function encodeChoice({ parts, finishReason, logprobs }: ModelChoice, index: number): Json {
  let text = '';
  let refusal: string | null = null;
  const calls: Json[] = [];
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'refusal') refusal = (refusal ?? '') + part.text;
    else if (part.kind === 'tool-call') calls.push(encodeToolCall(part.id, part.name, part.arguments));
  }
  return {
    index,
    message: {
      role: 'assistant',
      content: text === '' && (calls.length > 0 || refusal !== null) ? null : text,
      refusal,
      ...encodeThoughts(parts),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
    logprobs: logprobs ?? null,
    finish_reason: encodeFinish(finishReason),
  };
}
