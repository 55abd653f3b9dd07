// A conversation as the Responses API's list of items, between its form and the common one. There a turn of the model
// is several items (thought, message, calls); here it is one message.
import type { Json, ModelMessage, Part } from '../../exchange.ts';
import { arrayAt, invalid, isAbsent, nameAt, objectAt, optionalString, stringAt } from '../openai/fields.ts';
import { thoughtOf, unsealed } from '../openai/thoughts.ts';
import { decodeContent, encodeContent } from './content-parts.ts';

type Drop = (what: string) => void;

export function decodeInput(input: unknown): readonly ModelMessage[] {
  if (isAbsent(input)) return [];
  if (typeof input === 'string') return [{ role: 'user', parts: [{ kind: 'text', text: input }] }];
  const messages: ModelMessage[] = [];
  let turn: Part[] = [];
  const endTurn = (): void => {
    if (turn.length > 0) messages.push({ role: 'assistant', parts: turn });
    turn = [];
  };
  for (const [index, value] of arrayAt(input, 'input').entries()) {
    const field = `input[${index}]`;
    const item = objectAt(value, field);
    const ofModel = decodeTurnItem(item, field);
    if (ofModel !== undefined) {
      turn.push(...ofModel);
      continue;
    }
    endTurn();
    messages.push(decodeOtherItem(item, field));
  }
  endTurn();
  return messages;
}

/** Undefined for an item that is not the model's. */
function decodeTurnItem(item: Json, field: string): readonly Part[] | undefined {
  switch (item['type']) {
    case 'reasoning': {
      const thought = thoughtOf(item);
      return thought === undefined ? [] : [thought];
    }
    case 'function_call':
    case 'custom_tool_call': {
      const written = item['type'] === 'function_call' ? 'arguments' : 'input';
      const id = nameAt(item['call_id'], `${field}.call_id`);
      const name = nameAt(item['name'], `${field}.name`);
      return [{ kind: 'tool-call', id, name, arguments: stringAt(item[written], `${field}.${written}`) }];
    }
    case undefined:
    case 'message':
      return item['role'] === 'assistant' ? decodeContent(item['content'], `${field}.content`) : undefined;
    default:
      return undefined;
  }
}

function decodeOtherItem(item: Json, field: string): ModelMessage {
  const type = optionalString(item, 'type', `${field}.`) ?? 'message';
  if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    const toolCallId = nameAt(item['call_id'], `${field}.call_id`);
    const content = decodeContent(item['output'], `${field}.output`);
    return { role: 'tool', parts: [{ kind: 'tool-result', toolCallId, content }] };
  }
  if (type !== 'message') {
    const hint = 'Use message, function_call, function_call_output or reasoning.';
    throw invalid(`${field}.type`, `has the value "${type}", which cannot be given to this model`, hint);
  }
  const role = stringAt(item['role'], `${field}.role`);
  const parts = decodeContent(item['content'], `${field}.content`);
  if (role === 'system' || role === 'developer') return { role: 'system', parts };
  if (role !== 'user') throw invalid(`${field}.role`, `has the value "${role}"`, 'Use user, assistant, system or developer.');
  return { role, parts };
}

/** The text of a first system message, which this API keeps apart from the conversation. */
export function instructionsOf(messages: readonly ModelMessage[]): string | undefined {
  const [first] = messages;
  const [part] = first?.parts ?? [];
  return first?.role === 'system' && first.parts.length === 1 && part?.kind === 'text' ? part.text : undefined;
}

export function encodeInput(messages: readonly ModelMessage[], drop: Drop): readonly Json[] {
  return messages.flatMap((message) => {
    if (message.name !== undefined) drop('name');
    return message.role === 'assistant' ? encodeTurn(message.parts, drop) : encodeOther(message, drop);
  });
}

function encodeOther({ role, parts }: ModelMessage, drop: Drop): readonly Json[] {
  const items: Json[] = [];
  for (const part of parts) {
    if (part.kind !== 'tool-result') continue;
    if (part.isError === true) drop('isError');
    if (part.cache !== undefined) drop('cache');
    items.push({
      type: 'function_call_output',
      call_id: part.toolCallId,
      output: encodeContent(part.content, 'input_text', drop),
    });
  }
  if (role === 'tool') return items;
  const others = items.length === 0 ? parts : parts.filter((part) => part.kind !== 'tool-result');
  if (others.length === 0 && items.length > 0) return items;
  return [...items, { type: 'message', role, content: encodeContent(others, 'input_text', drop) }];
}

/** A turn in the order in which it was written; texts that stand together are one message. */
function encodeTurn(parts: readonly Part[], drop: Drop): readonly Json[] {
  const items: Json[] = [];
  let spoken: Part[] = [];
  const endMessage = (): void => {
    const content = encodeContent(spoken, 'output_text', drop);
    if (spoken.length > 0 && content !== '') items.push({ type: 'message', role: 'assistant', content });
    spoken = [];
  };
  for (const part of parts) {
    if (part.kind === 'tool-call') {
      endMessage();
      if (part.cache !== undefined) drop('cache');
      items.push({ type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments || '{}' });
    } else if (part.kind === 'thinking') {
      endMessage();
      // A thought that OpenAI did not seal means nothing to it.
      const proof = unsealed(part);
      if (proof === undefined) drop('thinking');
      else items.push(sealedItem(proof, part.text));
    } else spoken.push(part);
  }
  endMessage();
  return items;
}

function sealedItem({ id, sealed }: { readonly id: string; readonly sealed: string }, text: string): Json {
  const summary = text === '' ? [] : [{ type: 'summary_text', text }];
  return { type: 'reasoning', id, summary, encrypted_content: sealed };
}
