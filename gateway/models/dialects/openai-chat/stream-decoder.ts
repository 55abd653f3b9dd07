// Reads a stream of chat.completion.chunk objects. Servers differ: the first chunk may say nothing, roles and names may
// be repeated, an index may be missing or the same for every call, usage may come early, late or never.
import { ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { FinishReason, Json, ModelEvent } from '../../exchange.ts';
import type { StreamDecoder, WireEvent } from '../dialect.ts';
import { readError } from '../openai/errors.ts';
import { isAbsent, listOr, parsedJson, secondsOf, textOr } from '../openai/fields.ts';
import { answerId } from '../openai/ids.ts';
import { decodeFinish } from './finish-reasons.ts';
import { detailProof, detailText, reasoningText } from './reasoning.ts';
import { contentText } from './response.ts';
import { usageOf } from './usage.ts';

interface OpenCall {
  readonly index: number;
  id: string;
  started: boolean;
  /** Arguments that came before the name. */
  waiting: string;
}

interface OpenChoice {
  thinking: boolean;
  /** By the server's index; a new id under an old index is a new call. */
  readonly calls: Map<number, OpenCall>;
  callCount: number;
  ended: boolean;
}

export function createStreamDecoder(): StreamDecoder {
  const choices = new Map<number, OpenChoice>();
  let started = false;
  let done = false;

  const choiceAt = (index: number): OpenChoice => {
    const known = choices.get(index);
    if (known !== undefined) return known;
    const opened: OpenChoice = { thinking: false, calls: new Map(), callCount: 0, ended: false };
    choices.set(index, opened);
    return opened;
  };

  const endOf = (index: number, choice: OpenChoice, wire: unknown, stopped: unknown, events: ModelEvent[]): void => {
    if (choice.ended) return;
    choice.ended = true;
    endThinking(index, choice, events);
    for (const call of choice.calls.values()) if (!call.started) startCall(index, call, '', events);
    const finishReason: FinishReason = decodeFinish(wire, choice.callCount > 0);
    events.push({ kind: 'choice-end', choice: index, finishReason, ...(typeof stopped === 'string' ? { stopped } : {}) });
  };

  const takeChoice = (wire: Json, events: ModelEvent[]): void => {
    const index = typeof wire['index'] === 'number' ? wire['index'] : 0;
    const choice = choiceAt(index);
    const delta = wire['delta'] ?? wire['message'];
    if (isJson(delta)) takeDelta(index, choice, delta, wire['logprobs'], events);
    if (!isAbsent(wire['finish_reason'])) endOf(index, choice, wire['finish_reason'], wire['stop_reason'], events);
  };

  return {
    take: ({ data }: WireEvent) => {
      const events: ModelEvent[] = [];
      if (done || data === '') return events;
      if (data.trim() === '[DONE]') {
        done = true;
        for (const [index, choice] of choices) endOf(index, choice, undefined, undefined, events);
        events.push({ kind: 'end' });
        return events;
      }
      const chunk = parsedJson(data);
      if (!isJson(chunk))
        throw new ShoalError('model_unavailable', 'The provider sent an event that is not a part of a completion.');
      if (!isAbsent(chunk['error'])) {
        throw new ShoalError('model_unavailable', `The provider failed inside its stream: ${readError(data).message}`);
      }
      const list = listOr(chunk['choices']).filter(isJson);
      // Azure's first chunk reports on the prompt and has neither id nor model.
      if (!started && (list.length > 0 || textOr(chunk['id'], '') !== '')) {
        started = true;
        const id = answerId('chatcmpl-', textOr(chunk['id'], ''));
        const model = textOr(chunk['model'], '');
        events.push({ kind: 'start', id, model, created: secondsOf(chunk['created']) });
      }
      for (const choice of list) takeChoice(choice, events);
      const usage = usageOf(chunk);
      if (usage !== undefined) events.push({ kind: 'usage', usage });
      return events;
    },
    get finished() {
      return done || (choices.size > 0 && [...choices.values()].every((choice) => choice.ended));
    },
  };
}

function takeDelta(index: number, choice: OpenChoice, delta: Json, logprobs: unknown, events: ModelEvent[]): void {
  const thought = takeThinking(index, choice, delta, events);
  const text = contentText(delta['content']);
  // Log-probabilities of a thought's tokens belong to no text.
  const proven = isJson(logprobs) && !thought && (text !== '' || listOr(logprobs['content']).length > 0);
  if (text !== '' || proven) {
    endThinking(index, choice, events);
    events.push({ kind: 'text-delta', choice: index, text, ...(proven ? { logprobs } : {}) });
  }
  const refusal = textOr(delta['refusal'], '');
  if (refusal !== '') {
    endThinking(index, choice, events);
    events.push({ kind: 'refusal-delta', choice: index, text: refusal });
  }
  const calls = listOr(delta['tool_calls']).filter(isJson);
  if (calls.length > 0) endThinking(index, choice, events);
  for (const [position, call] of calls.entries()) takeCall(index, choice, call, position, events);
}

/** Whether there was any. */
function takeThinking(index: number, choice: OpenChoice, delta: Json, events: ModelEvent[]): boolean {
  const details = listOr(delta['reasoning_details']).filter(isJson);
  const text = reasoningText(delta) || details.map(detailText).join('');
  if (text !== '') {
    choice.thinking = true;
    events.push({ kind: 'thinking-delta', choice: index, text });
  }
  for (const detail of details) {
    const proof = detailProof(detail);
    if (proof.signature === undefined && proof.redacted === undefined) continue;
    choice.thinking = false;
    events.push({ kind: 'thinking-end', choice: index, ...proof });
  }
  return text !== '';
}

function endThinking(index: number, choice: OpenChoice, events: ModelEvent[]): void {
  if (choice.thinking) events.push({ kind: 'thinking-end', choice: index });
  choice.thinking = false;
}

function takeCall(index: number, choice: OpenChoice, wire: Json, position: number, events: ModelEvent[]): void {
  const slot = typeof wire['index'] === 'number' ? wire['index'] : position;
  const id = textOr(wire['id'], '');
  let call = choice.calls.get(slot);
  if (call === undefined || (id !== '' && call.started && call.id !== id)) {
    if (call !== undefined && !call.started) startCall(index, call, '', events);
    call = { index: choice.callCount, id: '', started: false, waiting: '' };
    choice.callCount += 1;
    choice.calls.set(slot, call);
  }
  if (call.id === '') call.id = id;
  const called = isJson(wire['function']) ? wire['function'] : isJson(wire['custom']) ? wire['custom'] : {};
  const name = textOr(called['name'], '');
  if (!call.started && name !== '') startCall(index, call, name, events);
  const written = called['arguments'] ?? called['input'];
  const text = isJson(written) ? JSON.stringify(written) : textOr(written, '');
  if (!call.started) call.waiting += text;
  else if (text !== '') events.push({ kind: 'tool-call-delta', choice: index, index: call.index, arguments: text });
}

function startCall(choice: number, call: OpenCall, name: string, events: ModelEvent[]): void {
  call.started = true;
  if (call.id === '') call.id = `call-${call.index}`;
  events.push({ kind: 'tool-call-start', choice, index: call.index, id: call.id, name });
  if (call.waiting !== '') events.push({ kind: 'tool-call-delta', choice, index: call.index, arguments: call.waiting });
}
