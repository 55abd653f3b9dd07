// Messages of a conversation, between chat completions' form and the common one.
import type { Json, ModelMessage, Part } from '../../exchange.ts';
import { arrayAt, invalid, isAbsent, nameAt, objectAt, optionalString, present, stringAt } from '../openai/fields.ts';
import { decodeContent, encodeContent } from './content-parts.ts';
import type { ContentOptions } from './content-parts.ts';
import { decodeThoughts, encodeThoughts, forServer } from './reasoning.ts';

export function decodeMessages(value: unknown): readonly ModelMessage[] {
  return arrayAt(value, 'messages').map((message, index) => decodeMessage(message, `messages[${index}]`));
}

function decodeMessage(value: unknown, field: string): ModelMessage {
  const message = objectAt(value, field);
  const role = stringAt(message['role'], `${field}.role`);
  const named = present({ name: optionalString(message, 'name', `${field}.`) });
  const content = decodeContent(message['content'], `${field}.content`);
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: content, ...named };
    case 'user':
      if (isAbsent(message['content'])) throw invalid(`${field}.content`, 'is missing');
      return { role: 'user', parts: content, ...named };
    case 'assistant':
      return { role: 'assistant', parts: assistantParts(message, content, field), ...named };
    case 'tool': {
      const toolCallId = nameAt(message['tool_call_id'], `${field}.tool_call_id`);
      return { role: 'tool', parts: [{ kind: 'tool-result', toolCallId, content }], ...named };
    }
    default:
      throw invalid(`${field}.role`, `has the value "${role}"`, 'Use system, developer, user, assistant or tool.');
  }
}

function assistantParts(message: Json, content: readonly Part[], field: string): readonly Part[] {
  const refusal = optionalString(message, 'refusal', `${field}.`);
  const calls = isAbsent(message['tool_calls']) ? [] : arrayAt(message['tool_calls'], `${field}.tool_calls`);
  return [
    ...decodeThoughts(message),
    ...content,
    ...(refusal === undefined || refusal === '' ? [] : [{ kind: 'refusal', text: refusal } as const]),
    ...calls.map((call, index) => decodeToolCall(call, `${field}.tool_calls[${index}]`)),
  ];
}

function decodeToolCall(value: unknown, field: string): Part {
  const call = objectAt(value, field);
  const id = nameAt(call['id'], `${field}.id`);
  if (call['type'] === 'custom') {
    const custom = objectAt(call['custom'], `${field}.custom`);
    const name = nameAt(custom['name'], `${field}.custom.name`);
    return { kind: 'tool-call', id, name, arguments: stringAt(custom['input'], `${field}.custom.input`) };
  }
  const called = objectAt(call['function'], `${field}.function`);
  const name = nameAt(called['name'], `${field}.function.name`);
  return { kind: 'tool-call', id, name, arguments: optionalString(called, 'arguments', `${field}.function.`) ?? '' };
}

export interface WritingOptions extends ContentOptions {
  /** Whether thoughts of earlier turns are sent along; OpenAI's own API refuses the field. */
  readonly thoughts: boolean;
}

export function encodeMessages(messages: readonly ModelMessage[], options: WritingOptions): readonly Json[] {
  const written: Json[] = [];
  let media: Part[] = [];
  // Results of tools may hold texts only. Their images follow as a user's message, after the last result in a row,
  // since nothing may stand between a call and its results.
  const flush = (): void => {
    if (media.length > 0) written.push({ role: 'user', content: encodeContent(media, options) });
    media = [];
  };
  for (const message of messages) {
    const results = message.parts.filter((part) => part.kind === 'tool-result');
    for (const result of results) {
      if (result.isError === true) options.drop('isError');
      media.push(...result.content.filter((part) => part.kind !== 'text'));
      const texts = result.content.filter((part) => part.kind === 'text');
      const last = texts.at(-1);
      if (result.cache !== undefined && last === undefined) options.drop('cache');
      else if (result.cache !== undefined && last !== undefined) texts.splice(-1, 1, { ...last, cache: result.cache });
      written.push({ role: 'tool', tool_call_id: result.toolCallId, content: encodeContent(texts, options) });
    }
    if (message.role === 'tool' || (results.length > 0 && results.length === message.parts.length)) continue;
    flush();
    const parts = results.length === 0 ? message.parts : message.parts.filter((part) => part.kind !== 'tool-result');
    written.push(encodeMessage({ ...message, parts }, options));
  }
  flush();
  return written;
}

function encodeMessage(message: ModelMessage, options: WritingOptions): Json {
  const { role, parts } = message;
  const { thoughts, marks, drop } = options;
  const named = present({ name: message.name });
  if (role !== 'assistant') return { role, content: encodeContent(parts, options), ...named };
  const calls: Json[] = [];
  let text = '';
  let refusal = '';
  for (const part of parts) {
    if ('cache' in part && part.cache !== undefined && !(marks && part.kind === 'text')) drop('cache');
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'refusal') refusal += part.text;
    else if (part.kind === 'tool-call') calls.push(encodeToolCall(part.id, part.name, part.arguments));
    else if (part.kind !== 'thinking' || !thoughts) drop(part.kind);
  }
  const marked = marks && parts.some((part) => part.kind === 'text' && part.cache !== undefined);
  const content = marked ? encodeContent(parts.filter(isText), options) : text;
  return {
    role,
    content: text === '' && (calls.length > 0 || refusal !== '') ? null : content,
    ...(thoughts ? encodeThoughts(parts.map(forServer)) : {}),
    ...(refusal === '' ? {} : { refusal }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...named,
  };
}

const isText = (part: Part): boolean => part.kind === 'text';

/** No arguments at all are an empty object: servers parse what stands here. */
export function encodeToolCall(id: string, name: string, text: string): Json {
  return { id, type: 'function', function: { name, arguments: text === '' ? '{}' : text } };
}
