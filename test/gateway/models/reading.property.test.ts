// Reading what others write: events cut anywhere, JSON wrapped in anything.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseAnswer } from '../../../gateway/models/json-answer.ts';
import { eventData } from '../../../gateway/models/providers/openai/event-stream.ts';

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((left, right) => left - right);
  let start = 0;
  for (const end of [...places, bytes.length]) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const events: string[] = [];
  for await (const data of eventData(chunks)) events.push(data);
  return events;
}

describe('server-sent events', () => {
  it('come out the same wherever the bytes are cut, with any line end', async () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => text.replaceAll(/[\r\n]/g, '.').trim() || '.');
    const stream = fc.record({
      events: fc.array(line, { maxLength: 6 }),
      ending: fc.constantFrom('\n', '\r\n', '\r'),
      cuts: fc.array(fc.nat(), { maxLength: 12 }),
      noise: fc.constantFrom('', ': keep-alive', 'event: message', 'id: 7'),
      closed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(stream, async ({ events, ending, cuts, noise, closed }) => {
        const blocks = events.map((data) => `${noise}${ending}data: ${data}${ending}${ending}`).join('');
        // A server may forget the blank line after its last event.
        const text = closed || events.length === 0 ? blocks : blocks.slice(0, -2 * ending.length);
        expect(await read(inPieces(Buffer.from(text), cuts))).toEqual(events);
      }),
      { numRuns: 300 },
    );
  });

  it('may have several data lines, and are bounded in size', async () => {
    expect(await read(inPieces(Buffer.from('data: {"a":\ndata: 1}\n\n'), []))).toEqual(['{"a":\n1}']);
    const endless = (async function* () {
      for (;;) yield new Uint8Array(1024 * 1024).fill(120);
    })();
    await expect(read(endless)).rejects.toThrow('longer than');
  });
});

describe('a JSON answer', () => {
  const Form = z.strictObject({ reason: z.string(), stance: z.number(), tags: z.array(z.string()) });
  const value = fc.record({
    reason: fc.string({ maxLength: 30 }),
    stance: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    tags: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
  });
  const wrap = fc.constantFrom<(json: string) => string>(
    (json) => json,
    (json) => `\n\n ${json}\n`,
    (json) => `Sure! Here it is:\n\`\`\`json\n${json}\n\`\`\`\nGood luck.`,
    (json) => `\`\`\`\n${json}\n\`\`\``,
    (json) => `My answer is ${json} as you asked.`,
  );

  it('is found in fences and in prose, unchanged', () => {
    fc.assert(
      fc.property(value, wrap, fc.constantFrom(undefined, 2), (value, wrap, indent) => {
        // A fence inside the value would end the fence around it: no reader could tell.
        fc.pre(!JSON.stringify(value).includes('```'));
        expect(parseAnswer(wrap(JSON.stringify(value, null, indent)), Form, true)).toEqual({ kind: 'ok', value });
      }),
      { numRuns: 300 },
    );
  });

  it('is not made up: text without one is refused with a reason', () => {
    for (const text of ['', 'I cannot say.', '{}', 'null', '[1, 2']) {
      const parsed = parseAnswer(text, Form, true);
      expect(parsed.kind).toBe('invalid');
      expect(parsed.kind === 'invalid' && parsed.problems.length).toBeGreaterThan(0);
    }
  });
});
