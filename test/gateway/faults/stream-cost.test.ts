// What a stream cost, told behind it to clients that read trailers, whether it came to its end or not.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { twice } from './faults.ts';
import { post } from './post.ts';
import { settled } from './settled.ts';
import { SAID, WAYS } from './ways.ts';

const COST = 'x-shoal-cost-nano-usd';

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each(WAYS)('$name', ({ path, body, error, textOf }) => {
  it.each(['trailers', 'gzip, trailers', 'Trailers,deflate;q=0.5'])('tells its cost behind a stream (te: %s)', async (te) => {
    const before = shoal.spent();
    const answer = await post(`${shoal.url}${path(true)}`, body(true), { headers: { te } });
    const spent = await settled(shoal, before);
    expect(answer).toMatchObject({ status: 200, broken: false });
    expect(answer.headers['trailer']).toBe(COST);
    expect(spent).toBeGreaterThan(0);
    expect(answer.trailers[COST]).toBe(String(spent));
  });

  it('tells what a stream that broke off cost', async () => {
    const before = shoal.spent();
    shoal.upstream.script(...twice({ stop: { at: 2, how: 'reset' } }));
    const answer = await post(`${shoal.url}${path(true)}`, body(true), { headers: { te: 'trailers' } });
    const spent = await settled(shoal, before);
    expect(answer.text).toMatch(error);
    expect(spent).toBeGreaterThan(0);
    expect(answer.trailers[COST]).toBe(String(spent));
  });

  it.each([undefined, 'deflate', 'trailersish'])(
    'says nothing of it to a client that does not read trailers (te: %s)',
    async (te) => {
      const answer = await post(`${shoal.url}${path(true)}`, body(true), te === undefined ? {} : { headers: { te } });
      expect(answer).toMatchObject({ status: 200, broken: false, trailers: {} });
      expect(answer.headers['trailer']).toBeUndefined();
    },
  );

  it('says nothing of it where there is no place behind the answer (HTTP/1.0)', async () => {
    const { hostname, port } = new URL(shoal.url);
    const json = JSON.stringify(body(true));
    const socket = connect(Number(port), hostname);
    const head = `POST ${path(true)} HTTP/1.0\r\nhost: ${hostname}:${port}\r\nte: trailers\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n`;
    socket.write(head + json);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.[01] 200 /);
    expect(answer).not.toMatch(/\r\ntrailer:/i);
    expect(textOf(answer)).toBe(SAID);
  });

  it('tells it in a header of a whole answer', async () => {
    const before = shoal.spent();
    const answer = await post(`${shoal.url}${path(false)}`, body(false), { headers: { te: 'trailers' } });
    expect(answer.headers[COST]).toBe(String(await settled(shoal, before)));
    expect(answer.trailers).toEqual({});
  });
});
