// Talking with one agent as it was at the end of a round. Invariants: it answers from facts of that round or earlier;
// every event and span in the answer was among those facts; the run is not changed by talking.
import { ShoalError } from '#foundation';
import type { LanguageModel } from '#foundation';
import type { ChatAnswer } from '../../contract.ts';
import { ChatWords } from './facts.ts';
import type { ChatFacts } from './facts.ts';
import { gather } from './gather.ts';
import type { Conversation } from './gather.ts';
import { chatMessages } from './prompt.ts';

export interface ChatAsk extends Conversation {
  readonly model: LanguageModel;
  readonly signal?: AbortSignal;
}

/** Throws what the model throws, and `not_found` for an agent that does not exist. */
export async function chatWithAgent(ask: ChatAsk): Promise<ChatAnswer> {
  const { record, agent, round, model } = ask;
  if (!Number.isInteger(agent) || agent < 0 || agent >= record.population.size) {
    throw new ShoalError('not_found', `There is no agent ${agent}.`, {
      hint: `Agents are numbered 0 to ${record.population.size - 1}.`,
    });
  }
  const { facts, spans } = gather(ask);
  const { value } = await model.generate(
    {
      task: 'chat',
      stage: 'chat',
      agent,
      round: Math.max(0, round),
      messages: chatMessages(facts),
      input: facts,
      schema: { name: 'chat', type: ChatWords },
      temperature: 0.6,
      maxOutputTokens: 500,
    },
    ask.signal,
  );
  if (value === undefined) throw new ShoalError('model_invalid_output', 'The model gave no answer.', { hint: 'Ask again.' });
  const offered = eventsIn(facts);
  return {
    text: value.text.trim(),
    events: [...new Set(value.events)].filter((event) => offered.has(event)),
    spans: [...new Set(value.spans)].flatMap((index) => spans[index] ?? []),
    model: model.model,
  };
}

function eventsIn(facts: ChatFacts): ReadonlySet<number> {
  return new Set([
    ...facts.memory.map(({ event }) => event),
    ...facts.posts.map(({ event }) => event),
    ...facts.shifts.flatMap(({ event, cause }) => (cause === undefined ? [event] : [event, cause.event])),
    ...facts.reasons.flatMap(({ event }) => event ?? []),
  ]);
}
