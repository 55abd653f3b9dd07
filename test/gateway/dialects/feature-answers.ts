// The same answers in the words of each API: what a provider of one says, a client of another is expected to read.
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import type { Json } from '../../../gateway/models/exchange.ts';

export interface AnswerRow {
  readonly name: string;
  /** In the words of each API that has some. */
  readonly said: Partial<Readonly<Record<DialectId, Json>>>;
  /** For clients that read something else than a provider of their API would have said. */
  readonly but?: Partial<Readonly<Record<DialectId, Json>>>;
}

const USAGE: Readonly<Record<DialectId, Json>> = {
  'openai-chat': {
    usage: { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100, prompt_tokens_details: { cached_tokens: 30 } },
  },
  'openai-responses': {
    usage: { input_tokens: 60, output_tokens: 40, total_tokens: 100, input_tokens_details: { cached_tokens: 30 } },
  },
  'anthropic-messages': { usage: { input_tokens: 30, cache_read_input_tokens: 30, output_tokens: 40 } },
  gemini: {
    usageMetadata: { promptTokenCount: 60, candidatesTokenCount: 40, totalTokenCount: 100, cachedContentTokenCount: 30 },
  },
  'bedrock-converse': { usage: { inputTokens: 30, cacheReadInputTokens: 30, outputTokens: 40, totalTokens: 100 } },
};
const ARGUMENTS = ['{"fish":"herring"}', '{"fish":"cod"}'] as const;

const chat = (message: Json, finish_reason: string, more: Json = {}): Json => ({
  ...USAGE['openai-chat'],
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason, ...more }],
});
const responses = (output: readonly Json[], status = 'completed'): Json => ({
  ...USAGE['openai-responses'],
  status,
  ...(status === 'incomplete' ? { incomplete_details: { reason: 'max_output_tokens' } } : {}),
  output,
});
const messages = (content: readonly Json[], stop_reason: string): Json => ({
  ...USAGE['anthropic-messages'],
  content,
  stop_reason,
});
const candidates = (parts: readonly Json[], finishReason = 'STOP', more: Json = {}): Json => ({
  ...USAGE.gemini,
  candidates: [{ index: 0, content: { role: 'model', parts }, finishReason, ...more }],
});
const converse = (content: readonly Json[], stopReason: string): Json => ({
  ...USAGE['bedrock-converse'],
  output: { message: { role: 'assistant', content } },
  stopReason,
});
const spoken = (text: string, more: Json = {}): Json => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text, ...more }],
});

const TOKEN = { token: 'Cod', logprob: -0.25 };
const OTHER = { token: 'Eel', logprob: -2 };
const CHAT_LOGPROBS = { content: [{ ...TOKEN, top_logprobs: [TOKEN, OTHER] }] };
const GEMINI_LOGPROBS = {
  chosenCandidates: [{ token: 'Cod', logProbability: -0.25 }],
  topCandidates: [
    {
      candidates: [
        { token: 'Cod', logProbability: -0.25 },
        { token: 'Eel', logProbability: -2 },
      ],
    },
  ],
};

export const ANSWERS: readonly AnswerRow[] = [
  {
    name: 'a text, and what it used',
    said: {
      'openai-chat': chat({ content: 'Cod.' }, 'stop'),
      'openai-responses': responses([spoken('Cod.')]),
      'anthropic-messages': messages([{ type: 'text', text: 'Cod.' }], 'end_turn'),
      gemini: candidates([{ text: 'Cod.' }]),
      'bedrock-converse': converse([{ text: 'Cod.' }], 'end_turn'),
    },
  },
  {
    name: 'a text that was cut at the cap',
    said: {
      'openai-chat': chat({ content: 'Co' }, 'length'),
      'openai-responses': responses([spoken('Co')], 'incomplete'),
      'anthropic-messages': messages([{ type: 'text', text: 'Co' }], 'max_tokens'),
      gemini: candidates([{ text: 'Co' }], 'MAX_TOKENS'),
      'bedrock-converse': converse([{ text: 'Co' }], 'max_tokens'),
    },
  },
  {
    name: 'two calls side by side',
    said: {
      'openai-chat': chat(
        {
          tool_calls: ARGUMENTS.map((text, index) => ({
            id: `call_${index}`,
            type: 'function',
            function: { name: 'depth', arguments: text },
          })),
        },
        'tool_calls',
      ),
      'openai-responses': responses(
        ARGUMENTS.map((text, index) => ({ type: 'function_call', call_id: `call_${index}`, name: 'depth', arguments: text })),
      ),
      'anthropic-messages': messages(
        ARGUMENTS.map((text, index) => ({
          type: 'tool_use',
          id: `call_${index}`,
          name: 'depth',
          input: JSON.parse(text) as Json,
        })),
        'tool_use',
      ),
      gemini: candidates(
        ARGUMENTS.map((text, index) => ({
          functionCall: { id: `call_${index}`, name: 'depth', args: JSON.parse(text) as Json },
        })),
      ),
      'bedrock-converse': converse(
        ARGUMENTS.map((text, index) => ({
          toolUse: { toolUseId: `call_${index}`, name: 'depth', input: JSON.parse(text) as Json },
        })),
        'tool_use',
      ),
    },
  },
  {
    name: 'a thought before a text',
    said: {
      'openai-chat': chat({ content: 'Cod.', reasoning_content: 'Which fish?' }, 'stop'),
      'openai-responses': responses([
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Which fish?' }] },
        spoken('Cod.'),
      ]),
      'anthropic-messages': messages(
        [
          { type: 'thinking', thinking: 'Which fish?', signature: '' },
          { type: 'text', text: 'Cod.' },
        ],
        'end_turn',
      ),
      gemini: candidates([{ text: 'Which fish?', thought: true }, { text: 'Cod.' }]),
      'bedrock-converse': converse(
        [{ reasoningContent: { reasoningText: { text: 'Which fish?' } } }, { text: 'Cod.' }],
        'end_turn',
      ),
    },
    // An item's id is its own.
    but: {
      'openai-responses': responses([
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Which fish?' }] },
        spoken('Cod.'),
      ]),
    },
  },
  {
    name: 'log-probabilities',
    said: {
      'openai-chat': chat({ content: 'Cod' }, 'stop', { logprobs: CHAT_LOGPROBS }),
      'openai-responses': responses([spoken('Cod', { logprobs: CHAT_LOGPROBS.content })]),
      gemini: candidates([{ text: 'Cod' }], 'STOP', { logprobsResult: GEMINI_LOGPROBS }),
    },
    but: {
      'anthropic-messages': messages([{ type: 'text', text: 'Cod' }], 'end_turn'),
      'bedrock-converse': converse([{ text: 'Cod' }], 'end_turn'),
    },
  },
  {
    name: 'two answers',
    said: {
      'openai-chat': {
        ...USAGE['openai-chat'],
        choices: ['Cod.', 'Eel.'].map((content, index) => ({
          index,
          message: { role: 'assistant', content },
          finish_reason: 'stop',
        })),
      },
      gemini: {
        ...USAGE.gemini,
        candidates: ['Cod.', 'Eel.'].map((text, index) => ({
          index,
          content: { role: 'model', parts: [{ text }] },
          finishReason: 'STOP',
        })),
      },
    },
    but: {
      'openai-responses': responses([spoken('Cod.')]),
      'anthropic-messages': messages([{ type: 'text', text: 'Cod.' }], 'end_turn'),
      'bedrock-converse': converse([{ text: 'Cod.' }], 'end_turn'),
    },
  },
  {
    name: 'a refusal',
    said: {
      'openai-chat': chat({ refusal: 'No fish today.' }, 'stop'),
      'openai-responses': responses([
        { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No fish today.' }] },
      ]),
    },
    but: {
      'anthropic-messages': messages([{ type: 'text', text: 'No fish today.' }], 'end_turn'),
      gemini: candidates([{ text: 'No fish today.' }]),
      'bedrock-converse': converse([{ text: 'No fish today.' }], 'end_turn'),
    },
  },
];
