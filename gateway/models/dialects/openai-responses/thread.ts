// Conversations by `previous_response_id`. The caller keeps each response that it gave with its input; these functions
// join them with the next request, so that any model can go on with any conversation.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { isAbsent, listOr, parsedJson, textOr } from '../openai/fields.ts';
import { isCarried, proofOf, unsealed } from '../openai/thoughts.ts';

/** One answer, with all that its model was given. */
export interface Turn {
  readonly input: readonly Json[];
  readonly response: Json;
}

/**
 * The request with the earlier turn's items before its own, and without its reference to it. As in OpenAI's API, the
 * instructions of the earlier request do not carry over.
 */
export function continueThread({ input, response }: Turn, request: Json): Json {
  const { previous_response_id: _resolved, ...rest } = request;
  const written = listOr(response['output']).filter(isJson).flatMap(asInput);
  return { ...rest, input: [...input, ...written, ...inputItems(request['input'])] };
}

/** The response at the end of a stream, complete or not; undefined for any other event. */
export function finalResponseIn({ data }: WireEvent): Json | undefined {
  if (!/"response\.(completed|incomplete)"/.test(data)) return undefined;
  const event = parsedJson(data);
  const isFinal = isJson(event) && (event['type'] === 'response.completed' || event['type'] === 'response.incomplete');
  return isFinal && isJson(event['response']) ? event['response'] : undefined;
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
export function inputItems(input: unknown): readonly Json[] {
  if (isAbsent(input)) return [];
  if (typeof input === 'string') {
    return input === '' ? [] : [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }];
  }
  return listOr(input).filter(isJson);
}

/** Work of OpenAI's own tools: what came of it stands in the message, and no other API could be shown it. */
const HOSTED_WORK = /^(web_search|file_search|code_interpreter|image_generation|mcp|mcp_list_tools)(_call)?$/;

/**
 * An item of an answer as an item of a request. Ids and states go: they would name items that the next provider does
 * not have. A thought keeps its id, which belongs to its sealed content; without that it can be given to nobody.
 */
function asInput(item: Json): readonly Json[] {
  if (HOSTED_WORK.test(textOr(item['type'], ''))) return [];
  if (item['type'] === 'reasoning') return typeof item['encrypted_content'] === 'string' ? [item] : [];
  const { id: _id, status: _status, ...rest } = item;
  return [rest];
}
