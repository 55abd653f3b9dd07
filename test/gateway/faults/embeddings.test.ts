// Embeddings from a provider that fails: a right error in OpenAI's words, and right books.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../fixtures/upstream/upstream.ts';
import { EMBEDDING, NANO_USD, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { twice } from './faults.ts';
import { post } from './post.ts';
import { settled } from './settled.ts';

const TEXTS = ['herring', 'a mackerel'];
const TOKENS = 2 + 3;
/** No tokenizer finds more in the body than it has bytes, and allowances. */
const MOST = 400;

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal({ timeouts: { firstByteMs: 300 } });
});
afterAll(() => shoal.close());

const oneVector = JSON.stringify({ object: 'list', data: [{ object: 'embedding', index: 0, embedding: [1] }], model: 'm' });
const FAULTS: readonly (readonly [name: string, script: readonly Behaviour[], status: number, least: number, most: number])[] = [
  ['a refusal', [{ refuse: { status: 400 } }], 400, 0, 0],
  ['one stumble', [{ refuse: { status: 500 } }], 200, TOKENS, TOKENS],
  ['an outage', twice({ refuse: { status: 503 } }), 503, 0, 0],
  ['a reset before the head', twice({ stop: { at: 'before-head', how: 'reset' } }), 502, TOKENS, 2 * MOST],
  ['a reset in the middle of the body', twice({ stop: { at: 1, how: 'reset' } }), 502, TOKENS, 2 * MOST],
  ['silence', twice({ stop: { at: 'before-head', how: 'silence' } }), 504, TOKENS, 2 * MOST],
  ['no usage', [{ usage: 'none' }], 200, TOKENS, MOST],
  ['slow bytes', [{ pieceBytes: 7, pauseMs: 1 }], 200, TOKENS, TOKENS],
  ['a vector too few', twice({ instead: { contentType: 'application/json', body: oneVector } }), 502, TOKENS, 2 * MOST],
];

describe('embeddings from a provider with', () => {
  it.each(FAULTS)('%s', async (_name, script, status, least, most) => {
    const before = shoal.spent();
    shoal.upstream.script(...script);
    const answer = await post(`${shoal.url}/v1/embeddings`, { model: EMBEDDING, input: TEXTS });
    const spent = await settled(shoal, before);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(status === 200 ? /"embedding":\[/ : /"error":\{"message":/);
    expect(spent).toBeGreaterThanOrEqual(least * NANO_USD.input);
    expect(spent).toBeLessThanOrEqual(most * NANO_USD.input);
  });
});
