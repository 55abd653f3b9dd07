// Writes a stream of chat.completion.chunk objects. Chunks are put together as text around what changes: this runs
// once for every token of every translated stream.
import type { ShoalError } from '#foundation';
import type { ModelEvent, Usage } from '../../exchange.ts';
import type { StreamEncoder, WireEvent } from '../dialect.ts';
import { encodeError } from '../openai/errors.ts';
import { answerId } from '../openai/ids.ts';
import { encodeFinish } from './finish-reasons.ts';
import { encodeDetails } from './reasoning.ts';
import { encodeUsage } from './usage.ts';

export function createStreamEncoder(request: { readonly model: string; readonly streamUsage: boolean }): StreamEncoder {
  let head = headOf(answerId('chatcmpl-', ''), 0, request.model);
  /** A caller who asked for usage finds the field in every chunk, as null until the last. */
  const tail = request.streamUsage ? ',"usage":null}' : '}';
  const introduced = new Set<number>();
  /** Calls whose arguments have not begun. */
  const bare = new Map<number, Set<number>>();
  let usage: Usage | undefined;

  const chunk = (choice: number, delta: string, finish = 'null', logprobs?: unknown): WireEvent => {
    const role = introduced.has(choice) ? '' : `"role":"assistant"${delta === '' ? '' : ','}`;
    if (role !== '') introduced.add(choice);
    const proof = logprobs === undefined ? 'null' : JSON.stringify(logprobs);
    return { data: `${head}{"index":${choice},"delta":{${role}${delta}},"logprobs":${proof},"finish_reason":${finish}}]${tail}` };
  };
  const callDelta = (choice: number, index: number, text: string): WireEvent =>
    chunk(choice, `"tool_calls":[{"index":${index},"function":{"arguments":${JSON.stringify(text)}}}]`);

  const put = (event: ModelEvent): readonly WireEvent[] => {
    switch (event.kind) {
      case 'start':
        head = headOf(answerId('chatcmpl-', event.id), event.created, event.model || request.model);
        return [];
      case 'text-delta':
        return [chunk(event.choice, `"content":${JSON.stringify(event.text)}`, 'null', event.logprobs)];
      case 'refusal-delta':
        return [chunk(event.choice, `"refusal":${JSON.stringify(event.text)}`)];
      case 'thinking-delta':
        return [chunk(event.choice, `"reasoning_content":${JSON.stringify(event.text)}`)];
      case 'thinking-end': {
        const details = encodeDetails(event, '');
        return details.length === 0 ? [] : [chunk(event.choice, `"reasoning_details":${JSON.stringify(details)}`)];
      }
      case 'tool-call-start': {
        const { choice, index, id, name } = event;
        const waiting = bare.get(choice) ?? new Set();
        bare.set(choice, waiting.add(index));
        const called = JSON.stringify({ index, id, type: 'function', function: { name, arguments: '' } });
        return [chunk(choice, `${introduced.has(choice) ? '' : '"content":null,'}"tool_calls":[${called}]`)];
      }
      case 'tool-call-delta':
        bare.get(event.choice)?.delete(event.index);
        return [callDelta(event.choice, event.index, event.arguments)];
      case 'choice-end': {
        const empty = [...(bare.get(event.choice) ?? [])].map((index) => callDelta(event.choice, index, '{}'));
        return [...empty, chunk(event.choice, '', JSON.stringify(encodeFinish(event.finishReason)))];
      }
      case 'usage':
        usage = event.usage;
        return [];
      case 'end':
        break;
    }
    const last: WireEvent = { data: '[DONE]' };
    if (!request.streamUsage || usage === undefined) return [last];
    return [{ data: `${head}],"usage":${JSON.stringify(encodeUsage(usage))}}` }, last];
  };

  return {
    put,
    // No [DONE] after it: the answer is not complete.
    fail: (error: ShoalError) => [{ data: JSON.stringify(encodeError(error).json) }],
  };
}

function headOf(id: string, created: number, model: string): string {
  const fields = JSON.stringify({ id, object: 'chat.completion.chunk', created, model });
  return `${fields.slice(0, -1)},"choices":[`;
}
