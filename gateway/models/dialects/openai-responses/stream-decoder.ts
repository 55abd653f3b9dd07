// Reads the typed events of a streamed response. Deltas are passed on as they come; where a server leaves them out, or
// some of them, the `done` events bring what is missing.
import { ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json, ModelEvent } from '../../exchange.ts';
import type { StreamDecoder, WireEvent } from '../dialect.ts';
import { readError } from '../openai/errors.ts';
import { jsonOr, listOr, parsedJson, secondsOf, textOr } from '../openai/fields.ts';
import { answerId } from '../openai/ids.ts';
import { proofOf, shownText } from '../openai/thoughts.ts';
import { chatLogprobs } from './output-items.ts';
import { finishOf } from './response.ts';
import { usageOf } from './usage.ts';

type TextKind = 'text-delta' | 'refusal-delta' | 'thinking-delta';

export function createStreamDecoder(): StreamDecoder {
  /** How much of each text has been passed on. */
  const told = new Map<string, number>();
  /** Calls by their place in the output. */
  const calls = new Map<number, number>();
  let started = false;
  /** Whether items have come one by one. */
  let itemised = false;
  let done = false;
  let events: ModelEvent[] = [];

  const start = (response: Json): void => {
    if (started) return;
    started = true;
    const id = answerId('resp_', textOr(response['id'], ''));
    const model = textOr(response['model'], '');
    events.push({ kind: 'start', id, model, created: secondsOf(response['created_at']) });
  };
  const tell = (kind: TextKind, key: string, text: string, logprobs?: unknown): void => {
    if (text === '' && logprobs === undefined) return;
    told.set(key, (told.get(key) ?? 0) + text.length);
    events.push({ kind, choice: 0, text, ...(logprobs === undefined ? {} : { logprobs }) });
  };
  /** The end of a text whose deltas did not bring it all. */
  const complete = (kind: TextKind, key: string, whole: string): void => tell(kind, key, whole.slice(told.get(key) ?? 0));
  const callAt = (place: number, item: Json): number => {
    const known = calls.get(place);
    if (known !== undefined) return known;
    const index = calls.size;
    calls.set(place, index);
    const id = textOr(item['call_id'], '') || textOr(item['id'], '') || `call-${index}`;
    events.push({ kind: 'tool-call-start', choice: 0, index, id, name: textOr(item['name'], '') });
    return index;
  };
  const callArguments = (place: number, text: string, item: Json): void => {
    const index = callAt(place, item);
    if (text === '') return;
    const key = `call ${place}`;
    told.set(key, (told.get(key) ?? 0) + text.length);
    events.push({ kind: 'tool-call-delta', choice: 0, index, arguments: text });
  };
  const itemDone = (place: number, item: Json): void => {
    switch (item['type']) {
      case 'function_call':
      case 'custom_tool_call': {
        const whole = textOr(item['arguments'], textOr(item['input'], ''));
        callArguments(place, whole.slice(told.get(`call ${place}`) ?? 0), item);
        break;
      }
      case 'message':
        for (const [index, part] of listOr(item['content']).entries()) {
          if (!isJson(part)) continue;
          const key = `content ${place} ${index}`;
          complete('text-delta', key, textOr(part['text'], ''));
          complete('refusal-delta', key, textOr(part['refusal'], ''));
        }
        break;
      case 'reasoning': {
        const text = shownText(item);
        complete('thinking-delta', `thought ${place}`, text);
        const shown = told.has(`thought ${place}`);
        const proof = proofOf(item, shown ? 'shown' : '');
        if (shown || proof.redacted !== undefined || proof.signature !== undefined) {
          events.push({ kind: 'thinking-end', choice: 0, ...proof });
        }
        break;
      }
      default:
    }
  };
  const end = (response: Json): void => {
    start(response);
    // A server that sent nothing before still has everything here.
    if (!itemised) {
      for (const [place, item] of listOr(response['output']).entries()) if (isJson(item)) itemDone(place, item);
    }
    events.push({ kind: 'choice-end', choice: 0, finishReason: finishOf(response, calls.size > 0) });
    const usage = usageOf(response);
    if (usage !== undefined) events.push({ kind: 'usage', usage });
    events.push({ kind: 'end' });
    done = true;
  };

  const takeEvent = (type: string, event: Json): void => {
    const place = typeof event['output_index'] === 'number' ? event['output_index'] : 0;
    const content = `content ${place} ${typeof event['content_index'] === 'number' ? event['content_index'] : 0}`;
    const delta = textOr(event['delta'], '');
    itemised ||= event['output_index'] !== undefined;
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
        start(jsonOr(event['response']));
        break;
      case 'response.output_item.added': {
        const item = jsonOr(event['item']);
        if (item['type'] === 'function_call' || item['type'] === 'custom_tool_call') callAt(place, item);
        break;
      }
      case 'response.output_text.delta':
        tell('text-delta', content, delta, chatLogprobs(event['logprobs']));
        break;
      case 'response.output_text.done':
        complete('text-delta', content, textOr(event['text'], ''));
        break;
      case 'response.refusal.delta':
        tell('refusal-delta', content, delta);
        break;
      case 'response.refusal.done':
        complete('refusal-delta', content, textOr(event['refusal'], ''));
        break;
      case 'response.reasoning_summary_part.added':
        if (told.has(`thought ${place}`)) tell('thinking-delta', `thought ${place}`, '\n\n');
        break;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        tell('thinking-delta', `thought ${place}`, delta);
        break;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        callArguments(place, delta, event);
        break;
      case 'response.output_item.done':
        itemDone(place, jsonOr(event['item']));
        break;
      case 'response.completed':
      case 'response.incomplete':
        end(jsonOr(event['response']));
        break;
      case 'response.failed':
        throw failed(JSON.stringify(jsonOr(event['response'])));
      case 'error':
        throw failed(JSON.stringify(event));
      // Progress of hosted tools, annotations and what later versions add.
      default:
        if (!type.startsWith('response.') && type !== 'keepalive' && type !== 'ping') throw strange();
    }
  };

  return {
    take: ({ event: name, data }: WireEvent) => {
      if (done || data === '' || data === '[DONE]') return [];
      const event = parsedJson(data);
      if (!isJson(event)) throw strange();
      takeEvent(textOr(event['type'], name ?? ''), event);
      const taken = events;
      events = [];
      return taken;
    },
    get finished() {
      return done;
    },
  };
}

function strange(): ShoalError {
  return new ShoalError('model_unavailable', 'The provider sent an event that is not a part of a response.');
}

function failed(body: string): ShoalError {
  return new ShoalError('model_unavailable', `The provider failed inside its stream: ${readError(body).message}`);
}
