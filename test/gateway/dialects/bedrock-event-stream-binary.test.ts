import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { WireEvent } from '../../../gateway/models/dialects/dialect.ts';
import { createEventStreamBinaryDecoder } from '../../../gateway/models/dialects/event-stream-binary.ts';
import { ShoalError } from '#foundation';
import { eventFrame, frame } from '../../fixtures/upstream/event-stream-frame.ts';
import { fold } from './folded.ts';
import { STREAMS } from './published-streams.ts';

const EVENTS: readonly WireEvent[] = STREAMS['bedrock-converse'].map(({ event, json }) => ({
  event: event ?? '',
  data: JSON.stringify({ ...json, note: '“é”' }),
}));
const BYTES = Buffer.concat(EVENTS.map(({ event, data }) => eventFrame(event ?? '', data)));

/** Spoils one byte. */
const spoiled = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0x40, at);
  return copy;
};

const header = (type: number, value: readonly number[]): Buffer => Buffer.from([1, 0x68, type, ...value]);

describe('AWS event streams', () => {
  it('read the same wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(BYTES.byteLength), { maxLength: 12 }), (places) => {
        const decoder = createEventStreamBinaryDecoder();
        const cuts = [0, ...places, BYTES.byteLength].toSorted((a, b) => a - b);
        const events = cuts.slice(1).flatMap((end, index) => decoder.take(BYTES.subarray(cuts[index] ?? 0, end)));
        expect(events).toEqual(EVENTS);
        expect(decoder.open).toBe(false);
      }),
    );
  });

  it('read the same in small pieces, also when the caller uses its buffer again', () => {
    const decoder = createEventStreamBinaryDecoder();
    const one = Buffer.alloc(3);
    const events: WireEvent[] = [];
    for (let at = 0; at < BYTES.byteLength; at += 3) {
      const length = BYTES.copy(one, 0, at, at + 3);
      events.push(...decoder.take(one.subarray(0, length)));
    }
    expect(events).toEqual(EVENTS);
  });

  it('make a whole answer of frames', () => {
    const decoder = bedrockConverse.createStreamDecoder();
    const events = createEventStreamBinaryDecoder()
      .take(BYTES)
      .flatMap((event) => decoder.take(event));
    expect(fold(events)).toMatchObject({ finishReason: 'tool-calls', usage: { inputTokens: 60 } });
    expect(decoder.finished).toBe(true);
  });

  it('never give out anything of a frame in which a byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(BYTES.byteLength - 1), (at) => {
        const decoder = createEventStreamBinaryDecoder();
        const events: WireEvent[] = [];
        let fault: unknown;
        try {
          for (const byte of spoiled(BYTES, at)) events.push(...decoder.take(Uint8Array.of(byte)));
        } catch (error) {
          fault = error;
        }
        // A spoiled length may also leave the frame waiting for bytes that never come.
        expect(fault instanceof ShoalError || (fault === undefined && decoder.open)).toBe(true);
        expect(events.length).toBeLessThan(EVENTS.length);
        expect(events).toEqual(EVENTS.slice(0, events.length));
      }),
    );
  });

  it('tell exceptions and errors by their name', () => {
    const exception = frame(
      { ':message-type': 'exception', ':exception-type': 'throttlingException', ':content-type': 'application/json' },
      '{"message":"Slow"}',
    );
    const error = frame({ ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'Broken' }, '');
    expect(createEventStreamBinaryDecoder().take(Buffer.concat([exception, error]))).toEqual([
      { event: 'throttlingException', data: '{"message":"Slow"}' },
      { event: 'error', data: '{"message":"Broken","code":"InternalError"}' },
    ]);
  });

  it('read over headers of every type, and messages of kinds that they do not know', () => {
    const fixed = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16].flatMap((length, type) =>
      length < 0
        ? []
        : [
            header(
              type,
              Array.from({ length }, () => 1),
            ),
          ],
    );
    const more = Buffer.concat([...fixed, header(6, [0, 2, 1, 1])]);
    const headers = { ':message-type': 'event', ':event-type': 'messageStart' };
    expect(createEventStreamBinaryDecoder().take(frame(headers, '{}', more))).toEqual([{ event: 'messageStart', data: '{}' }]);
    expect(createEventStreamBinaryDecoder().take(frame({ ':message-type': 'invented' }, '{}'))).toEqual([]);
    expect(() => createEventStreamBinaryDecoder().take(frame(headers, '{}', header(10, [])))).toThrow(/unknown type 10/);
    expect(() => createEventStreamBinaryDecoder().take(frame(headers, '{}', Buffer.from([9, 0x68])))).toThrow(/cut short/);
  });

  it('refuse a frame over the limit before it has come', () => {
    const decoder = createEventStreamBinaryDecoder(1000);
    const large = eventFrame('messageStart', `"${'a'.repeat(2000)}"`);
    expect(() => decoder.take(large.subarray(0, 12))).toThrow(
      expect.objectContaining({ code: 'model_unavailable', message: expect.stringContaining('claims') }),
    );
  });

  it('know whether they were cut within a frame', () => {
    const decoder = createEventStreamBinaryDecoder();
    decoder.take(BYTES.subarray(0, BYTES.byteLength - 1));
    expect(decoder.open).toBe(true);
  });

  it('refuse what is not such a stream', () => {
    expect(() => createEventStreamBinaryDecoder().take(Buffer.from('data: {"not":"binary"}\n\n'))).toThrow(
      expect.objectContaining({ code: 'model_unavailable' }),
    );
  });
});
