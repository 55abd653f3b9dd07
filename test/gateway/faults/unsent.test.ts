// Requests that cannot be made for the provider that is to serve them: the client is told what is wrong in its own API's
// words, the provider never hears of it, and it costs nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANTHROPIC, GEMINI, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { settled } from './settled.ts';

const CHAT = '/v1/chat/completions';
const RESPONSES = '/v1/responses';
const GRAMMAR = { type: 'custom', name: 'grammar' };

let shoal: Shoal;
beforeAll(async () => {
  const rates = { inputUsdPerMillion: 1, outputUsdPerMillion: 10 };
  shoal = await startShoal({ prices: { 'anthropic/claude-no-embedding': rates } });
});
afterAll(() => shoal.close());

describe.each([false, true])('what cannot be sent (streamed: %s)', (stream) => {
  it.each([
    ['messages that are none', CHAT, { model: ANTHROPIC, messages: 'Hello' }, /"message":"`messages`/],
    [
      'an upload that only OpenAI can read',
      CHAT,
      { model: ANTHROPIC, messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] },
      /"message":"The request holds a file .*cannot be shown/,
    ],
    [
      'a part that nobody knows',
      CHAT,
      { model: GEMINI, messages: [{ role: 'user', content: [{ type: 'not_invented_yet' }] }] },
      /not_invented_yet/,
    ],
    [
      'a forced tool that only OpenAI knows',
      RESPONSES,
      { model: GEMINI, input: 'Hello', tools: [GRAMMAR], tool_choice: GRAMMAR },
      /"param":"tool_choice"/,
    ],
    [
      'blocks that are none',
      '/v1/messages',
      { model: OPENAI, max_tokens: 10, messages: [{ role: 'user', content: [7] }] },
      /"type":"invalid_request_error","message":"`?messages/,
    ],
    [
      'parts that are none',
      `/v1beta/models/${OPENAI}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      { contents: [{ parts: [{ text: 7 }] }] },
      /"status":"INVALID_ARGUMENT"/,
    ],
  ])('%s', async (_name, path, body, words) => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const answer = await post(`${shoal.url}${path}`, path.startsWith('/v1beta') ? body : { ...body, stream });
    expect(answer.text).toMatch(words);
    expect(answer.status).toBe(400);
    expect(await settled(shoal, before)).toBe(0);
    expect(shoal.upstream.seen.length).toBe(asked);
  });
});

describe('embeddings', () => {
  it('of a provider that makes none', async () => {
    const before = shoal.spent();
    const answer = await post(`${shoal.url}/v1/embeddings`, { model: 'anthropic/claude-no-embedding', input: 'Hello' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('does not embed');
    expect(await settled(shoal, before)).toBe(0);
  });
});
