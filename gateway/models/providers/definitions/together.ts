// Together AI. Prices are given in the configuration: its list changes by the week.
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const TOGETHER: ProviderDefinition = {
  id: 'together',
  name: 'Together AI',
  baseUrl: 'https://api.together.xyz/v1',
  baseUrlEnv: ['TOGETHER_BASE_URL'],
  credentials: bearerFrom('TOGETHER_API_KEY'),
  headers: {},
  dialects: [OPENAI_PATHS.chat],
  embeddings: OPENAI_PATHS.embeddings,
  modelsPath: OPENAI_PATHS.models,
  quirks: { capField: 'max_tokens' },
  models: [],
};
