// Opening a SQLite file: pragmas, migrations, and errors that say which file. node:sqlite is part of Node, so
// nothing is compiled or downloaded; it stays behind this one function.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ShoalError } from '#foundation';

export type Database = DatabaseSync;

/** SQL that takes a file from version n to n + 1; never edit one that has shipped, append another. */
export type Migration = string;

/** Several rooms may keep their tables in one file, each with its own version. */
export interface Room {
  readonly room: string;
  readonly migrations: readonly Migration[];
}

export interface OpenOptions extends Room {
  readonly readOnly?: boolean;
}

/**
 * Opens (and, unless read-only, creates and migrates) a database file; `:memory:` works too.
 * WAL with synchronous=FULL: a committed transaction survives a crash of the process and of the machine.
 * Throws `storage_failed` (cannot open, written by a newer version) or `record_corrupt` (not a database).
 */
export function openDatabase(path: string, options: OpenOptions): Database {
  const readOnly = options.readOnly ?? false;
  let database: Database | undefined;
  try {
    if (path !== ':memory:' && !readOnly) mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { readOnly, timeout: 5000 });
    if (!readOnly) database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    migrate(database, options, readOnly);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof ShoalError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const damaged = /not a database|malformed/i.test(message);
    throw new ShoalError(damaged ? 'record_corrupt' : 'storage_failed', `Cannot open ${path}: ${message}.`, {
      cause: error,
      hint: damaged
        ? 'Restore the file from a copy; Shoal did not change it.'
        : 'Check that the path exists and that you may write there.',
    });
  }
}

/** Makes one more room's tables in a file that is open, or brings them up to date. Throws as `openDatabase`. */
export function addTables(database: Database, room: Room): void {
  migrate(database, room, false);
}

function migrate(database: Database, { room, migrations }: Room, readOnly: boolean): void {
  if (readOnly && database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_versions'").get() === undefined) return;
  if (!readOnly)
    database.exec('CREATE TABLE IF NOT EXISTS schema_versions (room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT');
  // The lock comes before the look: two processes that open a new file at once must not both migrate it.
  if (!readOnly) database.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(database.prepare('SELECT version FROM schema_versions WHERE room = ?').get(room)?.['version'] ?? 0);
    if (version > migrations.length) {
      throw new ShoalError(
        'storage_failed',
        `${database.location() ?? 'The database in memory'} was written by a newer Shoal (${room} version ${version}, this one knows ${migrations.length}).`,
        { hint: 'Update Shoal, or open the file with the version that wrote it.' },
      );
    }
    if (readOnly) return;
    for (const migration of migrations.slice(version)) database.exec(migration);
    database
      .prepare('INSERT INTO schema_versions VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET version = excluded.version')
      .run(room, migrations.length);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
