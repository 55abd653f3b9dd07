// A whole answer told as a stream, piece by piece as a model would.
import type { ModelChoice, ModelEvent, ModelResponse, Part } from './exchange.ts';
import type { Output } from './model-call.ts';

const PIECE_CHARACTERS = 48;

export async function replay(response: ModelResponse, output: Output): Promise<void> {
  for (const event of eventsOf(response)) {
    const wait = output.event(event);
    if (wait !== undefined) await wait;
  }
}

export function* eventsOf(response: ModelResponse): Generator<ModelEvent> {
  const { id, model, created, choices, usage } = response;
  yield { kind: 'start', id, model, created };
  for (const [index, choice] of choices.entries()) yield* choiceEvents(choice, index);
  yield { kind: 'usage', usage };
  yield { kind: 'end' };
}

function* choiceEvents({ parts, finishReason, logprobs, stopped }: ModelChoice, choice: number): Generator<ModelEvent> {
  let calls = 0;
  // All log-probabilities of a choice are one list: they go with the text in one piece, or they would not match it.
  let untold = logprobs;
  for (const part of parts) {
    if (part.kind === 'tool-call') {
      yield* callEvents(part, choice, calls++);
    } else if (part.kind === 'text' && untold !== undefined) {
      yield { kind: 'text-delta', choice, text: part.text, logprobs: untold };
      untold = undefined;
    } else if (part.kind === 'text' || part.kind === 'refusal') {
      const kind = part.kind === 'text' ? 'text-delta' : 'refusal-delta';
      for (const text of pieces(part.text)) yield { kind, choice, text };
    } else if (part.kind === 'thinking') {
      for (const text of pieces(part.text)) yield { kind: 'thinking-delta', choice, text };
      const { signature, redacted } = part;
      yield {
        kind: 'thinking-end',
        choice,
        ...(signature === undefined ? {} : { signature }),
        ...(redacted === undefined ? {} : { redacted }),
      };
    }
  }
  yield { kind: 'choice-end', choice, finishReason, ...(stopped === undefined ? {} : { stopped }) };
}

function* callEvents(call: Extract<Part, { kind: 'tool-call' }>, choice: number, index: number): Generator<ModelEvent> {
  yield { kind: 'tool-call-start', choice, index, id: call.id, name: call.name };
  yield { kind: 'tool-call-delta', choice, index, arguments: call.arguments };
}

/** Cut after white space where there is some, never inside a character. */
function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + PIECE_CHARACTERS);
    if (end < text.length) {
      const space = text.lastIndexOf(' ', end - 1);
      if (space > start) end = space + 1;
      else if (text.charCodeAt(end - 1) >= 0xd800 && text.charCodeAt(end - 1) <= 0xdbff) end -= 1;
    }
    yield text.slice(start, end);
    start = end;
  }
}
