// A zip file's entries, unpacked under a bound. Sizes in the directory are only a claim, so inflation itself is
// bounded too: it stops at the byte that goes over, whatever the directory says.
import { crc32, inflateRawSync } from 'node:zlib';
import type { ReadLimits } from '../contract.ts';
import { expandsTooFar } from './limits.ts';
import { damaged, Unreadable } from './unreadable.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly checksum: number;
  readonly encrypted: boolean;
  readonly offset: number;
}

const END_RECORD = 0x06054b50;
const DIRECTORY_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const MAX_ENTRIES = 20_000;
/** Below this size no ratio is dangerous: small files of one repeated letter are honest. */
const HARMLESS_BYTES = 4 * 1024 * 1024;

const cutOff = (): Unreadable => damaged('a zip-based file such as .docx', 'its directory is missing or broken');

export function listZip(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 22 - 0xffff && view.getUint32(end, true) !== END_RECORD) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END_RECORD) throw cutOff();
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw new Unreadable(`It is a zip file with ${count} entries; up to ${MAX_ENTRIES} are read.`);

  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_RECORD) throw cutOff();
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      checksum: view.getUint32(at + 16, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Unpacks the entries that are wanted; all of them together stay within the limits or the file is refused. */
export function unzip(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  wanted: (name: string) => boolean,
  limits: ReadLimits,
): Readonly<Record<string, Uint8Array>> {
  const allowed = Math.min(limits.maxExpandedBytes, Math.max(bytes.length * limits.maxExpansionRatio, HARMLESS_BYTES));
  if (entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0) > allowed) throw expandsTooFar(limits);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: Record<string, Uint8Array> = {};
  let left = allowed;
  for (const entry of entries.filter(({ name }) => wanted(name))) {
    if (entry.encrypted) throw new Unreadable('It is protected by a password. Remove the password and give it again.');
    if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL_RECORD) throw cutOff();
    const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    const packed = bytes.subarray(start, start + entry.packedBytes);
    const data = entry.method === 0 ? packed : inflate(packed, entry, left, limits);
    if (crc32(data) !== entry.checksum) throw damaged('a zip-based file such as .docx', `${entry.name} is not intact`);
    left -= data.length;
    if (left < 0) throw expandsTooFar(limits);
    files[entry.name] = data;
  }
  return files;
}

function inflate(packed: Uint8Array, entry: ZipEntry, left: number, limits: ReadLimits): Uint8Array {
  if (entry.method !== 8) throw damaged('a zip-based file such as .docx', 'it is packed in an unknown way');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw expandsTooFar(limits);
    throw damaged('a zip-based file such as .docx', `${entry.name} cannot be unpacked`);
  }
}
