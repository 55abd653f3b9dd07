// OpenRouter. What a model costs depends on the provider that it is routed to, so prices are given in the
// configuration. Which APIs it speaks was read off clients of it, 2026-11.
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const OPENROUTER: ProviderDefinition = {
  id: 'openrouter',
  name: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  baseUrlEnv: [],
  credentials: bearerFrom('OPENROUTER_API_KEY'),
  headers: {},
  dialects: [
    OPENAI_PATHS.chat,
    OPENAI_PATHS.responses,
    { dialect: 'anthropic-messages', path: '/messages', headers: { 'anthropic-version': '2023-06-01' } },
  ],
  embeddings: OPENAI_PATHS.embeddings,
  modelsPath: OPENAI_PATHS.models,
  quirks: {},
  models: [],
};
