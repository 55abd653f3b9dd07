// What went into a response, as the Responses API lists it: items with ids, the latest first unless asked otherwise, a
// page at a time.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { invalid, listOr, textOr } from '../openai/fields.ts';

const USUAL_LIMIT = 20;
const MOST = 100;
const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
};

/** `query`: `order`, `limit` and `after` as in the API; throws `invalid_input` for what is none of its values. */
export function listedInput(responseId: string, input: readonly Json[], query: URLSearchParams): Json {
  const items = input.map((item, index) => listed(item, `${responseId.replace(/^resp_/, '')}_in${index}`));
  const order = query.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalid('order', 'must be asc or desc');
  const limit = Number(query.get('limit') ?? USUAL_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw invalid('limit', `must be a whole number from 1 to ${MOST}`);
  const ordered = order === 'asc' ? items : items.toReversed();
  const after = query.get('after');
  const place = after === null ? -1 : ordered.findIndex((item) => item['id'] === after);
  if (after !== null && place < 0) throw invalid('after', 'names no item of this response');
  const page = ordered.slice(place + 1, place + 1 + limit);
  return {
    object: 'list',
    data: page,
    first_id: page[0]?.['id'] ?? null,
    last_id: page.at(-1)?.['id'] ?? null,
    has_more: place + 1 + limit < ordered.length,
  };
}

/** Clients may leave out an item's id, state and type, and write a message as a bare text; lists have them all. */
function listed(item: Json, suffix: string): Json {
  const type = textOr(item['type'], 'message');
  const whole = { ...item, type, id: textOr(item['id'], '') || `${PREFIXES[type] ?? 'item'}_${suffix}` };
  if (type === 'reasoning') return whole;
  const settled = { status: 'completed', ...whole };
  return type === 'message' ? { ...settled, content: contentOf(item) } : settled;
}

function contentOf({ role, content }: Json): readonly unknown[] {
  if (typeof content === 'string') return [textPart(role, content)];
  return listOr(content).map((part) =>
    isJson(part) && role === 'assistant' ? { annotations: [], logprobs: [], ...part } : part,
  );
}

function textPart(role: unknown, text: string): Json {
  return role === 'assistant' ? { type: 'output_text', text, annotations: [], logprobs: [] } : { type: 'input_text', text };
}
