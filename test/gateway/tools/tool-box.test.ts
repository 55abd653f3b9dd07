// Tools through the gateway: what an agent may see and call, and what it is told when it gets something wrong.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { GatewayConfig } from '#gateway';
import type { ToolBinding, ToolDefinition } from '#gateway/contract';
import { codeOf, KEY, openGateway } from '../open-gateway.ts';

const parameters = {
  type: 'object',
  properties: { word: { type: 'string', minLength: 2 }, times: { type: 'integer', minimum: 1 } },
  required: ['word'],
  additionalProperties: false,
};

function tool(run: ToolDefinition['run'], more: Partial<ToolDefinition> = {}): ToolDefinition {
  return { name: 'repeat', description: 'Repeats a word.', parameters, effect: 'read', run, ...more };
}

async function boxOf(tools: readonly ToolDefinition[], binding: Partial<ToolBinding> = {}, config: GatewayConfig = {}) {
  const { gateway } = await openGateway({ config });
  return { gateway, box: gateway.toolBox(tools, { stage: 'agents', runId: 'r', ...binding }) };
}

const echo = tool(async (args) => ({ ok: true, content: JSON.stringify(args) }));

describe('a tool box', () => {
  it('calls a tool with valid arguments and logs it', async () => {
    const { gateway, box } = await boxOf([echo]);
    expect(box.list()).toEqual([{ name: 'repeat', description: 'Repeats a word.', parameters }]);
    expect(await box.call('repeat', { word: 'toll', times: 2 })).toEqual({ ok: true, content: '{"word":"toll","times":2}' });
    expect(gateway.requests({ runId: 'r' })).toMatchObject([{ kind: 'tool', target: 'repeat', outcome: 'ok', stage: 'agents' }]);
  });

  it.each([
    [{}, 'word'],
    [{ word: 'a' }, 'word'],
    [{ word: 'toll', times: 0 }, 'times'],
    [{ word: 'toll', colour: 'blue' }, 'colour'],
    [undefined, 'arguments'],
  ])('says what is wrong with %j', async (args, named) => {
    const { box } = await boxOf([echo]);
    const result = await box.call('repeat', args);
    expect(result).toMatchObject({ ok: false });
    expect(result.content).toContain(named);
  });

  it('answers for a tool that is not allowed exactly as for one that does not exist', async () => {
    const { box } = await boxOf([echo, { ...echo, name: 'hidden' }], { allow: ['repeat'] });
    expect(box.list().map((spec) => spec.name)).toEqual(['repeat']);
    const hidden = await box.call('hidden', { word: 'toll' });
    const unknown = await box.call('absent', { word: 'toll' });
    expect(hidden).toEqual({ ok: false, content: unknown.content.replace('absent', 'hidden') });
  });

  it('repeats a read that fails in passing, and never a write', async () => {
    let calls = 0;
    const flaky: ToolDefinition['run'] = async () => {
      calls++;
      if (calls === 1) throw new ShoalError('tool_failed', 'Try again.');
      return { ok: true, content: 'done' };
    };
    const reading = await boxOf([tool(flaky)]);
    expect(await reading.box.call('repeat', { word: 'toll' })).toEqual({ ok: true, content: 'done' });
    expect(reading.gateway.requests({ runId: 'r' })).toMatchObject([{ attempts: 2 }]);
    calls = 0;
    const writing = await boxOf([tool(flaky, { effect: 'write' })]);
    expect(await codeOf(writing.box.call('repeat', { word: 'toll' }))).toBe('tool_failed');
    expect(calls).toBe(1);
  });

  it('does not wait for ever, even for a tool that ignores its signal', async () => {
    const { gateway, box } = await boxOf(
      [tool(() => new Promise(() => {}), { effect: 'write' })],
      {},
      { limits: { toolMs: 30 } },
    );
    expect(await codeOf(box.call('repeat', { word: 'toll' }))).toBe('tool_failed');
    expect(gateway.requests({ runId: 'r' })).toMatchObject([{ outcome: 'failed', errorCode: 'tool_failed' }]);
  });

  it('ends with its caller', async () => {
    const { box } = await boxOf([tool(() => new Promise(() => {}))]);
    const caller = new AbortController();
    const call = codeOf(box.call('repeat', { word: 'toll' }, caller.signal));
    caller.abort();
    expect(await call).toBe('cancelled');
  });

  it('cuts results that are too large, and says so', async () => {
    const { box } = await boxOf(
      [tool(async () => ({ ok: true, content: 'ü'.repeat(400), data: [1] }))],
      {},
      { limits: { toolResultBytes: 301 } },
    );
    const result = await box.call('repeat', { word: 'toll' });
    expect(result.content).toMatch(/^ü{150}\n\[cut: the result had \d+ bytes, the limit is 301\]$/);
    expect(result.data).toBeUndefined();
  });

  it('turns what a tool throws into tool_failed, and gives it no key of ours', async () => {
    const seen: unknown[] = [];
    const leaky = tool(async (args) => {
      seen.push(args);
      throw new Error(`refused with ${KEY}`);
    });
    const { box } = await boxOf([{ ...leaky, effect: 'write' }]);
    const error = await box.call('repeat', { word: KEY }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'tool_failed' });
    expect(String(error)).not.toContain(KEY);
    expect(seen).toEqual([{ word: '[redacted]' }]);
  });

  it('refuses a tool whose schema it could not check', async () => {
    await expect(boxOf([{ ...echo, parameters: { type: 'nonsense' } }])).rejects.toMatchObject({ code: 'invalid_config' });
  });
});
