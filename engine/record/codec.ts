// A round's events as bytes and back. Layout: round, first number, count (u32, little-endian), then each column
// whole, four-byte columns first. The same bytes go into the digest and, compressed, into the file.
import type { EventBatch } from '../contract.ts';

const HEAD_BYTES = 12;
const EVENT_BYTES = 3 * 4 + 4 + 3;

export function createBatch(round: number, firstSeq: number, count: number): EventBatch {
  return viewBatch(new ArrayBuffer(count * EVENT_BYTES), 0, round, firstSeq, count);
}

function viewBatch(buffer: ArrayBufferLike, offset: number, round: number, firstSeq: number, count: number): EventBatch {
  const wide = count * 4;
  const narrow = offset + 4 * wide;
  return {
    round,
    firstSeq,
    count,
    agent: new Uint32Array(buffer, offset, count),
    target: new Uint32Array(buffer, offset + wide, count),
    point: new Uint32Array(buffer, offset + 2 * wide, count),
    value: new Float32Array(buffer, offset + 3 * wide, count),
    kind: new Uint8Array(buffer, narrow, count),
    platform: new Uint8Array(buffer, narrow + count, count),
    issue: new Uint8Array(buffer, narrow + 2 * count, count),
  };
}

const bytesOf = (column: Uint8Array | Uint32Array | Float32Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

export function encodeBatch(batch: EventBatch): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + batch.count * EVENT_BYTES);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, batch.round, true);
  head.setUint32(4, batch.firstSeq, true);
  head.setUint32(8, batch.count, true);
  let offset = HEAD_BYTES;
  for (const column of [batch.agent, batch.target, batch.point, batch.value, batch.kind, batch.platform, batch.issue]) {
    bytes.set(bytesOf(column), offset);
    offset += column.byteLength;
  }
  return bytes;
}

/** Views on the bytes, which must lie at a multiple of four. */
export function decodeBatch(bytes: Uint8Array): EventBatch {
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const count = head.getUint32(8, true);
  return viewBatch(bytes.buffer, bytes.byteOffset + HEAD_BYTES, head.getUint32(0, true), head.getUint32(4, true), count);
}
