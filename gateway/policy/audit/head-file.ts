// The chain's head, kept in a file beside the catalogue: without it, entries cut off the end would not be missed.
// Whoever may write both the catalogue and this file can make a new chain that verifies; against that, note the head
// that `shoal audit verify` prints somewhere else, or export the chain there.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { AuditHead } from '../../contract.ts';

const Head = z.strictObject({ seq: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });

export interface HeadPlace {
  /** Undefined where there is none, or none that can be read. */
  read(): AuditHead | undefined;
  exists(): boolean;
  write(head: AuditHead): void;
}

export function headFile(path: string): HeadPlace {
  return {
    exists: () => existsSync(path),
    read: () => {
      try {
        return Head.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        // Damaged or gone is one finding for whoever verifies; the chain itself still tells what was done.
        return undefined;
      }
    },
    write: (head) => {
      const fresh = `${path}.${process.pid}`;
      const file = openSync(fresh, 'w', 0o600);
      try {
        writeSync(file, JSON.stringify(head));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(fresh, path);
    },
  };
}

/** For a catalogue in memory, which dies with its head. */
export function headInMemory(): HeadPlace {
  let head: AuditHead | undefined;
  return { exists: () => head !== undefined, read: () => head, write: (next) => (head = next) };
}
