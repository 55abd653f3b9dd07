// xAI. Its models answer 400 to penalties and stop sequences: reports by users of several clients, the last of 2026-09.
import { XAI_MODELS } from '../../prices/xai.ts';
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const XAI: ProviderDefinition = {
  id: 'xai',
  name: 'xAI',
  baseUrl: 'https://api.x.ai/v1',
  baseUrlEnv: [],
  credentials: bearerFrom('XAI_API_KEY'),
  headers: {},
  dialects: [OPENAI_PATHS.chat, OPENAI_PATHS.responses],
  embeddings: OPENAI_PATHS.embeddings,
  modelsPath: OPENAI_PATHS.models,
  quirks: { capField: 'max_completion_tokens' },
  modelQuirks: [{ models: /^grok-4/, quirks: { refuses: ['presence_penalty', 'frequency_penalty', 'stop'] } }],
  models: XAI_MODELS,
};
