// A model request that asks for nothing but an answer, for tests to put their own fields into.
import type { ModelRequest } from '../../gateway/models/exchange.ts';

export const BARE_REQUEST: ModelRequest = {
  model: 'm',
  messages: [],
  tools: [],
  toolChoice: undefined,
  parallelToolCalls: undefined,
  form: undefined,
  maxOutputTokens: undefined,
  temperature: undefined,
  topP: undefined,
  topK: undefined,
  stop: [],
  seed: undefined,
  presencePenalty: undefined,
  frequencyPenalty: undefined,
  choices: 1,
  logprobs: undefined,
  thinking: undefined,
  stream: false,
  streamUsage: false,
  user: undefined,
  extra: {},
};
