// A streamed answer put together again while it passes, so that it can be stored as one.
import type { ModelEvent, ModelResponse } from '../exchange.ts';
import { gatherEvents } from '../gathered.ts';
import type { Output } from '../model-call.ts';

export interface Gathering {
  /** Hands everything on, as it comes. */
  readonly output: Output;
  /** The answer, if it came whole; undefined where it was cut, too large, or holds what a store cannot keep. */
  answer(): ModelResponse | undefined;
}

export function gather(sink: Output, mostCharacters: number): Gathering {
  let gathered = gatherEvents();
  const open = new Set<number>();
  let started = false;
  let ended = false;
  let storable = true;
  let characters = 0;

  const take = (event: ModelEvent): void => {
    if (event.kind === 'start') started = true;
    else if (event.kind === 'end') ended = true;
    else if (event.kind === 'choice-end') open.delete(event.choice);
    else if ('choice' in event) open.add(event.choice);
    // Log-probabilities come in pieces of a form that is only ever passed on.
    if (event.kind === 'text-delta' && event.logprobs !== undefined && event.logprobs !== null) storable = false;
    if ('text' in event) characters += event.text.length;
    if ('arguments' in event) characters += event.arguments.length;
    if (characters > mostCharacters) storable = false;
    // What cannot be kept need not be remembered.
    if (storable) gathered.take(event);
    else gathered = gatherEvents();
  };

  return {
    output: {
      dialect: undefined,
      get started() {
        return sink.started;
      },
      bytes: (chunk) => sink.bytes(chunk),
      event: (event) => {
        if (storable) take(event);
        return sink.event(event);
      },
    },
    answer: () => {
      if (!storable || !started || !ended || open.size > 0) return undefined;
      const response = gathered.response();
      return response.choices.length === 0 ? undefined : response;
    },
  };
}
