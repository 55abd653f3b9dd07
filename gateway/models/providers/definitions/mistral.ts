// Mistral. Close to OpenAI's API, but it answers 422 to fields that it does not know: `stream_options.include_usage` and
// `max_completion_tokens` among them, by reports of users of several clients, the last of 2025-12.
import { MISTRAL_MODELS } from '../../prices/mistral.ts';
import { bearerFrom } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const MISTRAL: ProviderDefinition = {
  id: 'mistral',
  name: 'Mistral',
  baseUrl: 'https://api.mistral.ai',
  baseUrlEnv: [],
  credentials: bearerFrom('MISTRAL_API_KEY'),
  headers: {},
  dialects: [{ dialect: 'openai-chat', path: '/v1/chat/completions' }],
  embeddings: { form: 'openai-embeddings', path: '/v1/embeddings' },
  modelsPath: '/v1/models',
  quirks: {
    capField: 'max_tokens',
    seedField: 'random_seed',
    streamUsage: 'always',
    refuses: ['logprobs', 'top_logprobs', 'logit_bias', 'user', 'store'],
  },
  models: MISTRAL_MODELS,
};
