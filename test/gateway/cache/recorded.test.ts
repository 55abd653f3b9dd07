// The run cassette through the same steps as the cache: runs recorded before are found, and what is recorded now reads
// as it always did.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Cassette, CassetteEntry, GenerateRequest } from '#foundation';
import { cassetteAnswers, recorded } from '../../../gateway/models/cache/recorded.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import { ask, MODEL, openGateway } from '../open-gateway.ts';
import { callOf, collect, contentOf, modelOf, requestOf, responseOf, textIn, through } from './calls.ts';

/** As a run's file keeps it: through JSON. */
function jsonCassette(): Cassette & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    get: (hash) => {
      const row = rows.get(hash);
      return row === undefined ? undefined : (JSON.parse(row) as CassetteEntry);
    },
    put: (hash, entry) => void rows.set(hash, JSON.stringify(entry)),
  };
}

const localCall = (request: GenerateRequest, streamed = false) => {
  const output = streamed ? collect() : undefined;
  const text = request.messages.at(-1)?.content ?? '';
  const content = { ...contentOf(requestOf(text)), local: request };
  return { output, call: callOf('', { target: MODEL, content, output }) };
};
const stepOf = (cassette: Cassette) => recorded(cassetteAnswers(cassette, () => 0));

describe('a recorded run', () => {
  it('is found by the hashes it was recorded under', async () => {
    const cassette = jsonCassette();
    const { gateway } = await openGateway();
    const before = await gateway.languageModel({ model: MODEL, cassette }).generate(ask('Hi'));
    const model = modelOf(() => responseOf('not this'));
    const { call } = localCall(ask('Hi'));
    const answer = await through(stepOf(cassette), model)(call);
    expect(textIn(answer)).toBe(before.text);
    expect(call.tally).toMatchObject({ fromCassette: true, inputTokens: before.usage.inputTokens, costNanoUsd: 0 });
    expect(model.asked).toEqual([]);
  });

  it('is recorded so that the older step replays it', async () => {
    const cassette = jsonCassette();
    const { call } = localCall(ask('Hi'), true);
    await through(
      stepOf(cassette),
      modelOf(() => responseOf('Recorded just now.'), 5),
    )(call);
    const { gateway, server } = await openGateway();
    const result = await gateway.languageModel({ model: MODEL, cassette }).generate(ask('Hi'));
    expect(result).toMatchObject({ text: 'Recorded just now.', fromCassette: true, model: MODEL });
    expect(server.seen).toEqual([]);
  });

  it('replays tool calls, as a stream too', async () => {
    const cassette = jsonCassette();
    const response = responseOf('', {
      choices: [
        {
          parts: [
            { kind: 'text', text: 'Looking.' },
            { kind: 'tool-call', id: 't1', name: 'look', arguments: '{"at":1}' },
          ],
          finishReason: 'tool-calls',
        },
      ],
    });
    const model = modelOf(() => response);
    const run = through(stepOf(cassette), model);
    await run(localCall(ask('Look')).call);
    const again = localCall(ask('Look'), true);
    const answer = await run(again.call);
    expect(answer).toMatchObject({ finishReason: 'tool-calls', content: undefined });
    expect(again.output?.text).toBe('Looking.');
    expect(again.output?.events).toContainEqual({ kind: 'tool-call-start', choice: 0, index: 0, id: 't1', name: 'look' });
    expect(again.output?.events).toContainEqual({ kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{"at":1}' });
    expect(model.asked).toHaveLength(1);
  });

  it('asks again where the recorded answer does not fit the schema of today', async () => {
    const cassette = jsonCassette();
    const schema = { name: 'n', type: z.object({ n: z.number() }) };
    const replies = ['not what was asked', '{"n":1}'];
    const model = modelOf(() => responseOf(replies.shift() ?? 'nothing'));
    const run = through(stepOf(cassette), model);
    const request = { ...ask('Count'), schema };
    await run(localCall(request).call);
    expect(textIn(await run(localCall(request).call))).toBe('{"n":1}');
    expect(textIn(await run(localCall(request).call))).toBe('{"n":1}');
    expect(model.asked).toHaveLength(2);
  });

  it('leaves calls from outside alone', async () => {
    const cassette = jsonCassette();
    await through(
      stepOf(cassette),
      modelOf(() => responseOf('x', { usage: NO_USAGE })),
    )(callOf('q'));
    expect(cassette.rows.size).toBe(0);
  });
});
