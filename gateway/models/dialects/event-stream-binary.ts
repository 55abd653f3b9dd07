// AWS's binary event stream (`application/vnd.amazon.eventstream`), read piece by piece. A frame is: total length,
// length of the headers, CRC-32 of these eight bytes, headers, payload, CRC-32 of all before. Sizes are checked before
// anything is kept, and nothing is given out of a frame whose sum is wrong.
import { crc32 } from 'node:zlib';
import { ShoalError } from '#foundation';
import type { WireEvent } from './dialect.ts';

/** AWS allows 16 MiB of payload and 128 KiB of headers; a model's stream is far below. */
const MOST_FRAME_BYTES = 24 * 1024 * 1024;
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const LEAST_FRAME_BYTES = PRELUDE_BYTES + CHECKSUM_BYTES;

export interface EventStreamBinaryDecoder {
  /** The events that are complete with this chunk. Throws `model_unavailable` where the bytes are not such a stream. */
  take(chunk: Uint8Array): readonly WireEvent[];
  /** Whether a frame is open: a stream that ends here is cut. */
  readonly open: boolean;
}

export function createEventStreamBinaryDecoder(mostFrameBytes: number = MOST_FRAME_BYTES): EventStreamBinaryDecoder {
  let chunks: Uint8Array[] = [];
  let waiting = 0;
  /** How many bytes must be there before another look is worth it; so a frame in many chunks is joined once. */
  let needed = PRELUDE_BYTES;

  return {
    get open() {
      return waiting > 0;
    },
    take(chunk) {
      waiting += chunk.byteLength;
      if (waiting < needed) {
        // What is kept is copied: the caller may use its buffer again.
        chunks.push(Uint8Array.prototype.slice.call(chunk));
        return [];
      }
      chunks.push(chunk);
      const bytes = joined(chunks);
      const events: WireEvent[] = [];
      let at = 0;
      needed = PRELUDE_BYTES;
      while (bytes.byteLength - at >= PRELUDE_BYTES) {
        const length = frameLength(bytes, at, mostFrameBytes);
        if (bytes.byteLength - at < length) {
          needed = length;
          break;
        }
        const event = readFrame(bytes.subarray(at, at + length));
        if (event !== undefined) events.push(event);
        at += length;
      }
      waiting = bytes.byteLength - at;
      chunks = waiting === 0 ? [] : [Uint8Array.prototype.slice.call(bytes, at)];
      return events;
    },
  };
}

function joined(chunks: readonly Uint8Array[]): Buffer {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  return Buffer.concat(chunks);
}

function frameLength(bytes: Buffer, at: number, mostFrameBytes: number): number {
  const length = bytes.readUInt32BE(at);
  if (crc32(bytes.subarray(at, at + 8)) !== bytes.readUInt32BE(at + 8)) throw damaged('the head of a frame has a wrong checksum');
  if (length < LEAST_FRAME_BYTES || length > mostFrameBytes) throw damaged(`a frame claims ${length} bytes`);
  if (bytes.readUInt32BE(at + 4) > length - LEAST_FRAME_BYTES) throw damaged('the headers of a frame are longer than the frame');
  return length;
}

function readFrame(frame: Buffer): WireEvent | undefined {
  const end = frame.byteLength - CHECKSUM_BYTES;
  if (crc32(frame.subarray(0, end)) !== frame.readUInt32BE(end)) throw damaged('a frame has a wrong checksum');
  const payloadAt = PRELUDE_BYTES + frame.readUInt32BE(4);
  const headers = readHeaders(frame.subarray(PRELUDE_BYTES, payloadAt));
  const data = frame.toString('utf8', payloadAt, end);
  switch (headers.get(':message-type')) {
    case 'event':
      return { event: headers.get(':event-type') ?? '', data };
    case 'exception':
      return { event: headers.get(':exception-type') ?? 'exception', data };
    case 'error': {
      const message = headers.get(':error-message') ?? '';
      return { event: 'error', data: JSON.stringify({ message, code: headers.get(':error-code') ?? '' }) };
    }
    default:
      return undefined;
  }
}

/** Lengths in bytes of the values of fixed size, by type: true, false, byte, short, integer, long, (two of own length), timestamp, uuid. */
const FIXED_BYTES: readonly (number | undefined)[] = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16];
const TEXT_TYPE = 7;

function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.byteLength) throw damaged('a header is cut short');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.byteLength) {
    const name = take(take(1).readUInt8()).toString('utf8');
    const type = take(1).readUInt8();
    if (type >= FIXED_BYTES.length) throw damaged(`a header has the unknown type ${type}`);
    const value = take(FIXED_BYTES[type] ?? take(2).readUInt16BE());
    if (type === TEXT_TYPE) headers.set(name, value.toString('utf8'));
  }
  return headers;
}

function damaged(problem: string): ShoalError {
  return new ShoalError('model_unavailable', `The event stream is damaged: ${problem}.`, {
    hint: 'Try again; if it stays so, check that the base URL belongs to AWS and that nothing on the way changes the bytes.',
  });
}
