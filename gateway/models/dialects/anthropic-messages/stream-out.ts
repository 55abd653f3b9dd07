// Common events as Anthropic's event stream. Blocks follow each other, numbered from 0; usage and the reason to stop
// stand in the one message_delta before message_stop.
import type { FinishReason, ModelEvent, Usage } from '../../exchange.ts';
import { NO_USAGE } from '../../exchange.ts';
import type { StreamEncoder, WireEvent } from '../dialect.ts';
import { proofForClient } from '../proof.ts';
import { ShoalError } from '#foundation';
import { errorJson } from './errors.ts';
import { stopJson } from './response.ts';
import { usageJson } from './usage.ts';

type Start = Extract<ModelEvent, { kind: 'start' }>;
type Open = 'text' | 'thinking' | number;

export function createStreamEncoder(request: { readonly model: string }): StreamEncoder {
  /** Kept back until the next event, which may tell the usage that message_start wants to know. */
  let start: Start | undefined;
  let usage: Usage = NO_USAGE;
  let blocks = 0;
  let open: Open | undefined;
  let end: { readonly finishReason: FinishReason; readonly stopped?: string } = { finishReason: 'stop' };

  function close(out: WireEvent[]): void {
    if (open === undefined) return;
    out.push(wire('content_block_stop', { index: blocks - 1 }));
    open = undefined;
  }

  function begin(out: WireEvent[], kind: Open, block: object): void {
    if (open === kind) return;
    close(out);
    open = kind;
    out.push(wire('content_block_start', { index: blocks++, content_block: block }));
  }

  /** Text deltas are most of a stream: they are written without an object in between. */
  function delta(out: WireEvent[], type: string, key: string, text: string): void {
    const data = `{"type":"content_block_delta","index":${blocks - 1},"delta":{"type":"${type}","${key}":${JSON.stringify(text)}}}`;
    out.push({ event: 'content_block_delta', data });
  }

  function thinkingEnd(out: WireEvent[], event: Extract<ModelEvent, { kind: 'thinking-end' }>): void {
    if (event.signature !== undefined) {
      begin(out, 'thinking', EMPTY_THINKING);
      delta(out, 'signature_delta', 'signature', proofForClient('anthropic', event.signature));
    }
    if (open === 'thinking') close(out);
    if (event.redacted === undefined) return;
    close(out);
    const data = proofForClient('anthropic', event.redacted);
    out.push(wire('content_block_start', { index: blocks, content_block: { type: 'redacted_thinking', data } }));
    out.push(wire('content_block_stop', { index: blocks++ }));
  }

  function write(out: WireEvent[], event: ModelEvent): void {
    switch (event.kind) {
      case 'start':
        start = event;
        return;
      case 'usage':
        ({ usage } = event);
        return;
      case 'text-delta':
      case 'refusal-delta':
        if (event.text === '') return;
        begin(out, 'text', { type: 'text', text: '', citations: null });
        delta(out, 'text_delta', 'text', event.text);
        return;
      case 'thinking-delta':
        begin(out, 'thinking', EMPTY_THINKING);
        delta(out, 'thinking_delta', 'thinking', event.text);
        return;
      case 'thinking-end':
        thinkingEnd(out, event);
        return;
      case 'tool-call-start':
        begin(out, event.index, { type: 'tool_use', id: event.id, name: event.name, input: {} });
        return;
      case 'tool-call-delta':
        if (open !== event.index)
          throw new ShoalError('model_invalid_output', 'The pieces of two tool calls are mixed in the stream.');
        delta(out, 'input_json_delta', 'partial_json', event.arguments);
        return;
      case 'choice-end':
        close(out);
        end = event;
        return;
      case 'end':
        close(out);
        out.push(
          wire('message_delta', {
            delta: { ...stopJson(end.finishReason, end.stopped), container: null },
            usage: usageJson(usage),
          }),
        );
        out.push(wire('message_stop', {}));
    }
  }

  function messageStart(): WireEvent {
    const message = {
      id: start?.id ?? '',
      type: 'message',
      role: 'assistant',
      model: request.model,
      content: [],
      container: null,
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: usageJson(usage),
    };
    start = undefined;
    return wire('message_start', { message });
  }

  return {
    put(event) {
      // The API has one answer; further choices are not asked of it.
      if ('choice' in event && event.choice !== 0) return [];
      const out: WireEvent[] = [];
      if (event.kind === 'usage') ({ usage } = event);
      if (start !== undefined) out.push(messageStart());
      write(out, event);
      return out;
    },
    fail(error) {
      return [{ event: 'error', data: JSON.stringify(errorJson(error)) }];
    },
  };
}

const EMPTY_THINKING = { type: 'thinking', thinking: '', signature: '' };

const wire = (type: string, fields: object): WireEvent => ({ event: type, data: JSON.stringify({ type, ...fields }) });
