// A whole Converse answer, both ways.
import { randomUUID } from 'node:crypto';
import type { FinishReason, Json, ModelResponse, Part } from '../../exchange.ts';
import { isJson, NO_USAGE } from '../../exchange.ts';
import { ANSWER_TOOL } from '../anthropic-messages/answer-tool.ts';
import { bytesForClient, proofForClient } from '../proof.ts';
import { argumentsObject, badAnswer, objectIn, objectsIn, readAnswer, secondsNow, textIn } from '../reading.ts';
import { partsOf } from './blocks-in.ts';
import { usageFrom, usageJson } from './usage.ts';

const FINISH: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  content_filtered: 'content-filter',
  guardrail_intervened: 'content-filter',
};
const STOP_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'content_filtered',
  other: 'end_turn',
};

/** A call of the answer tool alone is an answer, not a call. */
export function finishReasonOf(reason: unknown, called: boolean): FinishReason {
  const finish = (typeof reason === 'string' ? FINISH[reason] : undefined) ?? 'other';
  return finish === 'tool-calls' && !called ? 'stop' : finish;
}
export const stopReasonOf = (finish: FinishReason, stopped: string | undefined): string =>
  finish === 'stop' && stopped !== undefined ? 'stop_sequence' : STOP_REASONS[finish];

/** Told only to callers who have asked for this field of the model's own answer. */
export function stoppedIn(json: Json): { readonly stopped?: string } {
  const fields = objectIn(json, 'additionalModelResponseFields') ?? {};
  const stopped = textIn(fields, 'stop_sequence') ?? textIn(objectIn(fields, 'delta') ?? {}, 'stop_sequence');
  return stopped === undefined ? {} : { stopped };
}
export const stoppedJson = (stopped: string | undefined): Json =>
  stopped === undefined ? {} : { additionalModelResponseFields: { stop_sequence: stopped } };

/** The API gives its answers no ids. */
export const newAnswerId = (): string => `msg_${randomUUID().replaceAll('-', '')}`;

export function decodeResponse(json: unknown): ModelResponse {
  const message = isJson(json) ? objectIn(objectIn(json, 'output') ?? {}, 'message') : undefined;
  if (!isJson(json) || message === undefined) throw badAnswer('Bedrock Converse', 'has no message');
  const parts = readAnswer('Bedrock Converse', () => partsOf(objectsIn(message, 'content'), 'content', [])).map(answerAsText);
  const called = parts.some((part) => part.kind === 'tool-call');
  return {
    id: newAnswerId(),
    model: '',
    created: secondsNow(),
    choices: [{ parts, finishReason: finishReasonOf(json['stopReason'], called), ...stoppedIn(json) }],
    usage: usageFrom(json['usage']) ?? NO_USAGE,
  };
}

const answerAsText = (part: Part): Part =>
  part.kind === 'tool-call' && part.name === ANSWER_TOOL ? { kind: 'text', text: part.arguments } : part;

export function encodeResponse(response: ModelResponse, _request: { readonly model: string }): Json {
  const [choice] = response.choices;
  return {
    output: { message: { role: 'assistant', content: (choice?.parts ?? []).flatMap((part) => blockOf(part) ?? []) } },
    stopReason: stopReasonOf(choice?.finishReason ?? 'other', choice?.stopped),
    usage: usageJson(response.usage),
    ...stoppedJson(choice?.stopped),
  };
}

function blockOf(part: Part): Json | undefined {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { text: part.text };
    case 'thinking': {
      if (part.redacted !== undefined) return { reasoningContent: { redactedContent: bytesForClient('bedrock', part.redacted) } };
      const signature = part.signature === undefined ? {} : { signature: proofForClient('anthropic', part.signature) };
      return { reasoningContent: { reasoningText: { text: part.text, ...signature } } };
    }
    case 'tool-call':
      return { toolUse: { toolUseId: part.id, name: part.name, input: argumentsObject(part.arguments) } };
    default:
      return undefined;
  }
}
