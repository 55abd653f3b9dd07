// DeepSeek. Beside its own API it speaks Anthropic's, under a path of its own and with Anthropic's key header
// (api-docs.deepseek.com/guides/anthropic_api, read 2026-11).
import { DEEPSEEK_MODELS } from '../../prices/deepseek.ts';
import { bearerFrom } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const DEEPSEEK: ProviderDefinition = {
  id: 'deepseek',
  name: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  baseUrlEnv: [],
  credentials: bearerFrom('DEEPSEEK_API_KEY'),
  headers: {},
  dialects: [
    { dialect: 'openai-chat', path: '/chat/completions' },
    {
      dialect: 'anthropic-messages',
      path: '/anthropic/v1/messages',
      auth: { kind: 'header', name: 'x-api-key' },
      headers: { 'anthropic-version': '2023-06-01' },
    },
  ],
  embeddings: undefined,
  modelsPath: '/models',
  quirks: { capField: 'max_tokens', answerForm: 'json-object' },
  models: DEEPSEEK_MODELS,
};
