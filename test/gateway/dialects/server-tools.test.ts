// Tools that only one API knows, on the way to every other: left out and named, or refused where they are forced.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect, DialectId } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import type { Json } from '../../../gateway/models/exchange.ts';

const messages = [{ role: 'user', content: 'What is new?' }];
const chatFunction = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };
const spec = { toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } };

interface Asked {
  readonly dialect: Dialect;
  readonly model: string;
  /** A request with a tool of this API's own beside a function. */
  readonly offered: Json;
  /** One that forces it; undefined where the API cannot. */
  readonly forced: Json | undefined;
  /** What its own API is shown of it. */
  readonly shown: string;
}
const ASKED: Readonly<Record<DialectId, Asked>> = {
  'openai-chat': {
    dialect: openAiChat,
    model: 'gpt-4o-search-preview',
    offered: { messages, tools: [chatFunction], web_search_options: { search_context_size: 'low' } },
    forced: {
      messages,
      tools: [chatFunction, { type: 'custom', custom: { name: 'grammar' } }],
      tool_choice: { type: 'custom', custom: { name: 'grammar' } },
    },
    shown: 'web_search_options',
  },
  'openai-responses': {
    dialect: openAiResponses,
    model: 'gpt-5',
    offered: { input: 'What is new?', tools: [{ type: 'function', name: 'weather', parameters: {} }, { type: 'web_search' }] },
    forced: { input: 'What is new?', tools: [{ type: 'web_search' }], tool_choice: { type: 'web_search' } },
    shown: 'web_search',
  },
  'anthropic-messages': {
    dialect: anthropicMessages,
    model: 'claude-sonnet-4-6',
    offered: {
      messages,
      max_tokens: 10,
      tools: [
        { name: 'weather', input_schema: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
    },
    forced: {
      messages,
      max_tokens: 10,
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
      tool_choice: { type: 'tool', name: 'web_search' },
    },
    shown: 'web_search_20250305',
  },
  gemini: {
    dialect: gemini,
    model: 'gemini-2.5-pro',
    offered: {
      contents: [{ role: 'user', parts: [{ text: 'What is new?' }] }],
      tools: [{ functionDeclarations: [{ name: 'weather' }] }, { googleSearch: {} }],
    },
    forced: undefined,
    shown: 'googleSearch',
  },
  'bedrock-converse': {
    dialect: bedrockConverse,
    model: 'amazon.nova-premier-v1:0',
    offered: {
      messages: [{ role: 'user', content: [{ text: 'What is new?' }] }],
      toolConfig: { tools: [spec, { systemTool: { name: 'nova_grounding' } }] },
    },
    forced: {
      messages: [{ role: 'user', content: [{ text: 'What is new?' }] }],
      toolConfig: {
        tools: [spec, { systemTool: { name: 'nova_grounding' } }],
        toolChoice: { tool: { name: 'nova_grounding' } },
      },
    },
    shown: 'nova_grounding',
  },
};
const all = Object.values(ASKED);
const PAIRS = all.flatMap((from) =>
  all.filter((to) => to !== from).map((to) => ({ from, to, name: `from ${from.dialect.id} to ${to.dialect.id}` })),
);

const sent = (from: Asked, to: Asked, json: Json): ReturnType<Dialect['encodeRequest']> => {
  const request = from.dialect.decodeRequest({ ...json, model: from.model });
  return to.dialect.encodeRequest({ ...request, model: to.model, maxOutputTokens: 100 });
};

describe.each(PAIRS)('a tool that only one API knows, $name', ({ from, to }) => {
  it('is left out and named, and the functions beside it go on', () => {
    const { json, dropped } = sent(from, to, from.offered);
    expect(dropped).toEqual(['tools']);
    expect(JSON.stringify(json)).not.toContain(from.shown);
    const arrived = to.dialect.decodeRequest({ ...json, model: to.model });
    expect(arrived.tools.map((tool) => tool.name)).toEqual(['weather']);
  });
});

describe('a tool that only one API knows and that is forced', () => {
  it.each(PAIRS.filter(({ from }) => from.forced !== undefined))('is refused $name', ({ from, to }) => {
    expect(() => sent(from, to, from.forced ?? {})).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining('tool_choice') as string }),
    );
  });
});

describe('some tool, forced', () => {
  // The search of chat completions is no tool that could be chosen.
  it.each(PAIRS.filter(({ from }) => from.dialect !== openAiChat))('is refused where none is left, $name', ({ from, to }) => {
    const request = from.dialect.decodeRequest({ ...from.offered, model: from.model });
    const only = { ...request, tools: [], toolChoice: { kind: 'required' as const }, model: to.model, maxOutputTokens: 100 };
    expect(() => to.dialect.encodeRequest(only)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe.each(all)('a tool of $dialect.id', (asked) => {
  it('reaches its own API, forced or not', () => {
    const { json, dropped } = sent(asked, asked, asked.offered);
    expect(dropped).toEqual([]);
    expect(JSON.stringify(json)).toContain(asked.shown);
    expect(sent(asked, asked, asked.forced ?? asked.offered).dropped).toEqual([]);
  });
});

describe('a forced function', () => {
  it.each(PAIRS)('is forced still when a tool beside it is left out, $name', ({ from, to }) => {
    const request = from.dialect.decodeRequest({ ...from.offered, model: from.model });
    const toolChoice = { kind: 'tool' as const, name: 'weather' };
    const { json, dropped } = to.dialect.encodeRequest({ ...request, toolChoice, model: to.model, maxOutputTokens: 100 });
    expect(dropped).toEqual(['tools']);
    expect(to.dialect.decodeRequest({ ...json, model: to.model }).toolChoice).toEqual(toolChoice);
  });
});

describe('a list of allowed tools', () => {
  it('is shown only to the API in whose form it is', () => {
    const chat = { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } };
    const responses = { type: 'allowed_tools', mode: 'auto', tools: [] };
    const request = openAiChat.decodeRequest({ messages, model: 'm', tools: [chatFunction] });
    const encoded = (dialect: Dialect, choice: Json) => dialect.encodeRequest({ ...request, extra: { tool_choice: choice } });
    expect(encoded(openAiChat, chat).json).toMatchObject({ tool_choice: chat });
    expect(encoded(openAiChat, responses)).toMatchObject({ dropped: ['tool_choice'] });
    expect(encoded(openAiResponses, responses).json).toMatchObject({ tool_choice: responses });
    expect(encoded(openAiResponses, chat)).toMatchObject({ dropped: ['tool_choice'] });
  });
});
