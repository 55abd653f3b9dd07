// POST /responses: the request, read strictly from a caller and written for a server.
import type { AnswerForm, Json, ModelRequest } from '../../exchange.ts';
import type { Peeked } from '../dialect.ts';
import { effortAt, effortOf } from '../openai/effort.ts';
import {
  arrayAt,
  fieldsBeside,
  invalid,
  isAbsent,
  listOr,
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
import { decodeInput, encodeInput, instructionsOf } from './input-items.ts';
import { SERVER_TOOLS, decodeToolChoice, decodeTools, encodeTool, encodeToolChoice, isOwnChoice } from './tools.ts';

/** Fields that the common form has a word for. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    'model input instructions tools tool_choice parallel_tool_calls text reasoning max_output_tokens temperature top_p',
    'include top_logprobs stream stream_options user',
  ].flatMap((names) => names.split(' ')),
);

/** Other fields of this API: they are passed on, those of other APIs are not. */
const PASSED_ON: ReadonlySet<string> = new Set(
  [
    'access_programs background context_management conversation image max_tool_calls metadata moderation',
    'previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier',
    'service_tier store tool_choice truncation',
  ].flatMap((names) => names.split(' ')),
);

const LOGPROBS = 'message.output_text.logprobs';
const SEALED_THOUGHTS = 'reasoning.encrypted_content';

export function peek(json: unknown): Peeked {
  const body = objectAt(json, 'body');
  return {
    model: nameAt(body['model'], 'model'),
    stream: optionalBoolean(body, 'stream') ?? false,
    maxOutputTokens: optionalInteger(body, 'max_output_tokens', 1),
    choices: 1,
  };
}

export function decodeRequest(json: Json): ModelRequest {
  const { tools, others } = decodeTools(json['tools']);
  const wantedTool = json['tool_choice'];
  const toolChoice = isAbsent(wantedTool) ? undefined : decodeToolChoice(wantedTool);
  const instructions = optionalString(json, 'instructions');
  const text = isAbsent(json['text']) ? {} : objectAt(json['text'], 'text');
  const reasoning = isAbsent(json['reasoning']) ? {} : objectAt(json['reasoning'], 'reasoning');
  const include = isAbsent(json['include']) ? [] : arrayAt(json['include'], 'include');
  const top = optionalInteger(json, 'top_logprobs', 0);
  const { effort, ...otherReasoning } = reasoning;
  const otherIncludes = include.filter((one) => one !== LOGPROBS);
  const user = optionalString(json, 'user') ?? optionalString(json, 'safety_identifier');
  const extra = fieldsBeside(json, KNOWN);
  if (isAbsent(json['user'])) delete extra['safety_identifier'];
  Object.assign(
    extra,
    others.length === 0 ? {} : { tools: others },
    isAbsent(wantedTool) || toolChoice !== undefined ? {} : { tool_choice: wantedTool },
    isAbsent(text['verbosity']) ? {} : { verbosity: text['verbosity'] },
    Object.keys(otherReasoning).length === 0 ? {} : { reasoning: otherReasoning },
    otherIncludes.length === 0 ? {} : { include: otherIncludes },
  );
  return {
    ...peek(json),
    messages: [
      ...(instructions === undefined || instructions === '' ? [] : [systemMessage(instructions)]),
      ...decodeInput(json['input']),
    ],
    tools,
    toolChoice,
    parallelToolCalls: optionalBoolean(json, 'parallel_tool_calls'),
    form: isAbsent(text['format']) ? undefined : decodeForm(text['format']),
    temperature: optionalNumber(json, 'temperature'),
    topP: optionalNumber(json, 'top_p'),
    topK: undefined,
    stop: [],
    seed: undefined,
    presencePenalty: undefined,
    frequencyPenalty: undefined,
    logprobs: top !== undefined || include.includes(LOGPROBS) ? { top: top ?? 0 } : undefined,
    thinking: isAbsent(effort) ? undefined : { effort: effortAt(effort, 'reasoning.effort') },
    streamUsage: true,
    user,
    extra,
  };
}

function systemMessage(text: string): ModelRequest['messages'][number] {
  return { role: 'system', parts: [{ kind: 'text', text }] };
}

function decodeForm(value: unknown): AnswerForm | undefined {
  const format = objectAt(value, 'text.format');
  const type = stringAt(format['type'], 'text.format.type');
  if (type === 'text') return undefined;
  if (type === 'json_object') return { kind: 'json' };
  if (type !== 'json_schema') {
    throw invalid('text.format.type', `has the value "${type}"`, 'Use text, json_object or json_schema.');
  }
  return {
    kind: 'json-schema',
    name: nameAt(format['name'], 'text.format.name'),
    schema: objectAt(format['schema'], 'text.format.schema'),
    strict: optionalBoolean(format, 'strict', 'text.format.') ?? false,
    ...present({ description: optionalString(format, 'description', 'text.format.') }),
  };
}

export function encodeForm(form: AnswerForm | undefined): Json {
  if (form === undefined) return { type: 'text' };
  if (form.kind === 'json') return { type: 'json_object' };
  const { name, schema, strict, description } = form;
  const plain = name.replaceAll(/[^\w-]/g, '_').slice(0, 64);
  return { type: 'json_schema', ...present({ name: plain, description, schema, strict }) };
}

export function encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] } {
  const dropped = new Set<string>();
  const drop = (what: string): void => void dropped.add(what);
  const { model, extra } = request;
  const effort = effortOf(request.thinking);
  const reasoning = isOpenAiReasoningModel(model);
  // Reasoning models take sampling fields only while they do not reason.
  const fixed = reasoning && effort !== 'none';
  const unheard = isOpenAiModel(model) && !reasoning;
  const instructions = instructionsOf(request.messages);
  const tools = [...request.tools.map(encodeTool), ...ownServerTools(request, SERVER_TOOLS, drop)];
  for (const name of wordless(request)) drop(name);
  if (fixed && request.temperature !== undefined) drop('temperature');
  if (fixed && request.topP !== undefined) drop('topP');
  if (unheard && effort !== undefined) drop('thinking');
  if (instructions !== undefined && request.messages[0]?.parts.some((part) => 'cache' in part && part.cache)) drop('cache');
  const include = [
    ...listOr(extra['include']),
    ...(request.logprobs === undefined ? [] : [LOGPROBS]),
    // Whoever keeps the conversation must bring the thoughts back, or the model has lost them.
    ...(reasoning && !listOr(extra['include']).includes(SEALED_THOUGHTS) ? [SEALED_THOUGHTS] : []),
  ];
  const text = present({
    format: request.form === undefined ? undefined : encodeForm(request.form),
    verbosity: extra['verbosity'],
  });
  const thinking = unheard ? {} : present({ ...jsonOr(extra['reasoning']), effort });
  const json = present({
    model,
    instructions,
    input: encodeInput(instructions === undefined ? request.messages : request.messages.slice(1), drop),
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: tools.length === 0 || request.toolChoice === undefined ? undefined : encodeToolChoice(request.toolChoice),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelToolCalls,
    text: Object.keys(text).length === 0 ? undefined : text,
    reasoning: Object.keys(thinking).length === 0 ? undefined : thinking,
    max_output_tokens: request.maxOutputTokens,
    temperature: fixed ? undefined : request.temperature,
    top_p: fixed ? undefined : request.topP,
    include: include.length === 0 ? undefined : include,
    top_logprobs: request.logprobs?.top,
    stream: request.stream ? true : undefined,
    user: request.user,
    // The conversation is kept on this side.
    store: extra['store'] ?? false,
  });
  for (const [name, value] of Object.entries(extra)) {
    if (name in json || name === 'tools' || name === 'include' || name === 'verbosity' || name === 'reasoning') continue;
    if (PASSED_ON.has(name) && !(name === 'tool_choice' && !isOwnChoice(value))) json[name] = value;
    else if (!isServerToolField(name)) drop(name);
  }
  return { json, dropped: [...dropped] };
}

/** What is asked that this API has no word for. */
function wordless(request: ModelRequest): readonly string[] {
  const asked: Readonly<Record<string, boolean>> = {
    topK: request.topK !== undefined,
    stop: request.stop.length > 0,
    seed: request.seed !== undefined,
    presencePenalty: request.presencePenalty !== undefined,
    frequencyPenalty: request.frequencyPenalty !== undefined,
    choices: request.choices > 1,
    cache: request.tools.some((tool) => tool.cache !== undefined),
  };
  return Object.keys(asked).filter((name) => asked[name]);
}
