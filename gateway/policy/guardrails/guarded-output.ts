// What both ways of guarding a stream share: the events that carry text, and the output that is handed down.
import { ShoalError } from '#foundation';
import type { ModelEvent } from '../../models/exchange.ts';
import type { Output } from '../../models/model-call.ts';

export interface GuardedOutput {
  readonly output: Output;
  /** The stream has ended without a fault below: lets go of what is still held. */
  finish(): Promise<void>;
  /** The stream was cut: says what was found so far, and sends nothing more. */
  abandon(): void;
}

export type TextEvent = Extract<ModelEvent, { kind: 'text-delta' | 'refusal-delta' }>;

/** Thoughts pass as they are: their signature proves to the provider that nobody touched them. */
export function isTextEvent(event: ModelEvent): event is TextEvent {
  return event.kind === 'text-delta' || event.kind === 'refusal-delta';
}

/** The event with other text. Log-probabilities are left out: they repeat the text token by token. */
export function withText({ kind, choice }: TextEvent, text: string): TextEvent {
  return { kind, choice, text };
}

/** Which running text an event continues. */
export function channelOf(event: Extract<ModelEvent, { kind: 'text-delta' | 'refusal-delta' | 'tool-call-delta' }>): string {
  return event.kind === 'tool-call-delta' ? `${event.choice} tool ${event.index}` : `${event.choice} ${event.kind}`;
}

export function eventsOnly(started: () => boolean, event: Output['event']): Output {
  return {
    dialect: undefined,
    get started() {
      return started();
    },
    bytes: () => {
      throw new ShoalError('internal', 'Raw bytes were sent to an output that only takes events.');
    },
    event,
  };
}

/** Of a stream; what is longer than can be held is blocked, since nobody has seen all of it. */
export const MOST_HELD_CHARACTERS = 1_000_000;

export function tooLong(guardrail: string | undefined): ShoalError {
  const forWhom = guardrail === undefined ? 'the guardrails' : `the guardrail ${guardrail}`;
  return new ShoalError('guardrail_blocked', `The answer is longer than can be held back for ${forWhom}.`, {
    details: { guardrail: guardrail ?? '', where: 'output', mostCharacters: MOST_HELD_CHARACTERS },
    hint: 'Ask for a shorter answer, or without streaming.',
  });
}
