// A request of ours as the body of POST /chat/completions, in one dialect.
import type { GenerateRequest, Message } from '#foundation';
import type { ProviderCall } from '../../../contract.ts';
import { jsonSchemaOf } from '../../json-schema.ts';
import type { Dialect, Form, OptionalField } from './dialect.ts';
import { strictSchema } from './strict-schema.ts';

type Json = Readonly<Record<string, unknown>>;

export function chatBody({ model, request, maxOutputTokens }: ProviderCall, dialect: Dialect, stream: boolean): Json {
  const { messages, tools, temperature, seed } = request;
  const answerForm = formOf(request, dialect.form);
  const optional: Readonly<Record<OptionalField, unknown>> = {
    temperature,
    seed,
    stream_options: stream ? { include_usage: true } : undefined,
    reasoning_effort: 'low',
  };
  const accepted = Object.entries(optional).filter(
    ([field, value]) => value !== undefined && !dialect.without.some((refused) => refused === field),
  );
  return {
    model,
    messages: [...(answerForm.inWords === undefined ? [] : [answerForm.inWords]), ...messages.map(toWire)],
    [dialect.capField]: maxOutputTokens,
    ...Object.fromEntries(accepted),
    ...(answerForm.responseFormat === undefined ? {} : { response_format: answerForm.responseFormat }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
    ...(stream ? { stream: true } : {}),
  };
}

interface AnswerForm {
  readonly responseFormat?: Json;
  /** The schema as an instruction, for servers that do not enforce it. */
  readonly inWords?: Json;
}

function formOf({ schema }: GenerateRequest, form: Form): AnswerForm {
  if (schema === undefined) return {};
  const { $schema: _dialect, ...plain } = jsonSchemaOf(schema.type);
  const inWords = { role: 'system', content: `Answer with JSON only, valid under this JSON Schema: ${JSON.stringify(plain)}` };
  // Servers enforce objects only.
  if (form === 'words' || plain['type'] !== 'object') return { inWords };
  if (form === 'json_object') return { inWords, responseFormat: { type: 'json_object' } };
  const strict = form === 'strict' ? strictSchema(plain) : undefined;
  const named = {
    name: schema.name.replaceAll(/[^\w-]/g, '_').slice(0, 64),
    schema: strict ?? plain,
    strict: strict !== undefined,
  };
  return { responseFormat: { type: 'json_schema', json_schema: named } };
}

function toWire(message: Message): Json {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  if (message.role !== 'assistant' || message.toolCalls === undefined || message.toolCalls.length === 0) {
    return { role: message.role, content: message.content };
  }
  return {
    role: 'assistant',
    content: message.content,
    tool_calls: message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
    })),
  };
}
