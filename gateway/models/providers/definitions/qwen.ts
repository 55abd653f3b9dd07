// Qwen on Alibaba Cloud Model Studio (DashScope), in its compatible mode and outside mainland China. For another
// region, set `baseUrl` in the configuration, and `prices`: those of the catalogue are the international ones.
import { QWEN_MODELS } from '../../prices/qwen.ts';
import { bearerFrom, OPENAI_PATHS } from '../definition.ts';
import type { ProviderDefinition } from '../definition.ts';

export const QWEN: ProviderDefinition = {
  id: 'qwen',
  name: 'Qwen (DashScope)',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  baseUrlEnv: [],
  credentials: bearerFrom('DASHSCOPE_API_KEY'),
  headers: {},
  dialects: [OPENAI_PATHS.chat],
  embeddings: OPENAI_PATHS.embeddings,
  modelsPath: OPENAI_PATHS.models,
  quirks: {
    capField: 'max_tokens',
    answerForm: 'json-object',
    // What a model thinks is bounded by a field of its own (guide to deep thinking, 2026-07). Whether `max_tokens` holds
    // for it as well is not said; shared, the two never add up to more than was paid for.
    thinkingCap: { field: 'thinking_budget', switch: 'enable_thinking', isOnByDefault: false },
  },
  modelQuirks: [
    {
      models: /^(qwen3\.[5-9]|qwq|qwen3-.*thinking)/,
      quirks: { thinkingCap: { field: 'thinking_budget', switch: 'enable_thinking', isOnByDefault: true } },
    },
  ],
  models: QWEN_MODELS,
};
