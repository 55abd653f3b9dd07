// Structured output. A provider's answer is parsed, repaired and validated, and asked for once more with the
// problems named; the embedded model's answer must be right at once, or one of our skills has a fault.
import type { z } from 'zod';
import { ShoalError } from '#foundation';
import type { GenerateRequest } from '#foundation';
import type { Step } from '../chain.ts';
import type { Answer, GenerateCall } from './answer.ts';
import { parseAnswer } from './json-answer.ts';
import type { Parsed } from './json-answer.ts';

export function withStructuredOutput(): Step<GenerateCall, Answer> {
  return (next) => async (call) => {
    const { schema } = call.request;
    if (schema === undefined) return next(call);
    const first = await next(call);
    if (first.toolCalls.length > 0) return first;
    const parsed = read(first, schema.type);
    if (parsed.kind === 'ok') return { ...first, value: parsed.value };
    // A reader of the stream already has the first answer; a second one cannot take its place.
    if (call.emit !== undefined) throw invalidOutput(call, parsed.problems);
    const second = await next({ ...call, request: corrected(call.request, first.text, parsed.problems) });
    const again = read(second, schema.type);
    if (again.kind === 'ok') return { ...second, value: again.value };
    throw invalidOutput(call, again.problems);
  };
}

export function withEmbeddedOutput(): Step<GenerateCall, Answer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { schema, task } = call.request;
    if (schema === undefined) return answer;
    const parsed = parseAnswer(answer.text, schema.type, false);
    if (parsed.kind === 'ok') return { ...answer, value: parsed.value };
    throw new ShoalError('internal', `The embedded skill "${task}" answered in the wrong form: ${parsed.problems.join('; ')}.`);
  };
}

function read(answer: Answer, type: z.ZodType): Parsed<unknown> {
  const cut = answer.finishReason === 'length';
  const parsed = parseAnswer(answer.text, type, !cut);
  return cut && parsed.kind === 'invalid' ? { kind: 'invalid', problems: ['it was cut off at its cap: be briefer'] } : parsed;
}

function corrected(request: GenerateRequest, text: string, problems: readonly string[]): GenerateRequest {
  const complaint = `That answer does not fit the schema: ${problems.join('; ')}. Answer again with the corrected JSON only.`;
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', content: text }, { role: 'user', content: complaint }],
  };
}

function invalidOutput(call: GenerateCall, problems: readonly string[]): ShoalError {
  return new ShoalError('model_invalid_output', `${call.target} did not answer in the form "${call.request.schema?.name}".`, {
    details: { problems },
    hint: 'Use a larger model for this task, or give it more output tokens.',
  });
}
