// The same wishes in the words of each API, as its own documentation writes them. What one API is asked, another is
// expected to be sent, so the rows are the input of each test and its oracle at once.
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import type { Json } from '../../../gateway/models/exchange.ts';
import { PIXEL } from './published-shapes.ts';

/** Named in `dropped`; refused by these words; or sent in other words than a client of that API would choose. */
export type Outcome = { readonly dropped: string } | { readonly refused: RegExp } | { readonly sent: Json };

export interface Feature {
  readonly name: string;
  /** In the words of each API that has some. */
  readonly asked: Partial<Readonly<Record<DialectId, Json>>>;
  /** For APIs that are sent something else than a client of theirs would have asked. */
  readonly but?: Partial<Readonly<Record<DialectId, Outcome>>>;
  /** Other models than the usual ones. */
  readonly models?: Partial<Readonly<Record<DialectId, string>>>;
}

export const MODELS: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'gpt-4.1',
  'openai-responses': 'gpt-4.1',
  'anthropic-messages': 'claude-sonnet-4-6',
  gemini: 'gemini-3-pro-preview',
  'bedrock-converse': 'anthropic.claude-sonnet-4-6-v1:0',
};
const THINKERS = { 'openai-chat': 'o4-mini', 'openai-responses': 'o4-mini' } as const;
const BY_BUDGET = {
  ...THINKERS,
  'anthropic-messages': 'claude-sonnet-4-5',
  gemini: 'gemini-2.5-pro',
  'bedrock-converse': 'anthropic.claude-sonnet-4-5-v1:0',
} as const;

const CAP = 4000;
/** A whole request that says `Look.`; what a row says takes the place of its fields. */
export const BASE: Readonly<Record<DialectId, Json>> = {
  'openai-chat': { messages: [{ role: 'user', content: 'Look.' }], max_completion_tokens: CAP },
  'openai-responses': { input: [{ type: 'message', role: 'user', content: 'Look.' }], max_output_tokens: CAP },
  'anthropic-messages': { messages: [{ role: 'user', content: [{ type: 'text', text: 'Look.' }] }], max_tokens: CAP },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'Look.' }] }] },
  'bedrock-converse': { messages: [{ role: 'user', content: [{ text: 'Look.' }] }], inferenceConfig: { maxTokens: CAP } },
};

const DATA_URL = `data:image/png;base64,${PIXEL}`;
const URL = 'https://example.org/fish.png';
const SCHEMA = {
  type: 'object',
  properties: { fish: { type: 'string', enum: ['herring'] }, count: { type: 'integer' } },
  required: ['fish', 'count'],
  additionalProperties: false,
};
const BYTES = { type: 'base64', media_type: 'image/png', data: PIXEL };
const TOOLS: Readonly<Record<DialectId, Json>> = {
  'openai-chat': { tools: [{ type: 'function', function: { name: 'depth', parameters: SCHEMA } }] },
  'openai-responses': { tools: [{ type: 'function', name: 'depth', parameters: SCHEMA }] },
  'anthropic-messages': { tools: [{ name: 'depth', input_schema: SCHEMA }] },
  gemini: { tools: [{ functionDeclarations: [{ name: 'depth', parametersJsonSchema: SCHEMA }] }] },
  'bedrock-converse': { toolConfig: { tools: [{ toolSpec: { name: 'depth', inputSchema: { json: SCHEMA } } }] } },
};
const toolsOf = (api: DialectId, more: Json): Json => ({ ...TOOLS[api], ...more });

const shown = (asked: Readonly<Record<DialectId, unknown>>): Readonly<Record<DialectId, Json>> => ({
  'openai-chat': { messages: [{ role: 'user', content: [{ type: 'text', text: 'Look.' }, asked['openai-chat']] }] },
  'openai-responses': { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Look.' }, asked['openai-responses']] }] },
  'anthropic-messages': { messages: [{ role: 'user', content: [{ type: 'text', text: 'Look.' }, asked['anthropic-messages']] }] },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'Look.' }, asked.gemini] }] },
  'bedrock-converse': { messages: [{ role: 'user', content: [{ text: 'Look.' }, asked['bedrock-converse']] }] },
});
const { 'bedrock-converse': _bedrock, ...shownByAddress } = shown({
  'openai-chat': { type: 'image_url', image_url: { url: URL } },
  'openai-responses': { type: 'input_image', image_url: URL },
  'anthropic-messages': { type: 'image', source: { type: 'url', url: URL } },
  gemini: { fileData: { fileUri: URL, mimeType: 'image/png' } },
  'bedrock-converse': undefined,
});

/** A turn of two calls side by side, and what came of them. */
const calledTwice = (): Readonly<Record<DialectId, Json>> => {
  const fish = ['herring', 'cod'];
  const chat = fish.map((name, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: 'depth', arguments: `{"fish":"${name}"}` },
  }));
  return {
    'openai-chat': toolsOf('openai-chat', {
      messages: [
        { role: 'user', content: 'Look.' },
        { role: 'assistant', content: null, tool_calls: chat },
        ...fish.map((name, index) => ({ role: 'tool', tool_call_id: `call_${index}`, content: `${name}: 40 m` })),
      ],
    }),
    'openai-responses': toolsOf('openai-responses', {
      input: [
        { role: 'user', content: 'Look.' },
        ...fish.map((name, index) => ({
          type: 'function_call',
          call_id: `call_${index}`,
          name: 'depth',
          arguments: `{"fish":"${name}"}`,
        })),
        ...fish.map((name, index) => ({ type: 'function_call_output', call_id: `call_${index}`, output: `${name}: 40 m` })),
      ],
    }),
    'anthropic-messages': toolsOf('anthropic-messages', {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Look.' }] },
        {
          role: 'assistant',
          content: fish.map((name, index) => ({ type: 'tool_use', id: `call_${index}`, name: 'depth', input: { fish: name } })),
        },
        {
          role: 'user',
          content: fish.map((name, index) => ({
            type: 'tool_result',
            tool_use_id: `call_${index}`,
            content: `${name}: 40 m`,
          })),
        },
      ],
    }),
    gemini: toolsOf('gemini', {
      contents: [
        { role: 'user', parts: [{ text: 'Look.' }] },
        {
          role: 'model',
          parts: fish.map((name, index) => ({ functionCall: { id: `call_${index}`, name: 'depth', args: { fish: name } } })),
        },
        {
          role: 'user',
          parts: fish.map((name, index) => ({
            functionResponse: { id: `call_${index}`, name: 'depth', response: { output: `${name}: 40 m` } },
          })),
        },
      ],
    }),
    'bedrock-converse': {
      ...TOOLS['bedrock-converse'],
      messages: [
        { role: 'user', content: [{ text: 'Look.' }] },
        {
          role: 'assistant',
          content: fish.map((name, index) => ({ toolUse: { toolUseId: `call_${index}`, name: 'depth', input: { fish: name } } })),
        },
        {
          role: 'user',
          content: fish.map((name, index) => ({
            toolResult: { toolUseId: `call_${index}`, content: [{ text: `${name}: 40 m` }] },
          })),
        },
      ],
    },
  };
};

/** A result that shows a picture. */
const SHOWN_BY_TOOL: Feature = {
  name: 'a picture as the result of a tool',
  asked: {
    'openai-responses': toolsOf('openai-responses', {
      input: [
        { role: 'user', content: 'Look.' },
        { type: 'function_call', call_id: 'call_0', name: 'depth', arguments: '{}' },
        {
          type: 'function_call_output',
          call_id: 'call_0',
          output: [
            { type: 'input_text', text: 'Here.' },
            { type: 'input_image', image_url: DATA_URL },
          ],
        },
      ],
    }),
    'anthropic-messages': toolsOf('anthropic-messages', {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Look.' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_0', name: 'depth', input: {} }] },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'call_0',
              content: [
                { type: 'text', text: 'Here.' },
                { type: 'image', source: BYTES },
              ],
            },
          ],
        },
      ],
    }),
    gemini: toolsOf('gemini', {
      contents: [
        { role: 'user', parts: [{ text: 'Look.' }] },
        { role: 'model', parts: [{ functionCall: { id: 'call_0', name: 'depth', args: {} } }] },
        {
          role: 'user',
          parts: [
            {
              functionResponse: {
                id: 'call_0',
                name: 'depth',
                response: { output: 'Here.' },
                parts: [{ inlineData: { mimeType: 'image/png', data: PIXEL } }],
              },
            },
          ],
        },
      ],
    }),
    'bedrock-converse': {
      ...TOOLS['bedrock-converse'],
      messages: [
        { role: 'user', content: [{ text: 'Look.' }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'call_0', name: 'depth', input: {} } }] },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 'call_0',
                content: [{ text: 'Here.' }, { image: { format: 'png', source: { bytes: PIXEL } } }],
              },
            },
          ],
        },
      ],
    },
  },
  but: {
    // Its results hold texts only.
    'openai-chat': {
      sent: {
        messages: [
          { role: 'user', content: 'Look.' },
          { role: 'assistant', tool_calls: [{ id: 'call_0' }] },
          { role: 'tool', tool_call_id: 'call_0', content: 'Here.' },
          { role: 'user', content: [{ type: 'image_url', image_url: { url: DATA_URL } }] },
        ],
      },
    },
  },
};

const strictly = (form: Json): Json => ({ json_schema: { name: 'answer', strict: true, schema: SCHEMA }, ...form });

export const FEATURES: readonly Feature[] = [
  {
    name: 'a picture by its bytes',
    asked: shown({
      'openai-chat': { type: 'image_url', image_url: { url: DATA_URL } },
      'openai-responses': { type: 'input_image', image_url: DATA_URL },
      'anthropic-messages': { type: 'image', source: BYTES },
      gemini: { inlineData: { mimeType: 'image/png', data: PIXEL } },
      'bedrock-converse': { image: { format: 'png', source: { bytes: PIXEL } } },
    }),
  },
  {
    name: 'a picture by its address',
    asked: shownByAddress,
    but: { 'bedrock-converse': { refused: /an image .* that Bedrock cannot be shown/ } },
  },
  SHOWN_BY_TOOL,
  {
    name: 'an answer in the form of a schema',
    asked: {
      'openai-chat': { response_format: strictly({ type: 'json_schema' }) },
      'openai-responses': { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: SCHEMA } } },
      'anthropic-messages': { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
      gemini: { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } },
      'bedrock-converse': {
        outputConfig: {
          textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(SCHEMA) } } },
        },
      },
    },
  },
  {
    name: 'an answer in the form of a schema, of a model that is only able to call tools',
    asked: {
      'openai-chat': { response_format: strictly({ type: 'json_schema' }) },
      'openai-responses': { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: SCHEMA } } },
      gemini: { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } },
    },
    models: {
      'anthropic-messages': 'claude-3-haiku-20240307',
      'bedrock-converse': 'meta.llama3-70b-instruct-v1:0',
    },
    but: {
      'anthropic-messages': {
        sent: { tools: [{ name: 'shoal_answer', input_schema: SCHEMA }], tool_choice: { type: 'tool', name: 'shoal_answer' } },
      },
      'bedrock-converse': {
        sent: {
          toolConfig: {
            tools: [{ toolSpec: { name: 'shoal_answer', inputSchema: { json: SCHEMA } } }],
            toolChoice: { tool: { name: 'shoal_answer' } },
          },
        },
      },
    },
  },
  {
    name: 'an answer that is any JSON',
    asked: {
      'openai-chat': { response_format: { type: 'json_object' } },
      'openai-responses': { text: { format: { type: 'json_object' } } },
      gemini: { generationConfig: { responseMimeType: 'application/json' } },
    },
    but: { 'anthropic-messages': { dropped: 'form' }, 'bedrock-converse': { dropped: 'form' } },
  },
  {
    name: 'two answers',
    asked: { 'openai-chat': { n: 2 }, gemini: { generationConfig: { candidateCount: 2 } } },
    but: {
      'openai-responses': { dropped: 'choices' },
      'anthropic-messages': { dropped: 'choices' },
      'bedrock-converse': { dropped: 'choices' },
    },
  },
  {
    name: 'log-probabilities',
    asked: {
      'openai-chat': { logprobs: true, top_logprobs: 2 },
      'openai-responses': { include: ['message.output_text.logprobs'], top_logprobs: 2 },
      gemini: { generationConfig: { responseLogprobs: true, logprobs: 2 } },
    },
    but: { 'anthropic-messages': { dropped: 'logprobs' }, 'bedrock-converse': { dropped: 'logprobs' } },
  },
  {
    name: 'one call at a time',
    asked: {
      'openai-chat': toolsOf('openai-chat', { parallel_tool_calls: false }),
      'openai-responses': toolsOf('openai-responses', { parallel_tool_calls: false }),
      'anthropic-messages': toolsOf('anthropic-messages', { tool_choice: { type: 'auto', disable_parallel_tool_use: true } }),
    },
    but: { gemini: { dropped: 'parallelToolCalls' }, 'bedrock-converse': { dropped: 'parallelToolCalls' } },
  },
  { name: 'two calls side by side with their results', asked: calledTwice() },
  {
    name: 'a forced tool',
    asked: {
      'openai-chat': toolsOf('openai-chat', { tool_choice: { type: 'function', function: { name: 'depth' } } }),
      'openai-responses': toolsOf('openai-responses', { tool_choice: { type: 'function', name: 'depth' } }),
      'anthropic-messages': toolsOf('anthropic-messages', { tool_choice: { type: 'tool', name: 'depth' } }),
      gemini: toolsOf('gemini', {
        toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['depth'] } },
      }),
      'bedrock-converse': {
        toolConfig: { ...(TOOLS['bedrock-converse']['toolConfig'] as Json), toolChoice: { tool: { name: 'depth' } } },
      },
    },
  },
  {
    name: 'a strict tool',
    asked: {
      'openai-chat': { tools: [{ type: 'function', function: { name: 'depth', strict: true, parameters: SCHEMA } }] },
      'openai-responses': { tools: [{ type: 'function', name: 'depth', strict: true, parameters: SCHEMA }] },
      'anthropic-messages': { tools: [{ name: 'depth', strict: true, input_schema: SCHEMA }] },
      'bedrock-converse': {
        toolConfig: { tools: [{ toolSpec: { name: 'depth', strict: true, inputSchema: { json: SCHEMA } } }] },
      },
    },
    but: { gemini: { dropped: 'strict' } },
  },
  {
    name: 'a little thinking',
    models: THINKERS,
    asked: {
      'openai-chat': { reasoning_effort: 'low' },
      'openai-responses': { reasoning: { effort: 'low' } },
      'anthropic-messages': { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      gemini: { generationConfig: { thinkingConfig: { thinkingLevel: 'low' } } },
      'bedrock-converse': {
        additionalModelRequestFields: { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      },
    },
  },
  {
    name: 'thinking by a budget of tokens',
    models: BY_BUDGET,
    asked: {
      'anthropic-messages': { thinking: { type: 'enabled', budget_tokens: 2000 } },
      gemini: { generationConfig: { maxOutputTokens: CAP, thinkingConfig: { thinkingBudget: 2000 } } },
      'bedrock-converse': { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } } },
    },
    but: {
      'openai-chat': { sent: { reasoning_effort: 'low' } },
      'openai-responses': { sent: { reasoning: { effort: 'low' } } },
    },
  },
  {
    name: 'no thinking',
    models: { ...THINKERS, 'openai-chat': 'gpt-5.1', 'openai-responses': 'gpt-5.1', gemini: 'gemini-2.5-flash' },
    asked: {
      'openai-chat': { reasoning_effort: 'none' },
      'openai-responses': { reasoning: { effort: 'none' } },
      'anthropic-messages': { thinking: { type: 'disabled' } },
      gemini: { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
      'bedrock-converse': { additionalModelRequestFields: { thinking: { type: 'disabled' } } },
    },
  },
  {
    name: 'marks for the prompt cache',
    asked: {
      'anthropic-messages': {
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Look.', cache_control: { type: 'ephemeral', ttl: '1h' } }] }],
      },
      'bedrock-converse': {
        messages: [{ role: 'user', content: [{ text: 'Look.' }, { cachePoint: { type: 'default', ttl: '1h' } }] }],
      },
    },
    but: {
      'openai-chat': { dropped: 'cache' },
      'openai-responses': { dropped: 'cache' },
      gemini: { dropped: 'cache' },
    },
  },
  {
    name: 'marks for the prompt cache of a Claude model behind OpenAI’s API',
    models: { 'openai-chat': 'anthropic/claude-sonnet-4.6' },
    asked: {
      'openai-chat': {
        messages: [
          { role: 'system', content: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
          {
            role: 'user',
            content: [
              { type: 'image_url', image_url: { url: DATA_URL }, cache_control: { type: 'ephemeral' } },
              { type: 'text', text: 'Look.' },
            ],
          },
        ],
        tools: [{ type: 'function', function: { name: 'depth', parameters: SCHEMA }, cache_control: { type: 'ephemeral' } }],
      },
      'anthropic-messages': {
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: BYTES, cache_control: { type: 'ephemeral' } },
              { type: 'text', text: 'Look.' },
            ],
          },
        ],
        tools: [{ name: 'depth', input_schema: SCHEMA, cache_control: { type: 'ephemeral' } }],
      },
      'bedrock-converse': {
        system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
        messages: [
          {
            role: 'user',
            content: [
              { image: { format: 'png', source: { bytes: PIXEL } } },
              { cachePoint: { type: 'default' } },
              { text: 'Look.' },
            ],
          },
        ],
        toolConfig: {
          tools: [{ toolSpec: { name: 'depth', inputSchema: { json: SCHEMA } } }, { cachePoint: { type: 'default' } }],
        },
      },
    },
    but: { 'openai-responses': { dropped: 'cache' }, gemini: { dropped: 'cache' } },
  },
  {
    name: 'sequences to stop at',
    asked: {
      'openai-chat': { stop: ['END'] },
      'anthropic-messages': { stop_sequences: ['END'] },
      gemini: { generationConfig: { stopSequences: ['END'] } },
      'bedrock-converse': { inferenceConfig: { maxTokens: CAP, stopSequences: ['END'] } },
    },
    but: { 'openai-responses': { dropped: 'stop' } },
  },
];
