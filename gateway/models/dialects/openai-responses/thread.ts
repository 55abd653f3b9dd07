// Conversations by `previous_response_id`. The caller keeps the items of each response it gave; these functions join
// them with the next request, so that any model can go on with any conversation.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { isAbsent, listOr } from '../openai/fields.ts';
import { isCarried, proofOf, unsealed } from '../openai/thoughts.ts';

/**
 * The request with the earlier items before its own, and without its reference to them. As in OpenAI's API, the
 * instructions of the earlier request do not carry over.
 */
export function continueThread(earlier: readonly Json[], request: Json): Json {
  const { previous_response_id: _resolved, ...rest } = request;
  return { ...rest, input: [...earlier, ...inputItems(request['input'])] };
}

/** All items after a response, to be kept under its id; `request` is the one that was already joined. */
export function threadAfter(request: Json, response: Json): readonly Json[] {
  const written = listOr(response['output']).filter(isJson).flatMap(asInput);
  return [...inputItems(request['input']), ...written];
}

/**
 * The request as a server of this API can take it unread: thoughts that came by way of this gateway get back the form
 * in which OpenAI made them, and those of other APIs go. The same object where there are none.
 */
export function withNativeThoughts(request: Json): Json {
  const { input } = request;
  if (!Array.isArray(input) || !input.some((item) => isJson(item) && isCarried(item))) return request;
  const items = input.flatMap((item: unknown) => {
    if (!isJson(item) || !isCarried(item)) return [item];
    const proof = unsealed(proofOf(item, ''));
    return proof === undefined ? [] : [{ ...item, id: proof.id, encrypted_content: proof.sealed }];
  });
  return { ...request, input: items };
}

/** A request's input as items, whichever way it was given. */
function inputItems(input: unknown): readonly Json[] {
  if (isAbsent(input)) return [];
  if (typeof input === 'string') {
    return input === '' ? [] : [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }];
  }
  return listOr(input).filter(isJson);
}

/**
 * An item of an answer as an item of a request. Ids and states go: they would name items that the next provider does
 * not have. A thought keeps its id, which belongs to its sealed content; without that it can be given to nobody.
 */
function asInput(item: Json): readonly Json[] {
  if (item['type'] === 'reasoning') return typeof item['encrypted_content'] === 'string' ? [item] : [];
  const { id: _id, status: _status, ...rest } = item;
  return [rest];
}
