// Groq. Its library's base URL ends before `/openai/v1`. Its page on OpenAI compatibility names the fields that it
// answers with 400 (console.groq.com/docs/openai, read 2026-11).
import { GROQ_MODELS } from '../../prices/groq.ts';
import { bearerFrom } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const GROQ: ProviderDefinition = {
  id: 'groq',
  name: 'Groq',
  baseUrl: 'https://api.groq.com',
  baseUrlEnv: ['GROQ_BASE_URL'],
  credentials: bearerFrom('GROQ_API_KEY'),
  headers: {},
  dialects: [
    { dialect: 'openai-chat', path: '/openai/v1/chat/completions' },
    { dialect: 'openai-responses', path: '/openai/v1/responses' },
  ],
  embeddings: undefined,
  modelsPath: '/openai/v1/models',
  quirks: { capField: 'max_completion_tokens', refuses: ['logprobs', 'top_logprobs', 'logit_bias'] },
  models: GROQ_MODELS,
};
