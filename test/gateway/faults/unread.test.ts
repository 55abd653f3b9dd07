// Streams that are passed on unread: what this gateway could not make sense of it must not stumble over later.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANTHROPIC, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { booksOf, settled } from './settled.ts';
import { CAP } from './ways.ts';

const NEW_PART = [{ type: 'not_invented_yet', data: 1 }];
const MESSAGES = [{ role: 'user', content: NEW_PART }];

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each([
  ['/v1/chat/completions', { model: OPENAI, messages: MESSAGES, max_tokens: CAP }, /"error":\{"message":/],
  [
    '/v1/responses',
    { model: OPENAI, input: [{ role: 'user', content: NEW_PART }], max_output_tokens: CAP },
    /"type":"error"|"error":\{/,
  ],
  ['/v1/messages', { model: ANTHROPIC, messages: MESSAGES, max_tokens: CAP }, /"type":"error"/],
])('%s with a part that nobody here knows', (path, body, error) => {
  it('is passed on', async () => {
    const answer = await post(`${shoal.url}${path}`, { ...body, stream: true });
    expect(answer).toMatchObject({ status: 200, broken: false });
    expect(JSON.stringify(shoal.upstream.seen.at(-1)?.body)).toContain('not_invented_yet');
  });

  it('is told of a break in its own API’s words', async () => {
    const before = shoal.spent();
    shoal.upstream.script({ stop: { at: 2, how: 'reset' } });
    const answer = await post(`${shoal.url}${path}`, { ...body, stream: true });
    expect(answer).toMatchObject({ status: 200, broken: false });
    expect(answer.text).toMatch(error);
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(-1), 'reckoned')).toBe('right');
  });
});
