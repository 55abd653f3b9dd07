// A Messages request as the common form. Fields that it has no word for stay in `extra` under their own names.
import type { AnswerForm, Json, ModelMessage, ModelRequest } from '../../exchange.ts';
import { booleanOf, countOf, invalid, listOf, numberOf, objectOf, optional, textOf, textsOf } from '../reading.ts';
import { userMessages } from '../turns.ts';
import { partsOf } from './blocks-in.ts';
import { readThinking } from './thinking.ts';
import { readToolChoice, readTools } from './tools.ts';

const READ = new Set([
  'model',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'stop_sequences',
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'metadata',
  'stream',
]);

export function decodeRequest(json: Json): ModelRequest {
  const rest: Json[] = [];
  const system = optional((value, path) => partsOf(value, path, rest), json['system'], 'system') ?? [];
  const messages = listOf(json['messages'], 'messages').flatMap((item, index) => messagesOf(item, `messages[${index}]`, rest));
  if (messages.length === 0) throw invalid('messages', 'must hold at least one message');
  const { tools, serverTools } = readTools(json['tools']);
  const output = optional(objectOf, json['output_config'], 'output_config') ?? {};
  const metadata = optional(objectOf, json['metadata'], 'metadata') ?? {};
  const stream = optional(booleanOf, json['stream'], 'stream') ?? false;
  return {
    model: textOf(json['model'], 'model'),
    messages: system.length === 0 ? messages : [{ role: 'system', parts: system }, ...messages],
    tools,
    ...readToolChoice(json['tool_choice']),
    form: readForm(output['format'] ?? json['output_format']),
    maxOutputTokens: optional(countOf, json['max_tokens'], 'max_tokens'),
    temperature: optional(numberOf, json['temperature'], 'temperature'),
    topP: optional(numberOf, json['top_p'], 'top_p'),
    topK: optional(countOf, json['top_k'], 'top_k'),
    stop: optional(textsOf, json['stop_sequences'], 'stop_sequences') ?? [],
    seed: undefined,
    presencePenalty: undefined,
    frequencyPenalty: undefined,
    choices: 1,
    logprobs: undefined,
    thinking: readThinking(json['thinking'], output['effort']),
    stream,
    streamUsage: stream,
    user: optional(textOf, metadata['user_id'], 'metadata.user_id'),
    extra: extraOf(json, output, serverTools, rest),
  };
}

function messagesOf(item: unknown, path: string, rest: Json[]): readonly ModelMessage[] {
  const message = objectOf(item, path);
  const parts = partsOf(message['content'], `${path}.content`, rest);
  switch (message['role']) {
    case 'user':
      return userMessages(parts);
    case 'assistant':
      return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
    case 'system':
      return parts.length === 0 ? [] : [{ role: 'system', parts }];
    default:
      throw invalid(`${path}.role`, 'must be user, assistant or system');
  }
}

function readForm(value: unknown): AnswerForm | undefined {
  const format = optional(objectOf, value, 'output_config.format');
  if (format === undefined) return undefined;
  if (format['type'] !== 'json_schema') throw invalid('output_config.format.type', 'must be json_schema');
  // The API has no name for a form; other APIs want one.
  return { kind: 'json-schema', name: 'answer', schema: objectOf(format['schema'], 'output_config.format.schema'), strict: true };
}

function extraOf(json: Json, output: Json, serverTools: readonly Json[], rest: readonly Json[]): Json {
  const extra: Record<string, unknown> = Object.fromEntries(Object.entries(json).filter(([key]) => !READ.has(key)));
  const { format: _format, effort, ...outputRest } = output;
  const unnamed = effort === 'max' ? { ...outputRest, effort } : outputRest;
  if (Object.keys(unnamed).length > 0) extra['output_config'] = unnamed;
  if (serverTools.length > 0) extra['tools'] = serverTools;
  if (rest.length > 0) extra['content'] = rest;
  return extra;
}
