// A Converse request as the common form. The API has the model and the wish to stream in its address; where Shoal is
// the server, the door writes them into the body as `model` and `stream`.
import { isJson } from '../../exchange.ts';
import type { AnswerForm, Json, ModelMessage, ModelRequest } from '../../exchange.ts';
import { readThinking } from '../anthropic-messages/thinking.ts';
import {
  booleanOf,
  countOf,
  invalid,
  listOf,
  numberOf,
  objectIn,
  objectOf,
  optional,
  parseJson,
  textIn,
  textOf,
  textsOf,
} from '../reading.ts';
import { userMessages } from '../turns.ts';
import { partsOf } from './blocks-in.ts';
import { readToolConfig } from './tools.ts';

const READ = new Set([
  'model',
  'stream',
  'messages',
  'system',
  'toolConfig',
  'inferenceConfig',
  'outputConfig',
  'additionalModelRequestFields',
]);
/** Claude's own fields among the additional ones. */
const READ_ADDITIONAL = new Set(['top_k', 'thinking', 'output_config']);

export function decodeRequest(json: Json): ModelRequest {
  const rest: Json[] = [];
  const system = optional((value, path) => partsOf(value, path, rest), json['system'], 'system') ?? [];
  const messages = listOf(json['messages'], 'messages').flatMap((item, index) => messagesOf(item, `messages[${index}]`, rest));
  if (messages.length === 0) throw invalid('messages', 'must hold at least one message');
  const { tools, toolChoice, serverTools } = readToolConfig(json['toolConfig']);
  const inference = optional(objectOf, json['inferenceConfig'], 'inferenceConfig') ?? {};
  const additional = optional(objectOf, json['additionalModelRequestFields'], 'additionalModelRequestFields') ?? {};
  const stream = optional(booleanOf, json['stream'], 'stream') ?? false;
  const effort = objectIn(additional, 'output_config')?.['effort'];
  return {
    model: textOf(json['model'], 'model'),
    messages: system.length === 0 ? messages : [{ role: 'system', parts: system }, ...messages],
    tools,
    toolChoice,
    parallelToolCalls: undefined,
    form: readForm(json['outputConfig']),
    maxOutputTokens: optional(countOf, inference['maxTokens'], 'inferenceConfig.maxTokens'),
    temperature: optional(numberOf, inference['temperature'], 'inferenceConfig.temperature'),
    topP: optional(numberOf, inference['topP'], 'inferenceConfig.topP'),
    topK: optional(countOf, additional['top_k'], 'additionalModelRequestFields.top_k'),
    stop: optional(textsOf, inference['stopSequences'], 'inferenceConfig.stopSequences') ?? [],
    seed: undefined,
    presencePenalty: undefined,
    frequencyPenalty: undefined,
    choices: 1,
    logprobs: undefined,
    thinking: readThinking(additional['thinking'], effort),
    stream,
    streamUsage: stream,
    user: undefined,
    extra: extraOf(json, additional, serverTools, rest),
  };
}

function messagesOf(item: unknown, path: string, rest: Json[]): readonly ModelMessage[] {
  const message = objectOf(item, path);
  const parts = partsOf(message['content'], `${path}.content`, rest);
  if (message['role'] === 'user') return userMessages(parts);
  if (message['role'] !== 'assistant') throw invalid(`${path}.role`, 'must be user or assistant');
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}

function readForm(value: unknown): AnswerForm | undefined {
  const path = 'outputConfig.textFormat';
  const format = optional(objectOf, (optional(objectOf, value, 'outputConfig') ?? {})['textFormat'], path);
  if (format === undefined) return undefined;
  const definition = objectIn(objectIn(format, 'structure') ?? {}, 'jsonSchema') ?? {};
  // The schema is JSON text there.
  const schema = parseJson(textOf(definition['schema'], `${path}.structure.jsonSchema.schema`));
  if (!isJson(schema)) throw invalid(`${path}.structure.jsonSchema.schema`, 'must be a JSON object as text');
  const description = textIn(definition, 'description');
  return {
    kind: 'json-schema',
    name: textIn(definition, 'name') ?? 'answer',
    schema,
    strict: true,
    ...(description === undefined ? {} : { description }),
  };
}

function extraOf(json: Json, additional: Json, serverTools: readonly Json[], rest: readonly Json[]): Json {
  const extra: Record<string, unknown> = Object.fromEntries(Object.entries(json).filter(([key]) => !READ.has(key)));
  const unread = Object.fromEntries(Object.entries(additional).filter(([key]) => !READ_ADDITIONAL.has(key)));
  if (Object.keys(unread).length > 0) extra['additionalModelRequestFields'] = unread;
  if (serverTools.length > 0) extra['tools'] = serverTools;
  if (rest.length > 0) extra['content'] = rest;
  return extra;
}
