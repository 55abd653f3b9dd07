// ConverseStream's events, as the binary frames hold them: the event's name beside the event's own object.
import type { Json, ModelEvent } from '../../exchange.ts';
import type { StreamDecoder } from '../dialect.ts';
import { ANSWER_TOOL } from '../anthropic-messages/answer-tool.ts';
import { proofFromBytes, proofFromWire } from '../proof.ts';
import { brokenStream, eventJson, objectIn, secondsNow, textIn } from '../reading.ts';
import { finishReasonOf, newAnswerId, stoppedIn } from './response.ts';
import { usageFrom } from './usage.ts';

const API = 'Bedrock ConverseStream';

type OpenBlock =
  | { kind: 'tool'; readonly index: number; written: boolean }
  | { kind: 'answer' }
  | { kind: 'thinking'; signature: string };

export function createStreamDecoder(): StreamDecoder {
  const open = new Map<unknown, OpenBlock>();
  let started = false;
  let stopped = false;
  let counted = false;
  let finished = false;
  let toolCalls = 0;

  function blockStart(json: Json): readonly ModelEvent[] {
    const call = objectIn(objectIn(json, 'start') ?? {}, 'toolUse');
    if (call === undefined) return [];
    if (call['name'] === ANSWER_TOOL) {
      open.set(json['contentBlockIndex'], { kind: 'answer' });
      return [];
    }
    const index = toolCalls++;
    open.set(json['contentBlockIndex'], { kind: 'tool', index, written: false });
    return [{ kind: 'tool-call-start', choice: 0, index, id: textIn(call, 'toolUseId') ?? '', name: textIn(call, 'name') ?? '' }];
  }

  function blockDelta(json: Json): readonly ModelEvent[] {
    const delta = objectIn(json, 'delta') ?? {};
    const text = textIn(delta, 'text');
    if (text !== undefined) return text === '' ? [] : [{ kind: 'text-delta', choice: 0, text }];
    const reasoning = objectIn(delta, 'reasoningContent');
    if (reasoning !== undefined) return reasoningDelta(json['contentBlockIndex'], reasoning);
    const written = textIn(objectIn(delta, 'toolUse') ?? {}, 'input');
    if (written === undefined || written === '') return [];
    const block = open.get(json['contentBlockIndex']);
    if (block?.kind === 'answer') return [{ kind: 'text-delta', choice: 0, text: written }];
    if (block?.kind !== 'tool') throw brokenStream(API, 'continues a tool call that it has not begun');
    block.written = true;
    return [{ kind: 'tool-call-delta', choice: 0, index: block.index, arguments: written }];
  }

  function reasoningDelta(index: unknown, reasoning: Json): readonly ModelEvent[] {
    const redacted = textIn(reasoning, 'redactedContent');
    if (redacted !== undefined) return [{ kind: 'thinking-end', choice: 0, redacted: proofFromBytes('bedrock', redacted) }];
    const block = open.get(index);
    const thought = block?.kind === 'thinking' ? block : { kind: 'thinking' as const, signature: '' };
    open.set(index, thought);
    thought.signature += textIn(reasoning, 'signature') ?? '';
    const text = textIn(reasoning, 'text');
    return text === undefined || text === '' ? [] : [{ kind: 'thinking-delta', choice: 0, text }];
  }

  function blockStop(json: Json): readonly ModelEvent[] {
    const block = open.get(json['contentBlockIndex']);
    open.delete(json['contentBlockIndex']);
    if (block?.kind === 'thinking') {
      return [
        {
          kind: 'thinking-end',
          choice: 0,
          ...(block.signature === '' ? {} : { signature: proofFromWire('anthropic', block.signature) }),
        },
      ];
    }
    // A call without arguments is streamed as a block without deltas.
    return block?.kind === 'tool' && !block.written
      ? [{ kind: 'tool-call-delta', choice: 0, index: block.index, arguments: '{}' }]
      : [];
  }

  function read(name: string, json: Json): readonly ModelEvent[] {
    switch (name) {
      case 'messageStart':
        return [];
      case 'contentBlockStart':
        return blockStart(json);
      case 'contentBlockDelta':
        return blockDelta(json);
      case 'contentBlockStop':
        return blockStop(json);
      case 'messageStop':
        stopped = true;
        return [
          { kind: 'choice-end', choice: 0, finishReason: finishReasonOf(json['stopReason'], toolCalls > 0), ...stoppedIn(json) },
        ];
      case 'metadata': {
        counted = true;
        const usage = usageFrom(json['usage']);
        return usage === undefined ? [] : [{ kind: 'usage', usage }];
      }
      default:
        throw brokenStream(
          API,
          name === 'error' || name.endsWith('xception') ? `ends with an error: ${messageOf(json)}` : `holds an event «${name}»`,
          name,
        );
    }
  }

  return {
    get finished() {
      return finished;
    },
    take(event) {
      const events = [...read(event.event ?? '', eventJson(API, event.data))];
      if (!started) {
        started = true;
        // The API names neither the answer nor the model in its stream.
        events.unshift({ kind: 'start', id: newAnswerId(), model: '', created: secondsNow() });
      }
      // `metadata` comes last, but no rule of the API says so.
      if (stopped && counted && !finished) {
        finished = true;
        events.push({ kind: 'end' });
      }
      return events;
    },
  };
}

const messageOf = (json: Json): string => textIn(json, 'message') ?? textIn(json, 'originalMessage') ?? 'no message';
