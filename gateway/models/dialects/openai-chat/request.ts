// POST /chat/completions: the request, read strictly from a caller and written for a server.
import type { AnswerForm, Json, ModelRequest } from '../../exchange.ts';
import type { Peeked } from '../dialect.ts';
import { takesCacheMarks } from '../openai/cache-mark.ts';
import { effortAt, effortOf } from '../openai/effort.ts';
import {
  arrayAt,
  fieldsBeside,
  invalid,
  isAbsent,
  jsonOr,
  nameAt,
  objectAt,
  optionalBoolean,
  optionalInteger,
  optionalNumber,
  optionalString,
  present,
  stringAt,
} from '../openai/fields.ts';
import { isOpenAiModel, isOpenAiReasoningModel } from '../openai/model-names.ts';
import { isServerToolField, ownServerTools } from '../server-tools.ts';
import { decodeMessages, encodeMessages } from './messages.ts';
import { SERVER_TOOLS, decodeToolChoice, decodeTools, encodeTool, encodeToolChoice, isOwnChoice } from './tools.ts';

/** Fields that the common form has a word for. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'logprobs',
  'top_logprobs',
  'reasoning_effort',
  'stream',
  'stream_options',
  'user',
]);

/** Other fields of this API, and of servers that extend it: they are passed on, those of other APIs are not. */
const PASSED_ON: ReadonlySet<string> = new Set(
  [
    'audio function_call functions logit_bias metadata modalities moderation prediction prompt_cache_key',
    'prompt_cache_options prompt_cache_retention safety_identifier service_tier store tool_choice verbosity web_search_options',
    'min_p repetition_penalty chat_template_kwargs enable_thinking provider plugins transforms',
  ].flatMap((names) => names.split(' ')),
);

export function peek(json: unknown): Peeked {
  const body = objectAt(json, 'body');
  return {
    model: nameAt(body['model'], 'model'),
    stream: optionalBoolean(body, 'stream') ?? false,
    maxOutputTokens: optionalInteger(body, 'max_completion_tokens', 1) ?? optionalInteger(body, 'max_tokens', 1),
    choices: optionalInteger(body, 'n', 1) ?? 1,
  };
}

export function decodeRequest(json: Json): ModelRequest {
  const { tools, others } = decodeTools(json['tools']);
  const wantedTool = json['tool_choice'];
  const toolChoice = isAbsent(wantedTool) ? undefined : decodeToolChoice(wantedTool);
  const extra = fieldsBeside(json, KNOWN);
  if (others.length > 0) extra['tools'] = others;
  if (!isAbsent(wantedTool) && toolChoice === undefined) extra['tool_choice'] = wantedTool;
  const effort = json['reasoning_effort'];
  const user = optionalString(json, 'user') ?? optionalString(json, 'safety_identifier');
  if (isAbsent(json['user'])) delete extra['safety_identifier'];
  return {
    ...peek(json),
    messages: decodeMessages(json['messages']),
    tools,
    toolChoice,
    parallelToolCalls: optionalBoolean(json, 'parallel_tool_calls'),
    form: isAbsent(json['response_format']) ? undefined : decodeForm(json['response_format']),
    temperature: optionalNumber(json, 'temperature'),
    topP: optionalNumber(json, 'top_p'),
    topK: optionalInteger(json, 'top_k'),
    stop: decodeStop(json['stop']),
    seed: optionalInteger(json, 'seed'),
    presencePenalty: optionalNumber(json, 'presence_penalty'),
    frequencyPenalty: optionalNumber(json, 'frequency_penalty'),
    logprobs: optionalBoolean(json, 'logprobs') === true ? { top: optionalInteger(json, 'top_logprobs', 0) ?? 0 } : undefined,
    thinking: isAbsent(effort) ? undefined : { effort: effortAt(effort, 'reasoning_effort') },
    streamUsage: optionalBoolean(jsonOr(json['stream_options']), 'include_usage', 'stream_options.') ?? false,
    user,
    extra,
  };
}

function decodeStop(value: unknown): readonly string[] {
  if (isAbsent(value)) return [];
  if (typeof value === 'string') return [value];
  return arrayAt(value, 'stop').map((one, index) => stringAt(one, `stop[${index}]`));
}

function decodeForm(value: unknown): AnswerForm | undefined {
  const format = objectAt(value, 'response_format');
  const type = stringAt(format['type'], 'response_format.type');
  if (type === 'text') return undefined;
  if (type === 'json_object') return { kind: 'json' };
  if (type !== 'json_schema') {
    throw invalid('response_format.type', `has the value "${type}"`, 'Use text, json_object or json_schema.');
  }
  const path = 'response_format.json_schema';
  const described = objectAt(format['json_schema'], path);
  return {
    kind: 'json-schema',
    name: nameAt(described['name'], `${path}.name`),
    schema: isAbsent(described['schema']) ? {} : objectAt(described['schema'], `${path}.schema`),
    strict: optionalBoolean(described, 'strict', `${path}.`) ?? false,
    ...present({ description: optionalString(described, 'description', `${path}.`) }),
  };
}

export function encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] } {
  const dropped = new Set<string>();
  const drop = (what: string): void => void dropped.add(what);
  /** The value where this model takes it. */
  const unless = <T>(refused: boolean, name: string, value: T | undefined): T | undefined => {
    if (value === undefined || !refused) return value;
    drop(name);
    return undefined;
  };
  const { model, maxOutputTokens } = request;
  const openAi = isOpenAiModel(model);
  const reasoning = isOpenAiReasoningModel(model);
  const effort = effortOf(request.thinking);
  // Reasoning models take sampling fields only while they do not reason.
  const fixed = reasoning && effort !== 'none';
  const marks = takesCacheMarks(model);
  const tools = [...request.tools.map((tool) => encodeTool(tool, marks)), ...ownServerTools(request, SERVER_TOOLS, drop)];
  if (!marks && request.tools.some((tool) => tool.cache !== undefined)) drop('cache');
  const logprobs = unless(fixed, 'logprobs', request.logprobs);
  const json = present({
    model,
    messages: encodeMessages(request.messages, { thoughts: !openAi, marks, drop }),
    [reasoning ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: tools.length === 0 || request.toolChoice === undefined ? undefined : encodeToolChoice(request.toolChoice),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelToolCalls,
    response_format: request.form === undefined ? undefined : encodeForm(request.form),
    temperature: unless(fixed, 'temperature', request.temperature),
    top_p: unless(fixed, 'topP', request.topP),
    top_k: unless(openAi, 'topK', request.topK),
    stop: request.stop.length === 0 ? undefined : unless(fixed, 'stop', request.stop),
    seed: request.seed,
    presence_penalty: unless(fixed, 'presencePenalty', request.presencePenalty),
    frequency_penalty: unless(fixed, 'frequencyPenalty', request.frequencyPenalty),
    n: request.choices === 1 ? undefined : request.choices,
    logprobs: logprobs === undefined ? undefined : true,
    top_logprobs: logprobs === undefined || logprobs.top === 0 ? undefined : logprobs.top,
    reasoning_effort: unless(openAi && !reasoning, 'thinking', effort),
    user: request.user,
    // The gateway settles by the usage, whoever else wants to see it.
    ...(request.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  for (const [name, value] of Object.entries(request.extra)) {
    if (name === 'tools' || name in json) continue;
    if (PASSED_ON.has(name) && !(name === 'tool_choice' && !isOwnChoice(value))) json[name] = value;
    else if (!isServerToolField(name)) drop(name);
  }
  return { json, dropped: [...dropped] };
}

function encodeForm(form: AnswerForm): Json {
  if (form.kind === 'json') return { type: 'json_object' };
  const { name, schema, strict, description } = form;
  // Names of other APIs may hold more than letters, digits, `_` and `-`.
  const plain = name.replaceAll(/[^\w-]/g, '_').slice(0, 64);
  return { type: 'json_schema', json_schema: present({ name: plain, description, schema, strict }) };
}
