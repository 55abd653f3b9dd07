// Every way in which a provider can fail, down every way through the gateway: the client gets a right answer or a right
// error in its own API's words, and afterwards the books are right.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { CASES, LARGE } from './faults.ts';
import { post } from './post.ts';
import type { Posted } from './post.ts';
import { booksOf, settled } from './settled.ts';
import { SAID, WAYS } from './ways.ts';
import type { Way } from './ways.ts';

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each(WAYS)('$name', (way) => {
  it.each(CASES)('%s (%s)', async (_name, how, { script, gets, books }) => {
    const before = shoal.spent();
    const first = shoal.upstream.seen.length;
    shoal.upstream.script(...script);
    const answer = await post(`${shoal.url}${way.path(how === 'streamed')}`, way.body(how === 'streamed'));
    const spent = await settled(shoal, before);
    const seen = shoal.upstream.seen.slice(first);

    expect(outcomeOf(answer, way)).toBe(
      gets === 'error' && how === 'streamed' && answer.status === 200 ? 'error in the stream' : gets,
    );
    expect(booksOf(spent, seen, books)).toBe('right');
  });
});

/** What a client of this API takes the answer for. */
function outcomeOf({ status, broken, text }: Posted, way: Way): string {
  if (broken) return 'a broken connection';
  if (status !== 200) return way.error.test(text) ? 'error' : 'an error in the wrong words';
  if (way.error.test(text)) return 'error in the stream';
  const said = way.textOf(text);
  return said === SAID || said === LARGE ? 'answer' : `other words: ${said.slice(0, 100)}`;
}
