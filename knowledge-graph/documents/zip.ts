// A zip file's entries, unpacked one by one within what the file may still expand to. Sizes in the directory are only
// a claim, so inflation itself is bounded too: it stops at the byte that goes over, whatever the directory says.
import { crc32, inflateRawSync } from 'node:zlib';
import type { Expansion } from './expansion.ts';
import { damaged, Unreadable } from './unreadable.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly checksum: number;
  readonly encrypted: boolean;
  readonly offset: number;
}

export interface ZipFile {
  /** Entries that are files, in the directory's order, each name once. */
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /** The entry's bytes; undefined where there is none of that name. Throws Unreadable. */
  readonly read: (name: string) => Uint8Array | undefined;
}

const END_RECORD = 0x06054b50;
const DIRECTORY_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const MAX_ENTRIES = 20_000;
const WHAT = 'a zip-based file';
const UTF8_NAME = 1 << 11;
/** What a directory writes where the true number stands in a ZIP64 record. */
const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffffffff;

const cutOff = (): Unreadable => damaged(WHAT, 'its directory is missing or broken');

export function openZip(bytes: Uint8Array, expansion: Expansion): ZipFile {
  const entries = new Map(
    listEntries(bytes)
      .filter(({ name }) => name !== '' && !name.endsWith('/'))
      .map((entry) => [entry.name, entry]),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  const read = (name: string): Uint8Array | undefined => {
    const entry = entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.encrypted) throw new Unreadable('It is protected by a password. Remove the password and give it again.');
    if (entry.unpackedBytes > expansion.left()) throw expansion.exceeded();
    if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL_RECORD) throw cutOff();
    const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    const packed = bytes.subarray(start, start + entry.packedBytes);
    const data = entry.method === 0 ? packed : inflate(packed, entry, expansion);
    if (crc32(data) !== entry.checksum) throw damaged(WHAT, `${entry.name} is not intact`);
    expansion.take(data.length);
    return data;
  };
  return { names: [...entries.keys()], has: (name) => entries.has(name), read };
}

function listEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 22 - 0xffff && view.getUint32(end, true) !== END_RECORD) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END_RECORD) throw cutOff();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === ELSEWHERE_16 || at === ELSEWHERE_32) {
    throw new Unreadable(
      'It is a zip file in the ZIP64 form, which is for huge archives. Pack it again as plain zip, or in parts.',
    );
  }
  if (count > MAX_ENTRIES) throw new Unreadable(`It is a zip file with ${count} entries; up to ${MAX_ENTRIES} are read.`);

  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_RECORD) throw cutOff();
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: entryName(bytes.subarray(at + 46, at + 46 + nameLength), flags),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      checksum: view.getUint32(at + 16, true),
      encrypted: (flags & 1) === 1,
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Names are UTF-8 where they say so or are; Chinese Windows writes them in its own encoding without a word. */
function entryName(raw: Uint8Array, flags: number): string {
  if ((flags & UTF8_NAME) !== 0) return new TextDecoder().decode(raw);
  for (const label of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(raw);
    } catch {
      // not in this encoding: the next one is tried
    }
  }
  return new TextDecoder('latin1').decode(raw);
}

function inflate(packed: Uint8Array, entry: ZipEntry, expansion: Expansion): Uint8Array {
  if (entry.method !== 8) throw damaged(WHAT, `${entry.name} is packed in an unknown way`);
  try {
    const data = inflateRawSync(packed, { maxOutputLength: Math.max(expansion.left(), 1) });
    // Some parsers insist on the plain kind.
    return new Uint8Array(data.buffer, data.byteOffset, data.length);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw expansion.exceeded();
    throw damaged(WHAT, `${entry.name} cannot be unpacked`);
  }
}
