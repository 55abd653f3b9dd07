// Anthropic. A key from ANTHROPIC_AUTH_TOKEN is a bearer token, as in its own library.
import { ANTHROPIC_MODELS } from '../../prices/anthropic.ts';
import { BEARER } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const ANTHROPIC: ProviderDefinition = {
  id: 'anthropic',
  name: 'Anthropic',
  baseUrl: 'https://api.anthropic.com',
  baseUrlEnv: ['ANTHROPIC_BASE_URL'],
  credentials: [
    { env: 'ANTHROPIC_API_KEY', auth: { kind: 'header', name: 'x-api-key' } },
    { env: 'ANTHROPIC_AUTH_TOKEN', auth: BEARER },
  ],
  headers: { 'anthropic-version': '2023-06-01' },
  dialects: [{ dialect: 'anthropic-messages', path: '/v1/messages' }],
  embeddings: undefined,
  modelsPath: '/v1/models',
  quirks: {},
  models: ANTHROPIC_MODELS,
};
