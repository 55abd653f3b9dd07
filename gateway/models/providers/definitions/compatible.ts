// Any server that speaks OpenAI's API by its URL: vLLM, llama.cpp, LM Studio and the like. The configuration says
// where it is, what key it needs, which other APIs it speaks and what it costs.
import { OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition, SpokenDialect } from '../definition.ts';

export const COMPATIBLE: ProviderDefinition = {
  id: 'compatible',
  name: 'OpenAI-compatible server',
  baseUrl: '',
  baseUrlEnv: [],
  credentials: [],
  headers: {},
  dialects: [OPENAI_PATHS.chat],
  embeddings: { ...OPENAI_PATHS.embeddings, takesTokens: true },
  modelsPath: OPENAI_PATHS.models,
  quirks: {},
  models: [],
};

/** Where a server that is known by its URL only has each of the APIs, under a base URL that ends in /v1. */
export const COMPATIBLE_DIALECTS: readonly SpokenDialect[] = [
  OPENAI_PATHS.chat,
  OPENAI_PATHS.responses,
  { dialect: 'anthropic-messages', path: '/messages', headers: { 'anthropic-version': '2023-06-01' } },
  {
    dialect: 'gemini',
    path: ({ model, stream }) => (stream ? `/models/${model}:streamGenerateContent?alt=sse` : `/models/${model}:generateContent`),
  },
  { dialect: 'bedrock-converse', path: ({ model, stream }) => `/model/${model}/${stream ? 'converse-stream' : 'converse'}` },
];
