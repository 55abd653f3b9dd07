// The ledger's write-ahead file: one line per hold and per settlement, handed to the operating system before the
// call that it allows goes out. So it survives the death of the process at any instant; the death of the machine it
// need not survive, because then the whole lease counts as spent (see ledger-store.ts). No sync, no wait: about 5 µs.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';

export interface Hold {
  readonly id: number;
  readonly node: string;
  readonly nanoUsd: number;
}

export interface Journal {
  hold(hold: Hold): void;
  /** The hold is gone; `nanoUsd` of it was spent. */
  settle(hold: Hold, nanoUsd: number): void;
  readonly lines: number;
  close(): void;
}

/** What a journal says: amounts spent by node, and the holds that were still open. */
export interface JournalBalance {
  readonly spent: ReadonlyMap<string, number>;
  readonly open: readonly Hold[];
}

const Line = z.union([
  z.tuple([z.literal('h'), z.int(), z.int(), z.string()]),
  z.tuple([z.literal('s'), z.int(), z.int(), z.string()]),
]);

/** Starts a new file that begins with the holds now open. */
export function openJournal(path: string, open: Iterable<Hold>): Journal {
  const file = openSync(path, 'w', 0o600);
  let lines = 0;
  const write = (line: z.infer<typeof Line>): void => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    lines++;
  };
  for (const hold of open) write(['h', hold.id, hold.nanoUsd, hold.node]);
  return {
    hold: (hold) => write(['h', hold.id, hold.nanoUsd, hold.node]),
    settle: (hold, nanoUsd) => write(['s', hold.id, nanoUsd, hold.node]),
    get lines() {
      return lines;
    },
    close: () => closeSync(file),
  };
}

/** Reads a dead owner's journal; undefined where there is none, or one that does not parse. */
export function readJournal(path: string): JournalBalance | undefined {
  const spent = new Map<string, number>();
  const open = new Map<number, Hold>();
  try {
    // A last line without its end was never finished, so the call that it stood for never went out.
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    for (const text of lines) {
      const [kind, id, nanoUsd, node] = Line.parse(JSON.parse(text));
      if (kind === 'h') open.set(id, { id, node, nanoUsd });
      else {
        open.delete(id);
        spent.set(node, (spent.get(node) ?? 0) + nanoUsd);
      }
    }
  } catch {
    return undefined;
  }
  return { spent, open: [...open.values()] };
}

export function removeJournal(path: string): void {
  rmSync(path, { force: true });
}
