import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '#store';
import type { Database } from '#store';

const V1 = 'CREATE TABLE fish (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT';
const V2 = "ALTER TABLE fish ADD COLUMN depth REAL NOT NULL DEFAULT 0; INSERT INTO fish (name) VALUES ('herring')";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'shoal-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Opens, asks, closes. */
function within<T>(database: Database, ask: (database: Database) => T): T {
  try {
    return ask(database);
  } finally {
    database.close();
  }
}
const names = (database: Database): readonly unknown[] =>
  database
    .prepare('SELECT name FROM fish ORDER BY id')
    .all()
    .map((row) => row['name']);

describe('opening a database', () => {
  it('creates folders and file, and survives a second opening with what was committed', () => {
    const path = join(folder(), 'deep', 'er', 'fish.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1] }), (database) =>
      database.exec("INSERT INTO fish (name) VALUES ('cod')"),
    );
    expect(within(openDatabase(path, { room: 'sea', migrations: [V1] }), names)).toEqual(['cod']);
  });

  it('commits to disk, journals ahead, and enforces references', () => {
    const path = join(folder(), 'fish.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1] }), (database) => {
      expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
      expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    });
  });

  it('applies each migration once, in order, to an older file', () => {
    const path = join(folder(), 'fish.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1] }), (database) =>
      database.exec("INSERT INTO fish (name) VALUES ('cod')"),
    );
    for (let opening = 0; opening < 2; opening++) {
      expect(within(openDatabase(path, { room: 'sea', migrations: [V1, V2] }), names)).toEqual(['cod', 'herring']);
    }
  });

  it('keeps the versions of two rooms in one file apart', () => {
    const path = join(folder(), 'shared.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1, V2] }), names);
    const land = 'CREATE TABLE sheep (id INTEGER PRIMARY KEY) STRICT';
    within(openDatabase(path, { room: 'land', migrations: [land] }), (database) => {
      expect(database.prepare('SELECT room, version FROM schema_versions ORDER BY room').all()).toEqual([
        { room: 'land', version: 1 },
        { room: 'sea', version: 2 },
      ]);
    });
  });

  it('leaves a file as it was when a migration fails', () => {
    const path = join(folder(), 'fish.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1] }), names);
    const broken = "INSERT INTO fish (name) VALUES ('ghost'); INSERT INTO nowhere VALUES (1)";
    expect(() => openDatabase(path, { room: 'sea', migrations: [V1, broken] })).toThrow(
      expect.objectContaining({ code: 'storage_failed' }),
    );
    expect(within(openDatabase(path, { room: 'sea', migrations: [V1] }), names)).toEqual([]);
  });

  it('refuses a file that a newer version wrote, naming both versions', () => {
    const path = join(folder(), 'fish.sqlite');
    within(openDatabase(path, { room: 'sea', migrations: [V1, V2] }), names);
    for (const readOnly of [false, true]) {
      expect(() => openDatabase(path, { room: 'sea', migrations: [V1], readOnly })).toThrow(
        /newer Shoal \(sea version 2, this one knows 1\)/,
      );
    }
  });

  it('refuses a file that is no database, and does not touch it', () => {
    const path = join(folder(), 'letter.sqlite');
    writeFileSync(path, 'Dear reader, this is not a database. '.repeat(40));
    const before = readFileSync(path);
    expect(() => openDatabase(path, { room: 'sea', migrations: [V1] })).toThrow(
      expect.objectContaining({ code: 'record_corrupt', message: expect.stringContaining(path) }),
    );
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a missing file when only reading, and cannot write one it reads', () => {
    const path = join(folder(), 'fish.sqlite');
    expect(() => openDatabase(path, { room: 'sea', migrations: [V1], readOnly: true })).toThrow(
      expect.objectContaining({ code: 'storage_failed' }),
    );
    within(openDatabase(path, { room: 'sea', migrations: [V1] }), names);
    within(openDatabase(path, { room: 'sea', migrations: [V1], readOnly: true }), (database) => {
      expect(() => database.exec("INSERT INTO fish (name) VALUES ('cod')")).toThrow(/readonly/);
    });
  });

  it('lets several processes open a new file at the same moment', async () => {
    const path = join(folder(), 'rush.sqlite');
    const script = `
      const { openDatabase } = await import('#store');
      openDatabase(${JSON.stringify(path)}, { room: 'sea', migrations: ${JSON.stringify([V1, V2])} }).close();
    `;
    const open = (): Promise<unknown> => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await Promise.all([open(), open(), open()]);
    expect(within(openDatabase(path, { room: 'sea', migrations: [V1, V2] }), names)).toEqual(['herring']);
  });
});
