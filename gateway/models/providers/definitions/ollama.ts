// Ollama on this machine, or where OLLAMA_HOST says. It is there once that variable is set or it is configured:
// nobody should be sent to a port on which something else may listen. Models that run in Ollama's cloud are not free.
// Read 2026-11: docs.ollama.com/api.
import { OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const OLLAMA: ProviderDefinition = {
  id: 'ollama',
  name: 'Ollama',
  baseUrl: '',
  baseUrlEnv: ['OLLAMA_HOST'],
  hostPort: 11_434,
  credentials: [],
  headers: {},
  dialects: [
    { dialect: 'openai-chat', path: '/v1/chat/completions' },
    { dialect: 'openai-responses', path: '/v1/responses' },
    { dialect: 'anthropic-messages', path: '/v1/messages', headers: { 'anthropic-version': '2023-06-01' } },
  ],
  embeddings: { ...OPENAI_PATHS.embeddings, path: '/v1/embeddings' },
  modelsPath: '/v1/models',
  quirks: { capField: 'max_tokens' },
  models: [],
  isFree: (model) => !/[:-]cloud$/.test(model),
};
