// A PDF's packed streams, measured before pdf.js unpacks them without a bound. Pictures are passed over:
// reading text never decodes them.
import { inflateSync, constants } from 'node:zlib';
import type { ReadLimits } from '../contract.ts';
import { expansionOf, type Expansion } from './expansion.ts';

const DICTIONARY_BYTES = 512;

export function guardStreams(bytes: Uint8Array, limits: ReadLimits): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The ratio is for containers: pages repeat operators, and compress far better than text.
  const expansion = expansionOf(Infinity, limits);
  for (let at = buffer.indexOf('stream'); at !== -1; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.subarray(at - 3, at).equals(Buffer.from('end'))) continue;
    const before = buffer.toString('latin1', Math.max(0, at - DICTIONARY_BYTES), at);
    const dictionary = before.slice(before.lastIndexOf('obj'));
    if (!dictionary.includes('/Fl') || /\/Subtype\s*\/Image/.test(dictionary)) continue;
    const end = buffer.indexOf('endstream', at);
    const packed = buffer.subarray(afterLineEnd(buffer, at + 'stream'.length), end === -1 ? buffer.length : end);
    expansion.take(unpackedBytes(packed, expansion));
  }
}

/** The keyword is followed by one line end, which is not part of the data. */
function afterLineEnd(buffer: Buffer, at: number): number {
  const afterReturn = buffer[at] === 0x0d ? at + 1 : at;
  return buffer[afterReturn] === 0x0a ? afterReturn + 1 : afterReturn;
}

/** A stream packed several times over is unpacked as often; each layer counts. */
function unpackedBytes(packed: Uint8Array, expansion: Expansion): number {
  let total = 0;
  let layer = packed;
  for (let depth = 0; depth < 4; depth++) {
    try {
      layer = inflateSync(layer, { maxOutputLength: Math.max(expansion.left() - total, 1), finishFlush: constants.Z_SYNC_FLUSH });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw expansion.exceeded();
      return total; // encrypted or broken: pdf.js will say
    }
    total += layer.length;
    if ((layer[0] ?? 0) !== 0x78) return total;
  }
  return total;
}
