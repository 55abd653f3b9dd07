// Common events as ConverseStream's. Content blocks are numbered from 0; only tool calls have a start of their own.
import type { Json, ModelEvent, Usage } from '../../exchange.ts';
import { NO_USAGE } from '../../exchange.ts';
import type { StreamEncoder, WireEvent } from '../dialect.ts';
import { bytesForClient, proofForClient } from '../proof.ts';
import { errorText } from '../reading.ts';
import { ShoalError } from '#foundation';
import { streamException } from './errors.ts';
import { stoppedJson, stopReasonOf } from './response.ts';
import { usageJson } from './usage.ts';

type Open = 'text' | 'thinking' | number;

export function createStreamEncoder(): StreamEncoder {
  let blocks = 0;
  let open: Open | undefined;
  let usage: Usage = NO_USAGE;

  function close(out: WireEvent[]): void {
    if (open === undefined) return;
    out.push(wire('contentBlockStop', { contentBlockIndex: blocks - 1 }));
    open = undefined;
  }
  function begin(out: WireEvent[], kind: Open): boolean {
    if (open === kind) return false;
    close(out);
    open = kind;
    blocks++;
    return true;
  }
  function delta(out: WireEvent[], json: Json): void {
    out.push(wire('contentBlockDelta', { contentBlockIndex: blocks - 1, delta: json }));
  }

  function thinkingEnd(out: WireEvent[], event: Extract<ModelEvent, { kind: 'thinking-end' }>): void {
    if (event.signature !== undefined) {
      begin(out, 'thinking');
      delta(out, { reasoningContent: { signature: proofForClient('anthropic', event.signature) } });
    }
    if (open === 'thinking') close(out);
    if (event.redacted === undefined) return;
    begin(out, 'thinking');
    delta(out, { reasoningContent: { redactedContent: bytesForClient('bedrock', event.redacted) } });
    close(out);
  }

  function write(out: WireEvent[], event: ModelEvent): void {
    switch (event.kind) {
      case 'start':
        out.push(wire('messageStart', { role: 'assistant' }));
        return;
      case 'usage':
        ({ usage } = event);
        return;
      case 'text-delta':
      case 'refusal-delta':
        if (event.text === '') return;
        begin(out, 'text');
        delta(out, { text: event.text });
        return;
      case 'thinking-delta':
        begin(out, 'thinking');
        delta(out, { reasoningContent: { text: event.text } });
        return;
      case 'thinking-end':
        thinkingEnd(out, event);
        return;
      case 'tool-call-start':
        begin(out, event.index);
        out.push(
          wire('contentBlockStart', {
            contentBlockIndex: blocks - 1,
            start: { toolUse: { toolUseId: event.id, name: event.name } },
          }),
        );
        return;
      case 'tool-call-delta':
        if (open !== event.index)
          throw new ShoalError('model_invalid_output', 'The pieces of two tool calls are mixed in the stream.');
        delta(out, { toolUse: { input: event.arguments } });
        return;
      case 'choice-end':
        close(out);
        out.push(
          wire('messageStop', { stopReason: stopReasonOf(event.finishReason, event.stopped), ...stoppedJson(event.stopped) }),
        );
        return;
      case 'end':
        out.push(wire('metadata', { usage: usageJson(usage) }));
    }
  }

  return {
    put(event) {
      // The API has one answer; further choices are not asked of it.
      if ('choice' in event && event.choice !== 0) return [];
      const out: WireEvent[] = [];
      write(out, event);
      return out;
    },
    fail(error) {
      return [wire(streamException(error), { message: errorText(error) })];
    },
  };
}

const wire = (event: string, json: Json): WireEvent => ({ event, data: JSON.stringify(json) });
