// One rich request, answer and stream in each API's published shape. All of them say the same.
import type { Json } from '../../../gateway/models/exchange.ts';
import type { Tested } from './arbitrary-exchange.ts';

export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

export const REQUESTS: Readonly<Record<Tested, Json>> = {
  'anthropic-messages': {
    model: 'claude-sonnet-4-6',
    max_tokens: 4000,
    system: [{ type: 'text', text: 'You are a weather desk.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    tools: [{ name: 'weather', description: 'Weather of a city', input_schema: SCHEMA, cache_control: { type: 'ephemeral' } }],
    tool_choice: { type: 'auto' },
    thinking: { type: 'enabled', budget_tokens: 2000 },
    stop_sequences: ['END'],
    future_field: { kept: true },
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Where is this, and how is the weather there?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'It looks like Paris.', signature: 'c2lnbmVkMQ==' },
          { type: 'text', text: 'Let me look.' },
          { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '21 degrees' }], is_error: false },
          { type: 'text', text: 'In short, please.', cache_control: { type: 'ephemeral', ttl: '5m' } },
        ],
      },
    ],
  },
  gemini: {
    model: 'gemini-3-pro-preview',
    systemInstruction: { parts: [{ text: 'You are a weather desk.' }] },
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'Weather of a city', parametersJsonSchema: SCHEMA }] }],
    toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
    generationConfig: {
      maxOutputTokens: 4000,
      stopSequences: ['END'],
      thinkingConfig: { thinkingBudget: 2000, includeThoughts: true },
    },
    futureField: { kept: true },
    contents: [
      {
        role: 'user',
        parts: [{ text: 'Where is this, and how is the weather there?' }, { inlineData: { mimeType: 'image/png', data: PIXEL } }],
      },
      {
        role: 'model',
        parts: [
          { text: 'Let me look.' },
          { text: 'It looks like Paris.', thought: true },
          { functionCall: { id: 'call1', name: 'weather', args: { city: 'Paris' } }, thoughtSignature: 'c2lnbmVkMQ==' },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'call1', name: 'weather', response: { output: '21 degrees' } } },
          { text: 'In short, please.' },
        ],
      },
    ],
  },
  'bedrock-converse': {
    model: 'anthropic.claude-sonnet-4-6',
    system: [{ text: 'You are a weather desk.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
    toolConfig: {
      tools: [
        { toolSpec: { name: 'weather', description: 'Weather of a city', inputSchema: { json: SCHEMA } } },
        { cachePoint: { type: 'default' } },
      ],
      toolChoice: { auto: {} },
    },
    inferenceConfig: { maxTokens: 4000, stopSequences: ['END'] },
    additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } },
    futureField: { kept: true },
    messages: [
      {
        role: 'user',
        content: [
          { text: 'Where is this, and how is the weather there?' },
          { image: { format: 'png', source: { bytes: PIXEL } } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'It looks like Paris.', signature: 'c2lnbmVkMQ==' } } },
          { text: 'Let me look.' },
          { toolUse: { toolUseId: 'tooluse_1', name: 'weather', input: { city: 'Paris' } } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'tooluse_1', content: [{ text: '21 degrees' }], status: 'success' } },
          { text: 'In short, please.' },
          { cachePoint: { type: 'default', ttl: '5m' } },
        ],
      },
    ],
  },
};

export const RESPONSES: Readonly<Record<Tested, Json>> = {
  'anthropic-messages': {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content: [
      { type: 'thinking', thinking: 'Look it up.', signature: 'c2lnbmVkMg==' },
      { type: 'text', text: 'One moment.', citations: null },
      { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { city: 'Paris' } },
    ],
    stop_reason: 'tool_use',
    stop_sequence: null,
    usage: {
      input_tokens: 10,
      cache_creation_input_tokens: 20,
      cache_read_input_tokens: 30,
      output_tokens: 40,
      output_tokens_details: { thinking_tokens: 5 },
    },
  },
  gemini: {
    candidates: [
      {
        content: {
          role: 'model',
          parts: [
            { text: 'Look it up.', thought: true },
            { text: 'One moment.' },
            { functionCall: { name: 'weather', args: { city: 'Paris' } }, thoughtSignature: 'c2lnbmVkMg==' },
          ],
        },
        finishReason: 'STOP',
        index: 0,
        safetyRatings: [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'NEGLIGIBLE' }],
      },
    ],
    usageMetadata: {
      promptTokenCount: 60,
      cachedContentTokenCount: 30,
      candidatesTokenCount: 35,
      thoughtsTokenCount: 5,
      totalTokenCount: 100,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 60 }],
    },
    modelVersion: 'gemini-3-pro-preview',
    responseId: 'resp-1',
  },
  'bedrock-converse': {
    output: {
      message: {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Look it up.', signature: 'c2lnbmVkMg==' } } },
          { text: 'One moment.' },
          { toolUse: { toolUseId: 'tooluse_2', name: 'weather', input: { city: 'Paris' } } },
        ],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 10, outputTokens: 40, totalTokens: 100, cacheReadInputTokens: 30, cacheWriteInputTokens: 20 },
    metrics: { latencyMs: 400 },
  },
};
