// Every place where a text can stand, by API: a guardrail sees all of them, and each can be replaced.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { ChangeText, TextSlot } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import type { Json } from '../../../gateway/models/exchange.ts';

// Each text is the first letter of its role and a number; what is no text holds no such thing.
const ANTHROPIC: Json = {
  system: [{ type: 'text', text: 's1' }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'u1' },
        { type: 'document', title: 'u2', context: 'u3', source: { type: 'text', media_type: 'text/plain', data: 'u4' } },
        { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'u5' }] } },
        { type: 'search_result', source: 'x', title: 'u6', content: [{ type: 'text', text: 'u7' }] },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'left alone', signature: 'sig' },
        { type: 'text', text: 'a1', citations: [{ type: 'char_location', cited_text: 'a2', document_title: 'a3' }] },
        { type: 'tool_use', id: 'x', name: 'go', input: { to: ['a4', { cc: 'a5' }], n: 4 } },
        { type: 'server_tool_use', id: 'y', name: 'web_search', input: { query: 'a6' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 'y',
          content: [{ type: 'web_search_result', encrypted_content: 'sealed' }],
        },
        { type: 'mcp_tool_use', id: 'z', name: 'go', server_name: 'x', input: { q: 'a7' } },
        { type: 'mcp_tool_result', tool_use_id: 'z', content: [{ type: 'text', text: 't1' }] },
        { type: 'bash_code_execution_tool_result', tool_use_id: 'w', content: { type: 'x', stdout: 't2', stderr: 't3' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 't4' }] },
  ],
};
const GEMINI: Json = {
  systemInstruction: { parts: [{ text: 's1' }] },
  contents: [
    { role: 'user', parts: [{ text: 'u1' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
    {
      role: 'model',
      parts: [
        { text: 'left alone', thought: true },
        { functionCall: { name: 'go', args: { to: ['a1', { cc: 'a2' }], n: 4 } }, thoughtSignature: 'sig' },
        { executableCode: { language: 'PYTHON', code: 'a3' } },
        { codeExecutionResult: { outcome: 'OUTCOME_OK', output: 't1' } },
      ],
    },
    { role: 'user', parts: [{ functionResponse: { name: 'go', response: { output: ['t2', { more: 't3' }] } } }] },
  ],
};
const BEDROCK: Json = {
  system: [{ text: 's1' }, { cachePoint: { type: 'default' } }],
  messages: [
    {
      role: 'user',
      content: [
        { text: 'u1' },
        { document: { name: 'x', format: 'txt', context: 'u2', source: { text: 'u3' } } },
        { document: { name: 'x', format: 'txt', source: { content: [{ text: 'u4' }] } } },
        { guardContent: { text: { text: 'u5' } } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'left alone', signature: 'sig' } } },
        { citationsContent: { content: [{ text: 'a1' }], citations: [{ title: 'x', sourceContent: [{ text: 'a2' }] }] } },
        { toolUse: { toolUseId: 'x', name: 'go', input: { to: ['a3', { cc: 'a4' }], n: 4 } } },
      ],
    },
    {
      role: 'user',
      content: [{ toolResult: { toolUseId: 'x', content: [{ text: 't1' }, { json: { got: ['t2'] } }] } }],
    },
  ],
};
const CHAT: Json = {
  messages: [
    { role: 'user', content: 'u1' },
    { role: 'assistant', content: 'a1', function_call: { name: 'go', arguments: '{"to":["a2"],"n":4}' } },
    {
      role: 'assistant',
      tool_calls: [
        { id: 'x', type: 'function', function: { name: 'go', arguments: '{"to":["a3",{"cc":"a4"}]}' } },
        { id: 'y', type: 'custom', custom: { name: 'sh', input: 'a5' } },
      ],
    },
    { role: 'tool', tool_call_id: 'x', content: 't1' },
  ],
};
const RESPONSES: Json = {
  instructions: 's1',
  input: [
    { role: 'user', content: 'u1' },
    { type: 'function_call', call_id: 'x', name: 'go', arguments: '{"to":["a1",{"cc":"a2"}]}' },
    { type: 'function_call_output', call_id: 'x', output: 't1' },
    { type: 'mcp_call', name: 'go', server_label: 'x', arguments: '{"to":"a3"}', output: 't2' },
    { type: 'code_interpreter_call', code: 'a4', outputs: [{ type: 'logs', logs: 't3' }] },
    { type: 'shell_call', call_id: 'y', action: { commands: ['a5'] } },
    { type: 'shell_call_output', call_id: 'y', output: [{ stdout: 't4', stderr: 't5' }] },
    { type: 'apply_patch_call', call_id: 'z', operation: { diff: 'a6' } },
    { type: 'apply_patch_call_output', call_id: 'z', output: 't6' },
  ],
};

interface Walked {
  readonly name: string;
  readonly json: Json;
  readonly texts: (json: Json) => readonly TextSlot[];
  readonly change: (json: Json, change: ChangeText) => Json;
}
const WALKS: readonly Walked[] = (
  [
    [anthropicMessages, ANTHROPIC],
    [gemini, GEMINI],
    [bedrockConverse, BEDROCK],
    [openAiChat, CHAT],
    [openAiResponses, RESPONSES],
  ] as const
).map(([dialect, json]) => ({
  name: dialect.id,
  json,
  texts: (one) => dialect.requestTexts(one),
  change: (one, change) => dialect.withRequestTexts(one, change),
}));

const shouted = ({ role, text }: TextSlot): string => `${role.toUpperCase()} "${text.slice(1)}"`;

describe.each(WALKS)('the texts of a request by $name', ({ json, texts, change }) => {
  const written = (JSON.stringify(json).match(/\b[suat]\d\b/g) ?? []).toSorted();

  it('are all found, each with the role of who wrote it', () => {
    const found = texts(json);
    expect(found.map(({ text }) => text).toSorted()).toEqual(written);
    expect(found.filter(({ role, text }) => !text.startsWith(role.charAt(0)))).toEqual([]);
  });

  it('are all replaced, and nothing else is', () => {
    const changed = change(json, shouted);
    expect(JSON.stringify(changed)).not.toMatch(/\b[suat]\d\b/);
    const back = change(changed, ({ text }) => `${text.charAt(0).toLowerCase()}${/\d+/.exec(text)?.[0]}`);
    expect(back).toEqual(json);
    expect(change(json, ({ text }) => text)).toBe(json);
  });
});
