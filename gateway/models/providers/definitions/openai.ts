// OpenAI. Variables as in its own library. Read 2026-11: developers.openai.com/api/docs, page of each model.
import { OPENAI_MODELS } from '../../prices/openai.ts';
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const OPENAI: ProviderDefinition = {
  id: 'openai',
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  baseUrlEnv: ['OPENAI_BASE_URL'],
  isSpokenByOthers: true,
  credentials: bearerFrom('OPENAI_API_KEY'),
  headers: {},
  dialects: [OPENAI_PATHS.chat, OPENAI_PATHS.responses],
  embeddings: { ...OPENAI_PATHS.embeddings, takesTokens: true },
  modelsPath: OPENAI_PATHS.models,
  quirks: {},
  modelQuirks: [
    // Models that think take the cap under its newer name only, and no sampling parameters.
    {
      models: /^(gpt-[5-9]|o\d)/,
      quirks: { capField: 'max_completion_tokens', refuses: ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'] },
    },
  ],
  models: OPENAI_MODELS,
};
