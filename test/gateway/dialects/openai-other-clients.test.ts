// Clients that read OpenAI's APIs with parsers of their own.
import { createOpenAI } from '@ai-sdk/openai';
import type { OpenAIProvider } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, jsonSchema, Output, streamText, tool } from 'ai';
import type { ToolSet } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startAnsweringServer } from './answering-server.ts';
import type { AnsweringServer } from './answering-server.ts';

let server: AnsweringServer;
let provider: OpenAIProvider;

beforeAll(async () => {
  server = await startAnsweringServer();
  provider = createOpenAI({ apiKey: 'none', baseURL: server.baseURL });
});

afterAll(() => server.close());

const parameters = { type: 'object', properties: { depth: { type: 'number' } } } as const;
// The set's own type does not fit this compiler's exact optional properties.
const tools = {
  dive: tool({ description: 'Dives', inputSchema: jsonSchema<{ depth: number }>(parameters) }),
} as unknown as ToolSet;
const output = Output.object({ schema: z.object({ fish: z.string(), count: z.number() }) });

describe.each(['chat', 'responses'] as const)('the AI SDK by %s', (api) => {
  it('generates text and structured output', async () => {
    const model = provider[api]('some-model');
    const { text, usage } = await generateText({ model, prompt: 'Hello' });
    expect(text).toBe('Grüße 🐟');
    expect(usage).toMatchObject({ inputTokens: 5, outputTokens: 7 });
    const structured = await generateText({ model, prompt: 'Hello', output });
    expect(structured.output).toEqual({ fish: 'herring', count: 3 });
  });

  it('streams text and the call of a tool', async () => {
    const model = provider[api]('some-model');
    const errors: unknown[] = [];
    const onError = ({ error }: { readonly error: unknown }): void => void errors.push(error);
    const streamed = streamText({ model, prompt: 'Hello', onError });
    expect(await streamed.text).toBe('Grüße 🐟');
    const called = streamText({ model, prompt: 'Hello', tools, onError });
    expect(await called.toolCalls).toMatchObject([{ toolName: 'dive', input: { depth: 3 } }]);
    expect(await called.finishReason).toBe('tool-calls');
    expect(errors).toEqual([]);
  });
});

describe.each([{ useResponsesApi: false }, { useResponsesApi: true }])(
  'LangChain with $useResponsesApi',
  ({ useResponsesApi }) => {
    it('invokes, streams and calls tools', async () => {
      const model = new ChatOpenAI({
        model: 'some-model',
        apiKey: 'none',
        useResponsesApi,
        configuration: { baseURL: server.baseURL },
      });
      const whole = await model.invoke('Hello');
      expect(whole.text).toBe('Grüße 🐟');
      expect(whole.usage_metadata).toMatchObject({ input_tokens: 5, output_tokens: 7 });
      let text = '';
      for await (const chunk of await model.stream('Hello')) text += chunk.text;
      expect(text).toBe('Grüße 🐟');
      const dive = { type: 'function' as const, function: { name: 'dive', parameters: { type: 'object', properties: {} } } };
      const called = await model.bindTools([dive]).invoke('Hello');
      expect(called.tool_calls).toMatchObject([{ name: 'dive', args: { depth: 3 } }]);
    });
  },
);
