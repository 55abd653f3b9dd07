// Usage that is told before the last words were written, by servers of the one API that tells it in an event of its own:
// it is not the whole, so what was written since is reckoned on top.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf, NANO_USD, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { booksOf, settled } from './settled.ts';
import { SAID, WAYS } from './ways.ts';

const TOLD = { input: 20, output: 1, cached: 0 };

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each(WAYS.filter(({ model, name }) => model === OPENAI && !name.startsWith('responses')))('$name', (way) => {
  it('is answered, and charged more than was told', async () => {
    const before = shoal.spent();
    const first = shoal.upstream.seen.length;
    shoal.upstream.script({ usage: 'middle', reply: { usage: TOLD } });
    const answer = await post(`${shoal.url}${way.path(true)}`, way.body(true));
    const spent = await settled(shoal, before);
    expect(way.textOf(answer.text)).toBe(SAID);
    expect(spent).toBeGreaterThan(costOf(TOLD) + NANO_USD.output);
    expect(booksOf(spent, shoal.upstream.seen.slice(first), 'reckoned')).toBe('right');
  });
});
