// Writes AWS event-stream frames as AWS's servers do, for tests of the reader.
import { crc32 } from 'node:zlib';

export function frame(headers: Readonly<Record<string, string>>, payload: string, more: Buffer = Buffer.alloc(0)): Buffer {
  const written = Object.entries(headers).map(([name, value]) => {
    const bytes = Buffer.from(value, 'utf8');
    const head = Buffer.alloc(1 + name.length + 3);
    head.writeUInt8(name.length, 0);
    head.write(name, 1, 'latin1');
    head.writeUInt8(7, 1 + name.length);
    head.writeUInt16BE(bytes.byteLength, 2 + name.length);
    return Buffer.concat([head, bytes]);
  });
  const head = Buffer.concat([...written, more]);
  const body = Buffer.from(payload, 'utf8');
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(12 + head.byteLength + body.byteLength + 4, 0);
  prelude.writeUInt32BE(head.byteLength, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const all = Buffer.concat([prelude, head, body]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(all), 0);
  return Buffer.concat([all, sum]);
}

export const eventFrame = (event: string, payload: string): Buffer =>
  frame({ ':event-type': event, ':content-type': 'application/json', ':message-type': 'event' }, payload);
