// Compressed columns with a checksum: what is read is what was written, or the fault names the round and the file.
import { zstdDecompressSync } from 'node:zlib';
import { ShoalError, sha256 } from '#foundation';
import { compressed } from './compressed.ts';

export interface StoredBlob {
  readonly bytes: Uint8Array;
  /** Of the bytes before compression. */
  readonly sha256: string;
}

export const packBlob = (bytes: Uint8Array): StoredBlob => ({ bytes: compressed(bytes), sha256: sha256(bytes) });

/** Throws `record_corrupt`. */
export function unpackBlob(bytes: unknown, expected: unknown, where: { what: string; round: number; path: string }): Uint8Array {
  let unpacked: Uint8Array | undefined;
  let cause: unknown;
  try {
    // A copy of its own: Node's small buffers are windows on a shared one.
    unpacked = new Uint8Array(zstdDecompressSync(bytes as Uint8Array));
  } catch (error) {
    cause = error;
  }
  if (unpacked !== undefined && sha256(unpacked) === expected) return unpacked;
  throw new ShoalError('record_corrupt', `The ${where.what} of round ${where.round} in ${where.path} are damaged.`, {
    cause,
    hint: `Rounds before ${where.round} are intact. Restore the file from a copy, or run the scenario again: the same seed gives the same run.`,
    details: { round: where.round, path: where.path },
  });
}
