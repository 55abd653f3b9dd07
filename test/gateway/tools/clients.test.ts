// The official clients of both generations at the gateway's address, over servers of either era.
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { startEverything } from '../../fixtures/mcp/everything-server.ts';
import { openTools } from './open-tools.ts';

const info = { name: 'test-client', version: '1.0.0' };
const ERAS = ['legacy', 'modern'] as const;

async function openEverything(
  eras: (typeof ERAS)[number],
): Promise<{ readonly url: URL; readonly upstream: Awaited<ReturnType<typeof startEverything>> }> {
  const upstream = await startEverything(eras);
  onTestFinished(() => upstream.close());
  const { url } = await openTools({ tools: { servers: { all: { url: upstream.url } } } });
  return { url: new URL(`${url}/mcp/all`), upstream };
}

async function legacyClient(url: URL): Promise<LegacyClient> {
  const client = new LegacyClient(info, { capabilities: { sampling: {}, elicitation: {} } });
  client.setRequestHandler(CreateMessageRequestSchema, async ({ params }) => {
    const [first] = params.messages;
    const said = first === undefined || Array.isArray(first.content) || first.content.type !== 'text' ? '' : first.content.text;
    return { role: 'assistant', model: 'test', content: { type: 'text', text: `heard: ${said}` } };
  });
  client.setRequestHandler(ElicitRequestSchema, async () => ({
    action: 'accept',
    content: { username: 'ada', email: 'ada@example.com' },
  }));
  await client.connect(new LegacyTransport(url));
  onTestFinished(() => client.close());
  return client;
}

describe.each(ERAS)('the client of the first SDK, at a %s server', (eras) => {
  it('lists, calls, and hears of progress and of what is logged', async () => {
    const { url } = await openEverything(eras);
    const client = await legacyClient(url);
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('test_simple_text');
    const logged: unknown[] = [];
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logged.push(params.data));
    await client.callTool({ name: 'test_tool_with_logging', arguments: {} });
    expect(logged).toEqual(['Tool execution started', 'Tool execution processing data', 'Tool execution completed']);
    const progress: number[] = [];
    await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, undefined, {
      onprogress: (told) => void progress.push(told.progress),
    });
    expect(progress).toEqual([0, 50, 100]);
    await client.setLoggingLevel('error');
    await client.callTool({ name: 'test_tool_with_logging', arguments: {} });
    expect(logged).toHaveLength(3);
  });

  it('is asked for samples and by forms while it waits', async () => {
    const { url } = await openEverything(eras);
    const client = await legacyClient(url);
    const sampled = await client.callTool({ name: 'test_sampling', arguments: { prompt: 'the question' } });
    expect(sampled.content).toEqual([{ type: 'text', text: 'LLM response: heard: the question' }]);
    const asked = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } });
    expect(asked.content).toEqual([
      { type: 'text', text: 'User response: action=accept, content={"username":"ada","email":"ada@example.com"}' },
    ]);
  });

  it('reads resources and prompts, completes, and hears of changed tools', async () => {
    const { url } = await openEverything(eras);
    const client = await legacyClient(url);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toContain('test://static-text');
    expect((await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'test://template/{id}/data',
    ]);
    const read = await client.readResource({ uri: 'test://template/7/data' });
    expect(JSON.stringify(read.contents)).toContain('Data for ID: 7');
    const prompt = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } });
    expect(JSON.stringify(prompt.messages)).toContain("arg1='a', arg2='b'");
    const completed = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 't' },
    });
    expect(completed.completion.values).toEqual(['test']);
    const changed = new Promise<void>((resolve) =>
      client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve()),
    );
    await client.callTool({ name: 'test_trigger_tool_change', arguments: {} });
    await changed;
    await expect(client.readResource({ uri: 'test://nowhere' })).rejects.toMatchObject({ code: -32_002 });
  });
});

it.each(ERAS)(
  'a resource that a client of the first SDK subscribed to, at a %s server, is told of until it is not wanted',
  async (eras) => {
    const { url, upstream } = await openEverything(eras);
    const client = await legacyClient(url);
    const updated: string[] = [];
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void updated.push(params.uri));
    await client.subscribeResource({ uri: 'test://watched-resource' });
    await expect
      .poll(
        () => {
          upstream.touch('test://watched-resource');
          return updated[0];
        },
        { timeout: 10_000, interval: 30 },
      )
      .toBe('test://watched-resource');
    await client.unsubscribeResource({ uri: 'test://watched-resource' });
    const heard = updated.length;
    upstream.touch('test://watched-resource');
    await client.ping();
    expect(updated).toHaveLength(heard);
  },
);

describe.each(ERAS)('the client of the second SDK, at a %s server', (eras) => {
  it.each(['auto', 'legacy'] as const)('calls and answers forms (negotiation: %s)', async (mode) => {
    const { url } = await openEverything(eras);
    const client = new ModernClient(info, { capabilities: { elicitation: {} }, versionNegotiation: { mode } });
    client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: { name: 'ada' } }));
    await client.connect(new ModernTransport(url));
    onTestFinished(() => client.close());
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('test_simple_text');
    const greeted = await client.callTool({ name: 'test_input_required_result_elicitation', arguments: {} });
    expect(greeted.content).toEqual([{ type: 'text', text: 'Hello, ada!' }]);
    const header = await client.callTool({ name: 'test_custom_header_tool', arguments: { message: 'grüß dich' } });
    expect(header.content).toEqual([{ type: 'text', text: 'Message: grüß dich' }]);
  });
});
