// One snapshot in and out of the library: its lists piece by piece, so that neither its text nor what is compressed need
// ever be whole; the text of a large graph is longer than a string can be.
import { gunzipSync, gzipSync } from 'node:zlib';
import { hashOf, ShoalError } from '#foundation';
import type { Database } from '#store';
import type { GraphSnapshot } from '../contract.ts';
import { readSnapshot } from '../read-snapshot.ts';

/** Items of a list that are kept together: some megabytes of text. */
const PIECE_ITEMS = 20_000;
/** Writing a large graph is mostly compressing it: the fastest level, a fifth larger than the usual one. */
const LEVEL = { level: 1 };

const packed = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value), LEVEL);
const unpacked = (body: unknown): unknown => JSON.parse(gunzipSync(body as Uint8Array).toString('utf8'));

/** Inside of the caller's transaction. A snapshot that is stored already stays. */
export function saveBody(database: Database, snapshot: GraphSnapshot): void {
  const { hash, documents, entities, relations, claims } = snapshot;
  if (database.prepare('SELECT 1 FROM snapshots WHERE hash = ?').get(hash) !== undefined) return;
  const lists = Object.entries(snapshot).filter((entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]));
  const rest = Object.fromEntries(Object.entries(snapshot).filter(([, value]) => !Array.isArray(value)));
  database
    .prepare('INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)')
    .run(hash, packed(rest), documents.length, entities.length, relations.length, claims.length);
  const insert = database.prepare('INSERT INTO snapshot_parts VALUES (?, ?, ?, ?)');
  let part = 0;
  for (const [list, items] of lists) {
    // An empty list is a piece, too: it is there.
    for (let at = 0; at === 0 || at < items.length; at += PIECE_ITEMS)
      insert.run(hash, part++, list, packed(items.slice(at, at + PIECE_ITEMS)));
  }
}

/** JSON leaves out `undefined`; readers of the contract treat both alike, and the hash does too. Throws `record_corrupt`. */
export function loadBody(database: Database, hash: string): GraphSnapshot {
  const row = database.prepare('SELECT body FROM snapshots WHERE hash = ?').get(hash);
  const snapshot = unpacked(row?.['body']) as Record<string, unknown>;
  for (const { list, body } of database
    .prepare('SELECT list, body FROM snapshot_parts WHERE hash = ? ORDER BY part')
    .iterate(hash)) {
    const held = (snapshot[String(list)] ??= []) as unknown[];
    for (const item of unpacked(body) as readonly unknown[]) held.push(item);
  }
  const { hash: _, ...content } = snapshot;
  if (hashOf(content) !== hash)
    throw new ShoalError('record_corrupt', `The stored graph ${hash.slice(0, 12)} is damaged.`, { hint: 'Build it again.' });
  return readSnapshot(snapshot);
}
