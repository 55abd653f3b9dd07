// Named documents and blobs inside a run's file, each with a checksum: what a stage left is what the next one reads.
import { ShoalError, sha256 } from '#foundation';
import type { Database } from '#store';

export interface Artifacts {
  put(name: string, value: { readonly json: string } | { readonly bytes: Uint8Array }): void;
  /** Text of the JSON, undefined where there is none. Throws `record_corrupt`. */
  json(name: string): string | undefined;
  bytes(name: string): Uint8Array | undefined;
  /** Reads it and says nothing. Throws `record_corrupt`. */
  check(name: string): void;
}

export function artifactsIn(database: Database, path: string): Artifacts {
  const get = database.prepare('SELECT * FROM artifacts WHERE name = ?');
  const checked = (name: string, column: 'json' | 'bytes'): unknown => {
    const row = get.get(name);
    const value = row?.[column];
    // Files that an older Shoal wrote have no checksums.
    const expected = row?.['sha256'];
    if (typeof expected !== 'string' || value === null || value === undefined) return value;
    if (sha256(value as string | Uint8Array) === expected) return value;
    throw new ShoalError('record_corrupt', `The ${name} in ${path} is damaged.`, {
      hint: 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.',
      details: { path, artifact: name },
    });
  };
  return {
    put: (name, value) => {
      const [json, bytes] = 'json' in value ? [value.json, null] : [null, value.bytes];
      database
        .prepare(
          'INSERT INTO artifacts (name, json, bytes, sha256) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json, bytes = excluded.bytes, sha256 = excluded.sha256',
        )
        .run(name, json, bytes, sha256(json ?? bytes ?? ''));
    },
    check: (name) => {
      checked(name, 'json');
      checked(name, 'bytes');
    },
    json: (name) => {
      const json = checked(name, 'json');
      return typeof json === 'string' ? json : undefined;
    },
    bytes: (name) => {
      const bytes = checked(name, 'bytes');
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
  };
}

/** The run's manifest. Throws `record_corrupt`; undefined before there is a world. */
export function readManifest(database: Database, path: string): string | undefined {
  const row = database.prepare('SELECT * FROM run').get();
  const manifest = row?.['manifest'];
  if (typeof manifest !== 'string') return undefined;
  const expected = row?.['manifest_sha256'];
  if (typeof expected !== 'string' || sha256(manifest) === expected) return manifest;
  throw new ShoalError('record_corrupt', `The manifest of ${path} is damaged.`, {
    hint: 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.',
    details: { path, artifact: 'manifest' },
  });
}

export function writeManifest(database: Database, manifest: string): void {
  database.prepare('UPDATE run SET manifest = ?, manifest_sha256 = ?').run(manifest, sha256(manifest));
}
