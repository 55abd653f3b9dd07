// A whole Messages answer, both ways.
import type { FinishReason, Json, ModelResponse, Part } from '../../exchange.ts';
import { isJson, NO_USAGE } from '../../exchange.ts';
import { proofForClient, proofFromWire } from '../proof.ts';
import { argumentsObject, argumentsText, badAnswer, listIn, secondsNow, textIn } from '../reading.ts';
import { ANSWER_TOOL } from './answer-tool.ts';
import { usageFrom, usageJson } from './usage.ts';

const FINISH: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
};
const STOP_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  other: 'end_turn',
};

export const finishReasonOf = (reason: unknown): FinishReason =>
  (typeof reason === 'string' ? FINISH[reason] : undefined) ?? 'other';

export const stopJson = (finishReason: FinishReason, stopped: string | undefined): Json => ({
  stop_reason: finishReason === 'stop' && stopped !== undefined ? 'stop_sequence' : STOP_REASONS[finishReason],
  stop_sequence: stopped ?? null,
  stop_details: null,
});

export function decodeResponse(json: unknown): ModelResponse {
  if (!isJson(json) || !Array.isArray(json['content'])) throw badAnswer('Anthropic Messages', 'has no content');
  const blocks = listIn(json, 'content').filter(isJson);
  const parts = blocks.flatMap((block) => partOf(block) ?? []);
  const stopped = textIn(json, 'stop_sequence');
  const finishReason = finishReasonOf(json['stop_reason']);
  const calls = parts.some((part) => part.kind === 'tool-call');
  return {
    id: textIn(json, 'id') ?? '',
    model: textIn(json, 'model') ?? '',
    created: secondsNow(),
    choices: [
      {
        parts,
        finishReason: finishReason === 'tool-calls' && !calls ? 'stop' : finishReason,
        ...(stopped === undefined ? {} : { stopped }),
      },
    ],
    usage: usageFrom(json['usage']) ?? NO_USAGE,
  };
}

function partOf(block: Json): Part | undefined {
  switch (block['type']) {
    case 'text':
      return { kind: 'text', text: textIn(block, 'text') ?? '' };
    case 'thinking': {
      const signature = textIn(block, 'signature');
      return {
        kind: 'thinking',
        text: textIn(block, 'thinking') ?? '',
        ...(signature ? { signature: proofFromWire('anthropic', signature) } : {}),
      };
    }
    case 'redacted_thinking':
      return { kind: 'thinking', text: '', redacted: proofFromWire('anthropic', textIn(block, 'data') ?? '') };
    case 'tool_use': {
      const written = argumentsText(block['input']);
      if (block['name'] === ANSWER_TOOL) return { kind: 'text', text: written };
      return { kind: 'tool-call', id: textIn(block, 'id') ?? '', name: textIn(block, 'name') ?? '', arguments: written };
    }
    // Work of Anthropic's own tools: its outcome is told in the text.
    default:
      return undefined;
  }
}

export function encodeResponse(response: ModelResponse, request: { readonly model: string }): Json {
  const [choice] = response.choices;
  return {
    id: response.id,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: (choice?.parts ?? []).flatMap((part) => blockOf(part) ?? []),
    container: null,
    ...stopJson(choice?.finishReason ?? 'other', choice?.stopped),
    usage: usageJson(response.usage),
  };
}

function blockOf(part: Part): Json | undefined {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: part.text, citations: null };
    case 'thinking':
      if (part.redacted !== undefined) return { type: 'redacted_thinking', data: proofForClient('anthropic', part.redacted) };
      return { type: 'thinking', thinking: part.text, signature: proofForClient('anthropic', part.signature ?? '') };
    case 'tool-call':
      return { type: 'tool_use', id: part.id, name: part.name, input: argumentsObject(part.arguments) };
    default:
      return undefined;
  }
}
