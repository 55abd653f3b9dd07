// A provider that says nothing for too long: before the head, and between two tokens. The limits are short here, so
// this Shoal is used for nothing else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { booksOf, settled } from './settled.ts';
import { WAYS } from './ways.ts';

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal({ timeouts: { firstByteMs: 300, idleMs: 300 }, retries: { attempts: 1 } });
});
afterAll(() => shoal.close());

/** Time is counted by the second here, so not every way is tried. */
const TRIED = WAYS.filter(({ name }) =>
  ['chat, passed on', 'chat → Anthropic', 'messages, passed on', 'responses → Anthropic'].includes(name),
);

describe.each(TRIED)('$name', ({ path, body, error }) => {
  it.each(['whole', 'streamed'])('silence before the head is a timeout, and may have been work (%s)', async (how) => {
    const before = shoal.spent();
    shoal.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
    const answer = await post(`${shoal.url}${path(how === 'streamed')}`, body(how === 'streamed'));
    expect(answer.status).toBe(504);
    expect(answer.text).toMatch(error);
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(-1), 'reckoned')).toBe('right');
    expect(shoal.upstream.seen.at(-1)?.ended).toBe('left');
  });

  it('silence between two tokens ends the stream with an error', async () => {
    const before = shoal.spent();
    shoal.upstream.script({ stop: { at: 2, how: 'silence' } });
    const answer = await post(`${shoal.url}${path(true)}`, body(true));
    expect(answer).toMatchObject({ status: 200, broken: false });
    expect(answer.text).toMatch(error);
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(-1), 'reckoned')).toBe('right');
    expect(shoal.upstream.seen.at(-1)?.ended).toBe('left');
  });
});
