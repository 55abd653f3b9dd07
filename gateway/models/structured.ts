// Structured output of agents' requests. A provider's answer is parsed, repaired and validated, and asked for once
// more with the problems named; the embedded model's answer must be right at once, or one of our skills has a fault.
import type { z } from 'zod';
import { ShoalError } from '#foundation';
import type { GenerateRequest } from '#foundation';
import type { Step } from '../chain.ts';
import { formedContent } from './content.ts';
import { gatheringOutput } from './gathered.ts';
import type { ModelMessage, ModelResponse } from './exchange.ts';
import { parseAnswer } from './json-answer.ts';
import type { Parsed } from './json-answer.ts';
import { textOf, toolCallsOf } from './local-request.ts';
import type { ModelAnswer, ModelCall } from './model-call.ts';

type Schema = NonNullable<GenerateRequest['schema']>;

export function structured(): Step<ModelCall, ModelAnswer> {
  return (next) => (call) => {
    const schema = call.content.local?.schema;
    return schema === undefined ? next(call) : validated(next, call, schema);
  };
}

async function validated(next: (call: ModelCall) => Promise<ModelAnswer>, call: ModelCall, schema: Schema): Promise<ModelAnswer> {
  const output = call.output === undefined ? undefined : gatheringOutput(call.output);
  const first = await next(output === undefined ? call : { ...call, output });
  const response = output?.gathered() ?? first.content?.response();
  if (toolCallsOf(response).length > 0) return first;
  const parsed = read(first, response, schema.type);
  if (parsed.kind === 'ok') return { ...first, value: parsed.value };
  // A reader of the stream already has the first answer; a second one cannot take its place.
  if (call.output !== undefined) throw invalidOutput(call, parsed.problems);
  const second = await next({ ...call, content: corrected(call, textOf(response), parsed.problems) });
  const again = read(second, second.content?.response(), schema.type);
  if (again.kind === 'ok') return { ...second, value: again.value };
  throw invalidOutput(call, again.problems);
}

export function structuredEmbedded(): Step<ModelCall, ModelAnswer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { schema, task } = call.content.local ?? {};
    if (schema === undefined || answer.content === undefined) return answer;
    const parsed = parseAnswer(textOf(answer.content.response()), schema.type, false);
    if (parsed.kind === 'ok') return { ...answer, value: parsed.value };
    throw new ShoalError('internal', `The embedded skill "${task}" answered in the wrong form: ${parsed.problems.join('; ')}.`);
  };
}

function read(answer: ModelAnswer, response: ModelResponse | undefined, type: z.ZodType): Parsed<unknown> {
  const cut = answer.finishReason === 'length';
  const parsed = parseAnswer(textOf(response), type, !cut);
  return cut && parsed.kind === 'invalid' ? { kind: 'invalid', problems: ['it was cut off at its cap: be briefer'] } : parsed;
}

function corrected(call: ModelCall, text: string, problems: readonly string[]): ModelCall['content'] {
  const request = call.content.request();
  const complaint = `That answer does not fit the schema: ${problems.join('; ')}. Answer again with the corrected JSON only.`;
  const more: readonly ModelMessage[] = [
    { role: 'assistant', parts: [{ kind: 'text', text }] },
    { role: 'user', parts: [{ kind: 'text', text: complaint }] },
  ];
  return formedContent({ ...request, messages: [...request.messages, ...more] }, call.content.local);
}

function invalidOutput(call: ModelCall, problems: readonly string[]): ShoalError {
  const name = call.content.local?.schema?.name ?? '';
  return new ShoalError('model_invalid_output', `${call.target} did not answer in the form "${name}".`, {
    details: { problems },
    hint: 'Use a larger model for this task, or give it more output tokens.',
  });
}
