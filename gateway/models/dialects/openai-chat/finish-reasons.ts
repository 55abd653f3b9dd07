// Why an answer ended, in chat completions' words.
import type { FinishReason } from '../../exchange.ts';

const READ: ReadonlyMap<unknown, FinishReason> = new Map([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['end_turn', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
]);

const WRITTEN: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: 'stop',
};

/** Servers say `stop`, or nothing, after a tool call that they were told to make: the call is what counts. */
export function decodeFinish(wire: unknown, calledTools: boolean): FinishReason {
  const reason = READ.get(wire) ?? 'other';
  return calledTools && (reason === 'stop' || reason === 'other') ? 'tool-calls' : reason;
}

export function encodeFinish(reason: FinishReason): string {
  return WRITTEN[reason];
}
