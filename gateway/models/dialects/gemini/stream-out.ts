// Common events as Gemini's stream. A function call goes out whole, since the API does not stream arguments; usage and
// the reasons to stop stand in the last chunk.
import type { FinishReason, Json, ModelEvent, Usage } from '../../exchange.ts';
import type { StreamEncoder, WireEvent } from '../dialect.ts';
import { bytesForClient } from '../proof.ts';
import { argumentsObject } from '../reading.ts';
import { errorJson } from './errors.ts';
import { logprobsJson } from './logprobs.ts';
import { FINISH_REASONS } from './response.ts';
import { usageJson } from './usage.ts';

interface Candidate {
  signature: string | undefined;
  call: { readonly id: string; readonly name: string; arguments: string } | undefined;
  finishReason: FinishReason | undefined;
}

export function createStreamEncoder(request: { readonly model: string }): StreamEncoder {
  const candidates = new Map<number, Candidate>();
  let responseId = '';
  let usage: Usage | undefined;

  const chunk = (candidate: Json, more: Json = {}): WireEvent => ({
    data: JSON.stringify({ candidates: [candidate], ...more, modelVersion: request.model, responseId }),
  });

  function candidateOf(choice: number): Candidate {
    let candidate = candidates.get(choice);
    if (candidate === undefined) {
      candidate = { signature: undefined, call: undefined, finishReason: undefined };
      candidates.set(choice, candidate);
    }
    return candidate;
  }

  function piece(choice: number, candidate: Candidate, part: Json, logprobs?: unknown): WireEvent {
    const signed = candidate.signature === undefined ? part : { ...part, thoughtSignature: candidate.signature };
    candidate.signature = undefined;
    const logprobsResult = logprobsJson(logprobs);
    return chunk({
      content: { role: 'model', parts: [signed] },
      index: choice,
      ...(logprobsResult === undefined ? {} : { logprobsResult }),
    });
  }

  /** What must be out before something else begins. */
  function flushCall(choice: number, candidate: Candidate, out: WireEvent[]): void {
    const { call } = candidate;
    if (call === undefined) return;
    candidate.call = undefined;
    out.push(piece(choice, candidate, { functionCall: { id: call.id, name: call.name, args: argumentsObject(call.arguments) } }));
  }

  function flushSignature(choice: number, candidate: Candidate, out: WireEvent[]): void {
    if (candidate.signature !== undefined) out.push(piece(choice, candidate, { text: '' }));
  }

  function write(event: Extract<ModelEvent, { readonly choice: number }>, out: WireEvent[]): void {
    const { choice } = event;
    const candidate = candidateOf(choice);
    if (event.kind === 'tool-call-delta') {
      if (candidate.call !== undefined) candidate.call.arguments += event.arguments;
      return;
    }
    flushCall(choice, candidate, out);
    switch (event.kind) {
      case 'text-delta':
      case 'refusal-delta':
        out.push(piece(choice, candidate, { text: event.text }, 'logprobs' in event ? event.logprobs : undefined));
        return;
      case 'thinking-delta':
        flushSignature(choice, candidate, out);
        out.push(piece(choice, candidate, { text: event.text, thought: true }));
        return;
      case 'thinking-end':
        flushSignature(choice, candidate, out);
        if (event.signature !== undefined) candidate.signature = bytesForClient('gemini', event.signature);
        return;
      case 'tool-call-start':
        candidate.call = { id: event.id, name: event.name, arguments: '' };
        return;
      default:
        flushSignature(choice, candidate, out);
        candidate.finishReason = event.finishReason;
    }
  }

  function last(out: WireEvent[]): void {
    if (candidates.size === 0) candidateOf(0);
    const ends = [...candidates].map(([index, { finishReason }]) => ({
      content: { role: 'model', parts: [{ text: '' }] },
      finishReason: FINISH_REASONS[finishReason ?? 'stop'],
      index,
    }));
    const usageMetadata = usage === undefined ? {} : { usageMetadata: usageJson(usage) };
    out.push({ data: JSON.stringify({ candidates: ends, ...usageMetadata, modelVersion: request.model, responseId }) });
  }

  return {
    put(event) {
      const out: WireEvent[] = [];
      if (event.kind === 'start') responseId = event.id;
      else if (event.kind === 'usage') ({ usage } = event);
      else if (event.kind === 'end') last(out);
      else write(event, out);
      return out;
    },
    fail(error) {
      return [{ data: JSON.stringify(errorJson(error)) }];
    },
  };
}
