// Fireworks AI. Prices are given in the configuration. Its side of Anthropic's API takes the key as a bearer token, too
// (docs.fireworks.ai/nexus/apis-and-sdks, read 2026-11).
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const FIREWORKS: ProviderDefinition = {
  id: 'fireworks',
  name: 'Fireworks AI',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  baseUrlEnv: [],
  credentials: bearerFrom('FIREWORKS_API_KEY'),
  headers: {},
  dialects: [
    OPENAI_PATHS.chat,
    OPENAI_PATHS.responses,
    { dialect: 'anthropic-messages', path: '/messages', headers: { 'anthropic-version': '2023-06-01' } },
  ],
  embeddings: OPENAI_PATHS.embeddings,
  modelsPath: OPENAI_PATHS.models,
  quirks: { capField: 'max_tokens' },
  models: [],
};
