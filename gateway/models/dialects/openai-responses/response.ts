// A whole response: read leniently from servers, written as OpenAI's schema wants it.
import { ShoalError } from '#foundation';
import { isJson, NO_USAGE } from '../../exchange.ts';
import type { FinishReason, Json, ModelChoice, ModelResponse, Part } from '../../exchange.ts';
import { readError } from '../openai/errors.ts';
import { isAbsent, listOr, secondsOf, textOr } from '../openai/fields.ts';
import { answerId } from '../openai/ids.ts';
import { thoughtOf } from '../openai/thoughts.ts';
import { callItem, chatLogprobs, itemId, logprobsOf, messageItem, reasoningItem, refusalPart, textPart } from './output-items.ts';
import type { ItemStatus } from './output-items.ts';
import { incompleteReason, responseIdOf, responseObject } from './response-object.ts';
import type { Asked } from './response-object.ts';
import { usageOf } from './usage.ts';

/** Throws `model_unavailable` for what is no response, and for one that says that it failed. */
export function decodeResponse(json: unknown): ModelResponse {
  const body = isJson(json) ? json : {};
  if (!Array.isArray(body['output']) || body['status'] === 'failed') {
    const said = isAbsent(body['error']) ? 'an answer without output' : readError(JSON.stringify(body)).message;
    throw new ShoalError('model_unavailable', `The provider did not answer with a response: ${said}`);
  }
  const items = body['output'].filter(isJson);
  const parts = items.flatMap(decodeItem);
  const proven = items.flatMap((item) => listOr(item['content']).filter(isJson)).flatMap((part) => listOr(part['logprobs']));
  const logprobs = chatLogprobs(proven);
  const calledTools = parts.some((part) => part.kind === 'tool-call');
  return {
    id: answerId('resp_', textOr(body['id'], '')),
    model: textOr(body['model'], ''),
    created: secondsOf(body['created_at']),
    choices: [{ parts, finishReason: finishOf(body, calledTools), ...(logprobs === undefined ? {} : { logprobs }) }],
    usage: usageOf(body) ?? NO_USAGE,
  };
}

function decodeItem(item: Json): readonly Part[] {
  switch (item['type']) {
    case 'message':
      return listOr(item['content']).filter(isJson).flatMap(decodePart);
    case 'function_call':
    case 'custom_tool_call': {
      const id = textOr(item['call_id'], '') || textOr(item['id'], '');
      const written = textOr(item['arguments'], textOr(item['input'], ''));
      return [{ kind: 'tool-call', id, name: textOr(item['name'], ''), arguments: written }];
    }
    case 'reasoning': {
      const thought = thoughtOf(item);
      return thought === undefined ? [] : [thought];
    }
    // Work of OpenAI's hosted tools: what came of it stands in the message.
    default:
      return [];
  }
}

function decodePart(part: Json): readonly Part[] {
  const refusal = textOr(part['refusal'], '');
  if (refusal !== '') return [{ kind: 'refusal', text: refusal }];
  const text = textOr(part['text'], '');
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** Why a response ended. */
export function finishOf(response: Json, calledTools: boolean): FinishReason {
  if (response['status'] === 'incomplete') {
    const details = response['incomplete_details'];
    const reason = isJson(details) ? details['reason'] : undefined;
    if (reason === 'content_filter') return 'content-filter';
    return reason === 'max_output_tokens' ? 'length' : 'other';
  }
  if (calledTools) return 'tool-calls';
  return isAbsent(response['status']) || response['status'] === 'completed' ? 'stop' : 'other';
}

export function encodeResponse(response: ModelResponse, asked: Asked): Json {
  const id = responseIdOf(response.id);
  const choice: ModelChoice = response.choices[0] ?? { parts: [], finishReason: 'other' };
  const incomplete = incompleteReason(choice.finishReason);
  const status = incomplete === undefined ? 'completed' : 'incomplete';
  const { model, created, usage } = response;
  return responseObject({ id, model, created, status, output: outputItems(id, choice, status), usage, incomplete }, asked);
}

/** Texts and refusals that stand together are one message; all else is an item of its own. */
function outputItems(responseId: string, { parts, logprobs }: ModelChoice, status: ItemStatus): readonly Json[] {
  const items: Json[] = [];
  let spoken: Json[] = [];
  let unproven = logprobsOf(logprobs);
  const endMessage = (): void => {
    if (spoken.length > 0) items.push(messageItem(itemId('msg', responseId, items.length), spoken, status));
    spoken = [];
  };
  for (const part of parts) {
    if (part.kind === 'text') {
      // They cannot be told apart by part: the first text has them all.
      spoken.push(textPart(part.text, unproven));
      unproven = [];
    } else if (part.kind === 'refusal') spoken.push(refusalPart(part.text));
    else if (part.kind === 'tool-call') {
      endMessage();
      items.push(callItem(itemId('fc', responseId, items.length), part.id, part.name, part.arguments || '{}', status));
    } else if (part.kind === 'thinking') {
      endMessage();
      items.push(reasoningItem(itemId('rs', responseId, items.length), part.text, part));
    }
  }
  endMessage();
  return items;
}
