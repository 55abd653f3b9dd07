// An agent's own request in the common form, and the common form's answer as an agent reads it.
import type { GenerateRequest, GenerateResult, Message, ToolCall } from '#foundation';
import type { AnswerForm, Json, ModelMessage, ModelRequest, ModelResponse, Part } from './exchange.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { parseAnswer } from './json-answer.ts';
import type { ModelAnswer, ModelCall } from './model-call.ts';
import { strictSchema } from './strict-schema.ts';

type Schema = NonNullable<GenerateRequest['schema']>;

export function requestOf(model: string, request: GenerateRequest, stream: boolean): ModelRequest {
  return {
    model,
    messages: [...(request.schema === undefined ? [] : inWords(request.schema)), ...request.messages.map(messageOf)],
    tools: (request.tools ?? []).map(({ name, description, parameters }) => ({ name, description, parameters })),
    toolChoice: undefined,
    parallelToolCalls: undefined,
    form: request.schema === undefined ? undefined : formOf(request.schema),
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    topP: undefined,
    topK: undefined,
    stop: [],
    seed: request.seed,
    presencePenalty: undefined,
    frequencyPenalty: undefined,
    choices: 1,
    logprobs: undefined,
    thinking: undefined,
    stream,
    streamUsage: true,
    user: undefined,
    extra: {},
  };
}

function messageOf(message: Message): ModelMessage {
  if (message.role === 'tool') {
    const content: readonly Part[] = [{ kind: 'text', text: message.content }];
    return { role: 'tool', parts: [{ kind: 'tool-result', toolCallId: message.toolCallId, content }] };
  }
  const text: readonly Part[] = [{ kind: 'text', text: message.content }];
  if (message.role !== 'assistant' || message.toolCalls === undefined) return { role: message.role, parts: text };
  const calls = message.toolCalls.map((call): Part => ({
    kind: 'tool-call',
    id: call.id,
    name: call.name,
    arguments: JSON.stringify(call.arguments ?? {}),
  }));
  return { role: 'assistant', parts: message.content === '' ? calls : [...text, ...calls] };
}

/** Strict where the schema can be put so; servers enforce objects only, so any other form is said in words. */
function formOf(schema: Schema): AnswerForm | undefined {
  const plain = plainSchema(schema);
  if (plain['type'] !== 'object') return undefined;
  const closed = strictSchema(plain);
  const name = schema.name.replaceAll(/[^\w-]/g, '_').slice(0, 64);
  return { kind: 'json-schema', name, schema: closed ?? plain, strict: closed !== undefined };
}

function inWords(schema: Schema): readonly ModelMessage[] {
  const plain = plainSchema(schema);
  if (plain['type'] === 'object') return [];
  const text = `Answer with JSON only, valid under this JSON Schema: ${JSON.stringify(plain)}`;
  return [{ role: 'system', parts: [{ kind: 'text', text }] }];
}

function plainSchema(schema: Schema): Json {
  const { $schema: _dialect, ...plain } = jsonSchemaOf(schema.type);
  return plain;
}

/** Usage and cost are the tally's: every attempt that was charged is in them. */
export function resultOf(call: ModelCall, answer: ModelAnswer): GenerateResult {
  const { inputTokens, outputTokens, cachedInputTokens, costNanoUsd, fromCassette } = call.tally;
  const response = answer.content?.response();
  return {
    text: textOf(response),
    value: answer.value ?? valueOf(call, answer, response),
    toolCalls: toolCallsOf(response),
    finishReason: answer.finishReason,
    usage: { inputTokens, outputTokens, cachedInputTokens },
    costNanoUsd,
    model: call.tally.model ?? call.target,
    requestId: call.id,
    fromCassette,
  };
}

/** Of an answer from a store: what was kept went through JSON and lost what JSON cannot say. */
function valueOf(call: ModelCall, { finishReason }: ModelAnswer, response: ModelResponse | undefined): unknown {
  const schema = call.content.local?.schema;
  if (schema === undefined || toolCallsOf(response).length > 0) return undefined;
  const parsed = parseAnswer(textOf(response), schema.type, finishReason !== 'length');
  return parsed.kind === 'ok' ? parsed.value : undefined;
}

/** The words of the first choice; a refusal is words too. */
export function textOf(response: ModelResponse | undefined): string {
  const parts = response?.choices[0]?.parts ?? [];
  return parts.map((part) => (part.kind === 'text' || part.kind === 'refusal' ? part.text : '')).join('');
}

export function toolCallsOf(response: ModelResponse | undefined): readonly ToolCall[] {
  const parts = response?.choices[0]?.parts ?? [];
  return parts.flatMap((part) => (part.kind === 'tool-call' ? [toolCallOf(part)] : []));
}

/** Arguments that are not JSON become `undefined`, as the port promises; a call without any comes as an empty string. */
export function toolCallOf(part: { readonly id: string; readonly name: string; readonly arguments: string }): ToolCall {
  return { id: part.id, name: part.name, arguments: parsedArguments(part.arguments) };
}

function parsedArguments(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
