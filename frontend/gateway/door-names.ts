// The ways in, as people call them.
import { words } from '../shared/format.ts';

const NAMES: Readonly<Record<string, string>> = {
  'in-process': 'Agents',
  'openai-chat': 'OpenAI chat',
  'openai-responses': 'OpenAI responses',
  'openai-embeddings': 'OpenAI embeddings',
  'anthropic-messages': 'Anthropic messages',
  gemini: 'Gemini',
};

export const DOOR_NAMES = Object.entries(NAMES).map(([value, label]) => ({ value, label }));
export const doorName = (door: string): string => NAMES[door] ?? words(door);
