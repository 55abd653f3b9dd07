// Uploaded files by their SHA-256: the same bytes are kept once, and a run names them by hash.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShoalError, sha256 } from '#foundation';

export interface Blobs {
  /** Stores bytes, returns their SHA-256. */
  put(bytes: Uint8Array): string;
  /** Throws `not_found`. */
  get(hash: string): Uint8Array;
}

export function openBlobs(folder: string): Blobs {
  const pathOf = (hash: string): string => join(folder, hash);
  return {
    put: (bytes) => {
      const hash = sha256(bytes);
      const path = pathOf(hash);
      if (existsSync(path)) return hash;
      mkdirSync(folder, { recursive: true });
      const draft = `${path}.${process.pid}.draft`;
      writeFileSync(draft, bytes);
      renameSync(draft, path);
      return hash;
    },
    get: (hash) => {
      const path = pathOf(hash);
      if (!/^[0-9a-f]{64}$/.test(hash) || !existsSync(path)) {
        throw new ShoalError('not_found', `No uploaded file has the hash ${hash.slice(0, 64)}.`, {
          hint: 'Upload the file again.',
        });
      }
      return readFileSync(path);
    },
  };
}
