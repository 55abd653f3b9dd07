// Every kind of answer from a provider of every API to clients of every other, whole and streamed.
import { describe, expect, it } from 'vitest';
import { DIALECT_IDS } from '../../../gateway/models/dialects/dialect.ts';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import { gatherEvents } from '../../../gateway/models/gathered.ts';
import type { Json, ModelEvent, ModelResponse } from '../../../gateway/models/exchange.ts';
import { eventsOf } from '../../../gateway/models/replay.ts';
import { ALL_DIALECTS } from './all-dialects.ts';
import { ANSWERS } from './feature-answers.ts';
import type { AnswerRow } from './feature-answers.ts';

const PAIRS = ANSWERS.flatMap((row) =>
  DIALECT_IDS.filter((from) => row.said[from] !== undefined).flatMap((from) =>
    DIALECT_IDS.filter((to) => to !== from).map((to) => [row.name, from, to, row] as const),
  ),
);
const ASKED = { model: 'asked', streamUsage: true };

describe('an answer', () => {
  it.each(PAIRS)('with %s, of %s to a client of %s', (_name, from, to, row) => {
    expect(read(to, answerOf(row, from))).toMatchObject(expectedOf(row, to));
  });

  it.each(PAIRS)('with %s, streamed by %s to a client of %s', (_name, from, to, row) => {
    const provider = ALL_DIALECTS[from].createStreamDecoder();
    const written = ALL_DIALECTS[from].createStreamEncoder(ASKED);
    const events = [...eventsOf(answerOf(row, from))]
      .flatMap((event) => written.put(event))
      .flatMap((event) => provider.take(event));
    expect(provider.finished).toBe(true);
    expect(read(to, streamedTo(to, events))).toMatchObject(expectedOf(row, to));
  });
});

const answerOf = ({ said }: AnswerRow, from: DialectId): ModelResponse =>
  ALL_DIALECTS[from].decodeResponse({ id: 'a1', model: 'm', ...said[from] });

/** As JSON, since that is what a client gets. */
const read = (to: DialectId, answer: ModelResponse): Json =>
  JSON.parse(JSON.stringify(ALL_DIALECTS[to].encodeResponse(answer, ASKED))) as Json;

/** What a client of this API makes of the events. */
function streamedTo(to: DialectId, events: readonly ModelEvent[]): ModelResponse {
  const encoder = ALL_DIALECTS[to].createStreamEncoder(ASKED);
  const client = ALL_DIALECTS[to].createStreamDecoder();
  const gathered = gatherEvents();
  for (const event of events.flatMap((one) => encoder.put(one)).flatMap((one) => client.take(one))) gathered.take(event);
  expect(client.finished).toBe(true);
  return gathered.response();
}

function expectedOf({ name, said, but }: AnswerRow, to: DialectId): Json {
  const expected = but?.[to] ?? said[to];
  if (expected === undefined) throw new Error(`${name}: nothing is said about ${to}`);
  return expected;
}
