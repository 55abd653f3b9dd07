// Anthropic's event stream as common events. Kinds of events and deltas that we do not know are passed over: the API's
// versioning rules say that new ones may come at any time.
import { isJson } from '../../exchange.ts';
import type { Json, ModelEvent, Usage } from '../../exchange.ts';
import type { StreamDecoder, WireEvent } from '../dialect.ts';
import { proofFromWire } from '../proof.ts';
import { jsonText, brokenStream, eventJson, objectIn, secondsNow, textIn } from '../reading.ts';
import { ANSWER_TOOL } from './answer-tool.ts';
import { finishReasonOf } from './response.ts';
import { usageFrom } from './usage.ts';

const API = 'Anthropic Messages';

type OpenBlock =
  | { readonly kind: 'text' | 'answer' | 'other' }
  | { readonly kind: 'thinking'; signature: string | undefined }
  | { readonly kind: 'tool'; readonly index: number; written: boolean };

export function createStreamDecoder(): StreamDecoder {
  const open = new Map<unknown, OpenBlock>();
  let started = false;
  let finished = false;
  let toolCalls = 0;
  let answered = false;
  let usage: Usage | undefined;

  function blockStart(json: Json): readonly ModelEvent[] {
    const block = objectIn(json, 'content_block') ?? {};
    switch (block['type']) {
      case 'text':
        open.set(json['index'], { kind: 'text' });
        return textDelta(textIn(block, 'text'));
      case 'thinking':
        open.set(json['index'], { kind: 'thinking', signature: textIn(block, 'signature') });
        return thinkingDelta(textIn(block, 'thinking'));
      case 'redacted_thinking':
        open.set(json['index'], { kind: 'other' });
        return [{ kind: 'thinking-end', choice: 0, redacted: proofFromWire('anthropic', textIn(block, 'data') ?? '') }];
      case 'tool_use':
        return toolStart(json['index'], block);
      default:
        open.set(json['index'], { kind: 'other' });
        return [];
    }
  }

  function toolStart(index: unknown, block: Json): readonly ModelEvent[] {
    const input = objectIn(block, 'input') ?? {};
    const whole = Object.keys(input).length === 0 ? '' : jsonText(input);
    if (block['name'] === ANSWER_TOOL) {
      answered = true;
      open.set(index, { kind: 'answer' });
      return textDelta(whole);
    }
    const call = toolCalls++;
    open.set(index, { kind: 'tool', index: call, written: whole !== '' });
    return [
      { kind: 'tool-call-start', choice: 0, index: call, id: textIn(block, 'id') ?? '', name: textIn(block, 'name') ?? '' },
      ...argumentsDelta(call, whole),
    ];
  }

  function blockDelta(json: Json): readonly ModelEvent[] {
    const block = open.get(json['index']);
    if (block === undefined) throw brokenStream(API, 'continues a block that it has not begun');
    const delta = objectIn(json, 'delta') ?? {};
    switch (delta['type']) {
      case 'text_delta':
        return textDelta(textIn(delta, 'text'));
      case 'thinking_delta':
        return thinkingDelta(textIn(delta, 'thinking'));
      case 'signature_delta':
        if (block.kind === 'thinking') block.signature = textIn(delta, 'signature');
        return [];
      case 'input_json_delta': {
        const written = textIn(delta, 'partial_json') ?? '';
        if (block.kind === 'answer') return textDelta(written);
        if (block.kind !== 'tool' || written === '') return [];
        block.written = true;
        return argumentsDelta(block.index, written);
      }
      default:
        return [];
    }
  }

  function blockStop(json: Json): readonly ModelEvent[] {
    const block = open.get(json['index']);
    open.delete(json['index']);
    if (block?.kind === 'thinking') {
      return [
        {
          kind: 'thinking-end',
          choice: 0,
          ...(block.signature ? { signature: proofFromWire('anthropic', block.signature) } : {}),
        },
      ];
    }
    // A call without arguments is streamed as a block without deltas.
    return block?.kind === 'tool' && !block.written ? argumentsDelta(block.index, '{}') : [];
  }

  function messageDelta(json: Json): readonly ModelEvent[] {
    const delta = objectIn(json, 'delta') ?? {};
    // What was told at the start is told again only where it is the end of it.
    const told = json['usage'] === undefined ? undefined : usageFrom(json['usage'], usage);
    usage = told ?? usage;
    const stopped = textIn(delta, 'stop_sequence');
    const reason = finishReasonOf(delta['stop_reason']);
    const finishReason = reason === 'tool-calls' && toolCalls === 0 && answered ? 'stop' : reason;
    return [
      ...(typeof delta['stop_reason'] === 'string'
        ? [{ kind: 'choice-end' as const, choice: 0, finishReason, ...(stopped === undefined ? {} : { stopped }) }]
        : []),
      ...(told === undefined ? [] : [{ kind: 'usage' as const, usage: told }]),
    ];
  }

  function messageStart(json: Json): readonly ModelEvent[] {
    const message = objectIn(json, 'message') ?? {};
    started = true;
    usage = usageFrom(message['usage'], usage);
    return [
      { kind: 'start', id: textIn(message, 'id') ?? '', model: textIn(message, 'model') ?? '', created: secondsNow() },
      ...(usage === undefined ? [] : [{ kind: 'usage' as const, usage }]),
    ];
  }

  return {
    get finished() {
      return finished;
    },
    take(event: WireEvent) {
      const json = eventJson(API, event.data);
      const type = textIn(json, 'type');
      if (type === 'error') throw streamError(json);
      if (type === undefined) throw brokenStream(API, 'holds an event without a type');
      if (type === 'ping') return [];
      if (type === 'message_start') return messageStart(json);
      if (!started) throw brokenStream(API, 'does not begin with message_start');
      switch (type) {
        case 'content_block_start':
          return blockStart(json);
        case 'content_block_delta':
          return blockDelta(json);
        case 'content_block_stop':
          return blockStop(json);
        case 'message_delta':
          return messageDelta(json);
        case 'message_stop':
          if (finished) return [];
          finished = true;
          return [{ kind: 'end' }];
        default:
          return [];
      }
    },
  };
}

const textDelta = (text: string | undefined): readonly ModelEvent[] => (text ? [{ kind: 'text-delta', choice: 0, text }] : []);
const thinkingDelta = (text: string | undefined): readonly ModelEvent[] =>
  text ? [{ kind: 'thinking-delta', choice: 0, text }] : [];
const argumentsDelta = (index: number, written: string): readonly ModelEvent[] =>
  written === '' ? [] : [{ kind: 'tool-call-delta', choice: 0, index, arguments: written }];

function streamError(json: Json): Error {
  const error = isJson(json['error']) ? json['error'] : {};
  return brokenStream(API, `ends with an error: ${textIn(error, 'message') ?? 'no message'}`, textIn(error, 'type') ?? '');
}
