// What the model wrote, as items of a response. Item ids are made of the response's id and the item's place, so they
// are the same in every event of a stream.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { listOr, textOr } from '../openai/fields.ts';
import { carriedProof } from '../openai/thoughts.ts';
import type { Proof } from '../openai/thoughts.ts';

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export function itemId(prefix: 'msg' | 'fc' | 'rs', responseId: string, place: number): string {
  return `${prefix}_${responseId.slice('resp_'.length)}_${place}`;
}

export function messageItem(id: string, content: readonly Json[], status: ItemStatus): Json {
  return { id, type: 'message', status, role: 'assistant', content };
}

export function textPart(text: string, logprobs: readonly Json[] = []): Json {
  return { type: 'output_text', text, annotations: [], logprobs };
}

export function refusalPart(refusal: string): Json {
  return { type: 'refusal', refusal };
}

export function callItem(id: string, callId: string, name: string, text: string, status: ItemStatus): Json {
  return { id, type: 'function_call', status, call_id: callId, name, arguments: text };
}

export function reasoningItem(id: string, text: string, proof: Proof): Json {
  const carried = carriedProof(proof);
  return {
    id,
    type: 'reasoning',
    summary: text === '' ? [] : [{ type: 'summary_text', text }],
    ...(carried === undefined ? {} : { encrypted_content: carried }),
  };
}

/** Log-probabilities as this API writes them, from chat completions' `{content: […]}`. */
export function logprobsOf(logprobs: unknown): readonly Json[] {
  return listOr(isJson(logprobs) ? logprobs['content'] : undefined)
    .filter(isJson)
    .map((one) => ({ ...tokenOf(one), top_logprobs: listOr(one['top_logprobs']).filter(isJson).map(tokenOf) }));
}

function tokenOf(one: Json): Json {
  return { token: textOr(one['token'], ''), bytes: listOr(one['bytes']), logprob: one['logprob'] };
}

/** And back. */
export function chatLogprobs(list: unknown): Json | undefined {
  const content = listOr(list);
  return content.length === 0 ? undefined : { content, refusal: null };
}
