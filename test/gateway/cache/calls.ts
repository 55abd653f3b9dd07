// Model calls in the common form, as a door would make them, and models to end a chain with.
import { chain, newTally } from '../../../gateway/chain.ts';
import type { Handler, Step } from '../../../gateway/chain.ts';
import { eventsOf } from '../../../gateway/models/replay.ts';
import { formedAnswer } from '../../../gateway/models/content.ts';
import type { ChangeText, TextSlot } from '../../../gateway/models/dialects/dialect.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import type { ModelEvent, ModelMessage, ModelRequest, ModelResponse, Part } from '../../../gateway/models/exchange.ts';
import type { Content, ModelAnswer, ModelCall, Output } from '../../../gateway/models/model-call.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import { BARE_REQUEST } from '../bare-request.ts';

export function requestOf(texts: string | readonly ModelMessage[], changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    ...BARE_REQUEST,
    messages: typeof texts === 'string' ? [message('user', texts)] : texts,
    ...changes,
  };
}

export function message(role: ModelMessage['role'], text: string): ModelMessage {
  return { role, parts: [{ kind: 'text', text }] };
}

const slotOf = (role: ModelMessage['role'], part: Part): readonly TextSlot[] =>
  part.kind === 'text' ? [{ role, text: part.text }] : [];

export function contentOf(request: ModelRequest): Content {
  return {
    request: () => request,
    embedding: () => ({ model: request.model, texts: [], dimensions: undefined, encoding: 'float' }),
    wire: undefined,
    local: undefined,
    texts: () => request.messages.flatMap(({ role, parts }) => parts.flatMap((part) => slotOf(role, part))),
    withTexts: (change: ChangeText) =>
      contentOf({
        ...request,
        messages: request.messages.map((one) => ({
          ...one,
          parts: one.parts.map((part) =>
            part.kind === 'text' ? { ...part, text: change({ role: one.role, text: part.text }) } : part,
          ),
        })),
      }),
  };
}

export interface Collected extends Output {
  readonly events: ModelEvent[];
  readonly text: string;
}

/** An output that keeps what is put into it. */
export function collect(): Collected {
  const events: ModelEvent[] = [];
  return {
    dialect: undefined,
    events,
    get started() {
      return events.length > 0;
    },
    get text() {
      return events.map((event) => (event.kind === 'text-delta' ? event.text : '')).join('');
    },
    bytes: () => undefined,
    event: (event) => {
      events.push(event);
      return undefined;
    },
  };
}

let calls = 0;
export function callOf(request: ModelRequest | string, changes: Partial<ModelCall> = {}): ModelCall {
  return {
    id: `call-${calls++}`,
    kind: 'model',
    principal: LOCAL_PRINCIPAL,
    target: 'p/m',
    asked: 'p/m',
    runId: undefined,
    budget: 'root',
    stage: 'outside',
    agent: undefined,
    round: undefined,
    signal: new AbortController().signal,
    tally: newTally(),
    operation: 'generate',
    output: undefined,
    choices: 1,
    inputTokenBound: 1000,
    maxOutputTokens: undefined,
    content: contentOf(typeof request === 'string' ? requestOf(request) : request),
    ...changes,
  };
}

export function responseOf(text: string, changes: Partial<ModelResponse> = {}): ModelResponse {
  return {
    id: 'r1',
    model: 'm-2026',
    created: 1_700_000_000,
    choices: [{ parts: [{ kind: 'text', text }], finishReason: 'stop' }],
    usage: { ...NO_USAGE, inputTokens: 7, outputTokens: 5 },
    ...changes,
  };
}

export interface Model {
  readonly handler: Handler<ModelCall, ModelAnswer>;
  /** What it was asked, by the last user text. */
  readonly asked: string[];
}

/** Answers with what `reply` makes of the last user text, streamed in pieces of `pieceSize` where a stream is wanted. */
export function modelOf(reply: (text: string, call: ModelCall) => ModelResponse, pieceSize?: number): Model {
  const asked: string[] = [];
  return {
    asked,
    handler: async (call) => {
      const text = call.content.texts().at(-1)?.text ?? '';
      asked.push(text);
      const response = reply(text, call);
      call.tally.costNanoUsd += 1000;
      const answer = { usage: response.usage, finishReason: response.choices[0]?.finishReason ?? 'other', dropped: [] };
      if (call.output === undefined) return { ...answer, content: formedAnswer(response) };
      for (const event of eventsOf(response)) {
        for (const piece of pieceSize === undefined ? [event] : split(event, pieceSize)) await call.output.event(piece);
      }
      return { ...answer, content: undefined };
    },
  };
}

function split(event: ModelEvent, size: number): readonly ModelEvent[] {
  if (event.kind !== 'text-delta') return [event];
  const pieces: ModelEvent[] = [];
  for (let at = 0; at < event.text.length; at += size) pieces.push({ ...event, text: event.text.slice(at, at + size) });
  return pieces;
}

export function through(step: Step<ModelCall, ModelAnswer>, model: Model): Handler<ModelCall, ModelAnswer> {
  return chain([step], model.handler);
}

export function textIn(answer: ModelAnswer): string | undefined {
  return answer.content
    ?.texts()
    .map((slot) => slot.text)
    .join('');
}
