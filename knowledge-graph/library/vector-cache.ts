// Vectors in the library's file, kept by content and model as 32-bit floats in the byte order of all machines we run on.
import type { Database } from '#store';
import type { VectorCache } from '../contract.ts';

export function createVectorCache(database: Database): VectorCache {
  return {
    has: (key) => database.prepare('SELECT 1 FROM vectors WHERE key = ?').get(key) !== undefined,
    get: (key) => {
      const row = database.prepare('SELECT body FROM vectors WHERE key = ?').get(key) as { body: Uint8Array } | undefined;
      // Copied: a typed array of floats must begin at a multiple of four bytes.
      return row === undefined ? undefined : new Float32Array(Uint8Array.from(row.body).buffer);
    },
    put: (entries) => {
      const insert = database.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?)');
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const [key, { buffer, byteOffset, byteLength }] of entries)
          insert.run(key, new Uint8Array(buffer, byteOffset, byteLength));
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
