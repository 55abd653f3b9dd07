// The ways through the gateway that faults are sent down: each door with a provider of its own API and of another.
import { ANTHROPIC, BEDROCK, GEMINI, OPENAI } from '../clients/shoal.ts';

export interface Way {
  readonly name: string;
  readonly path: (stream: boolean) => string;
  readonly model: string;
  readonly body: (stream: boolean) => Record<string, unknown>;
  /** The text of the model in an answer, whole or streamed. */
  readonly textOf: (answer: string) => string;
  /** What an error looks like, whole or as the last event of a stream. */
  readonly error: RegExp;
}

export const CAP = 600;
const MESSAGES = [{ role: 'user', content: 'Hello' }];
export const SAID = 'You said: Hello – grüße 🐟';

const chat = (model: string): Omit<Way, 'name'> => ({
  path: () => '/v1/chat/completions',
  model,
  body: (stream) => ({
    model,
    stream,
    messages: MESSAGES,
    max_tokens: CAP,
    ...(stream ? { stream_options: { include_usage: true } } : {}),
  }),
  textOf: (answer) => textsIn(answer, ({ choices }) => choices?.[0]?.delta?.content ?? choices?.[0]?.message?.content),
  error: /"error":\{"message":/,
});
const responses = (model: string): Omit<Way, 'name'> => ({
  path: () => '/v1/responses',
  model,
  body: (stream) => ({ model, stream, input: 'Hello', max_output_tokens: CAP }),
  textOf: (answer) =>
    textsIn(answer, ({ type, delta, output }) =>
      type === 'response.output_text.delta' ? delta : output?.[0]?.content?.[0]?.text,
    ),
  error: /"error":\{|"type":"error"/,
});
const messages = (model: string): Omit<Way, 'name'> => ({
  path: () => '/v1/messages',
  model,
  body: (stream) => ({ model, stream, messages: MESSAGES, max_tokens: CAP }),
  textOf: (answer) => textsIn(answer, ({ delta, content }) => delta?.text ?? content?.[0]?.text),
  error: /"type":"error"/,
});

const generateContent = (model: string): Omit<Way, 'name'> => ({
  path: (stream) => `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  model,
  body: () => ({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }], generationConfig: { maxOutputTokens: CAP } }),
  textOf: (answer) => textsIn(answer, ({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text),
  error: /"error":\{"code":/,
});

export const WAYS: readonly Way[] = [
  { name: 'chat, passed on', ...chat(OPENAI) },
  { name: 'chat → Anthropic', ...chat(ANTHROPIC) },
  { name: 'chat → Gemini', ...chat(GEMINI) },
  { name: 'chat → Bedrock', ...chat(BEDROCK) },
  { name: 'responses, passed on', ...responses(OPENAI) },
  { name: 'responses → Anthropic', ...responses(ANTHROPIC) },
  { name: 'messages, passed on', ...messages(ANTHROPIC) },
  { name: 'messages → OpenAI', ...messages(OPENAI) },
  { name: 'messages → Bedrock', ...messages(BEDROCK) },
  { name: 'generateContent, passed on', ...generateContent(GEMINI) },
  { name: 'generateContent → OpenAI', ...generateContent(OPENAI) },
  { name: 'generateContent → Anthropic', ...generateContent(ANTHROPIC) },
];

// eslint-disable-next-line typescript/no-explicit-any -- three APIs, and only where the text stands matters
function textsIn(answer: string, pick: (json: any) => unknown): string {
  const jsons = answer.startsWith('{') ? [answer] : answer.split(/\r?\n/).filter((line) => line.startsWith('data: {'));
  return jsons
    .map((text) => pick(JSON.parse(text.replace(/^data: /, ''))))
    .filter((text) => typeof text === 'string')
    .join('');
}
