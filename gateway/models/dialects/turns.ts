// Conversations for APIs that know two speakers and one system prompt: what stands before the first turn is the system
// prompt, later system messages become marked text of the user's turn (their place in time is their meaning), and
// neighbouring turns of one speaker are one turn.
import type { ModelMessage, Part } from '../exchange.ts';

export interface Turn {
  readonly speaker: 'user' | 'assistant';
  readonly parts: readonly Part[];
}
export interface Turns {
  readonly system: readonly Part[];
  readonly turns: readonly Turn[];
}

export function turnsOf(messages: readonly ModelMessage[], dropped: Set<string>): Turns {
  const system: Part[] = [];
  const turns: { readonly speaker: 'user' | 'assistant'; readonly parts: Part[] }[] = [];
  for (const message of messages) {
    if (message.name !== undefined) dropped.add('name');
    if (message.role === 'system' && turns.length === 0) {
      system.push(...message.parts);
      continue;
    }
    const speaker = message.role === 'assistant' ? 'assistant' : 'user';
    const parts = message.role === 'system' ? message.parts.map(markedAsSystem) : message.parts;
    const last = turns.at(-1);
    if (last?.speaker === speaker) last.parts.push(...parts);
    else turns.push({ speaker, parts: [...parts] });
  }
  // No API answers to a system prompt alone.
  if (turns.length === 0 && system.length > 0) return { system: [], turns: [{ speaker: 'user', parts: system }] };
  return { system, turns };
}

const markedAsSystem = (part: Part): Part =>
  part.kind === 'text' ? { ...part, text: `<system>\n${part.text}\n</system>` } : part;

/** Results of tools first: APIs that take them inside a user's turn want them right behind the calls. */
export function resultsFirst(parts: readonly Part[]): readonly Part[] {
  return [...parts.filter((part) => part.kind === 'tool-result'), ...parts.filter((part) => part.kind !== 'tool-result')];
}

/** A user's turn as messages: each run of tool results is a `tool` message. */
export function userMessages(parts: readonly Part[]): readonly ModelMessage[] {
  const messages: { readonly role: 'user' | 'tool'; readonly parts: Part[] }[] = [];
  for (const part of parts) {
    const role = part.kind === 'tool-result' ? 'tool' : 'user';
    const last = messages.at(-1);
    if (last?.role === role) last.parts.push(part);
    else messages.push({ role, parts: [part] });
  }
  return messages;
}
