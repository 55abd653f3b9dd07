// The events of a stream as the whole answer that they are.
import type { FinishReason, ModelChoice, ModelEvent, ModelResponse, Part, Usage } from './exchange.ts';
import { NO_USAGE } from './exchange.ts';
import type { Output } from './model-call.ts';

interface Gathering {
  readonly parts: Part[];
  finishReason: FinishReason;
  stopped: string | undefined;
  readonly logprobs: unknown[];
  /** Tool calls by their index, as places in `parts`. */
  readonly calls: Map<number, number>;
}

export interface Gathered {
  take(event: ModelEvent): void;
  response(): ModelResponse;
}

/** Puts a stream together again. Text of one kind that comes in a row becomes one part. */
export function gatherEvents(): Gathered {
  let head = { id: '', model: '', created: 0 };
  let usage: Usage = NO_USAGE;
  const choices: Gathering[] = [];
  const of = (choice: number): Gathering =>
    (choices[choice] ??= { parts: [], finishReason: 'other', stopped: undefined, logprobs: [], calls: new Map() });

  return {
    take: (event) => {
      switch (event.kind) {
        case 'start':
          head = { id: event.id, model: event.model, created: event.created };
          return;
        case 'usage':
          usage = event.usage;
          return;
        case 'text-delta':
          append(of(event.choice).parts, 'text', event.text);
          if (event.logprobs !== undefined) of(event.choice).logprobs.push(event.logprobs);
          return;
        case 'refusal-delta':
          append(of(event.choice).parts, 'refusal', event.text);
          return;
        case 'thinking-delta':
          append(of(event.choice).parts, 'thinking', event.text);
          return;
        case 'thinking-end':
          endThinking(of(event.choice).parts, event.signature, event.redacted);
          return;
        case 'tool-call-start': {
          const { parts, calls } = of(event.choice);
          calls.set(event.index, parts.length);
          parts.push({ kind: 'tool-call', id: event.id, name: event.name, arguments: '' });
          return;
        }
        case 'tool-call-delta': {
          const { parts, calls } = of(event.choice);
          const place = calls.get(event.index);
          const part = place === undefined ? undefined : parts[place];
          if (place !== undefined && part?.kind === 'tool-call') {
            parts[place] = { ...part, arguments: part.arguments + event.arguments };
          }
          return;
        }
        case 'choice-end': {
          const one = of(event.choice);
          one.finishReason = event.finishReason;
          one.stopped = event.stopped;
          return;
        }
        case 'end':
      }
    },
    response: () => ({ ...head, choices: choices.map(choiceOf), usage }),
  };
}

function append(parts: Part[], kind: 'text' | 'refusal' | 'thinking', text: string): void {
  const last = parts.at(-1);
  const open =
    last?.kind === kind && !(last.kind === 'thinking' && (last.signature !== undefined || last.redacted !== undefined));
  if (open) parts[parts.length - 1] = { ...last, text: last.text + text };
  else parts.push({ kind, text });
}

function endThinking(parts: Part[], signature: string | undefined, redacted: string | undefined): void {
  const last = parts.at(-1);
  const end = { ...(signature === undefined ? {} : { signature }), ...(redacted === undefined ? {} : { redacted }) };
  if (last?.kind === 'thinking' && redacted === undefined) parts[parts.length - 1] = { ...last, ...end };
  else if (signature !== undefined || redacted !== undefined) parts.push({ kind: 'thinking', text: '', ...end });
}

function choiceOf(one: Gathering): ModelChoice {
  return {
    parts: one.parts,
    finishReason: one.finishReason,
    ...(one.stopped === undefined ? {} : { stopped: one.stopped }),
    ...(one.logprobs.length === 0 ? {} : { logprobs: joined(one.logprobs) }),
  };
}

/** OpenAI's logprobs are lists of tokens under `content` and `refusal`; pieces follow each other. */
function joined(pieces: readonly unknown[]): unknown {
  const content = pieces.flatMap((piece) => listIn(piece, 'content'));
  const refusal = pieces.flatMap((piece) => listIn(piece, 'refusal'));
  return { content: content.length === 0 ? null : content, refusal: refusal.length === 0 ? null : refusal };
}

function listIn(piece: unknown, field: 'content' | 'refusal'): readonly unknown[] {
  const list = typeof piece === 'object' && piece !== null ? (piece as Record<string, unknown>)[field] : undefined;
  return Array.isArray(list) ? list : [];
}

/** Passes a stream on and puts it together at the same time, for a step that needs the whole of it afterwards. */
export function gatheringOutput(output: Output): Output & { gathered(): ModelResponse } {
  const gathering = gatherEvents();
  return {
    dialect: undefined,
    get started() {
      return output.started;
    },
    bytes: (chunk) => output.bytes(chunk),
    event: (event) => {
      gathering.take(event);
      return output.event(event);
    },
    gathered: () => gathering.response(),
  };
}
