// Google's Gemini Developer API. Its own API names the model in the path; the OpenAI-compatible side wants the key as
// a bearer token. Read 2026-11: ai.google.dev/gemini-api/docs/openai.
import { GEMINI_MODELS } from '../../prices/gemini.ts';
import { BEARER } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

const KEY_HEADER = { kind: 'header', name: 'x-goog-api-key' } as const;

export const GEMINI: ProviderDefinition = {
  id: 'gemini',
  name: 'Google Gemini',
  baseUrl: 'https://generativelanguage.googleapis.com',
  baseUrlEnv: ['GOOGLE_GEMINI_BASE_URL'],
  credentials: [
    { env: 'GEMINI_API_KEY', auth: KEY_HEADER },
    { env: 'GOOGLE_API_KEY', auth: KEY_HEADER },
  ],
  headers: {},
  dialects: [
    {
      dialect: 'gemini',
      path: ({ model, stream }) =>
        stream ? `/v1beta/models/${model}:streamGenerateContent?alt=sse` : `/v1beta/models/${model}:generateContent`,
    },
    { dialect: 'openai-chat', path: '/v1beta/openai/chat/completions', auth: BEARER },
  ],
  embeddings: { form: 'openai-embeddings', path: '/v1beta/openai/embeddings', auth: BEARER },
  modelsPath: '/v1beta/models',
  quirks: {},
  models: GEMINI_MODELS,
};
