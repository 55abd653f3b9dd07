// The ledger's write-ahead file: one line per hold and per settlement. Lines of one turn of the event loop are handed
// to the operating system in one write, and a call may go out once its line is there. So what was held survives the
// death of the process at any instant; the death of the machine it need not survive, because then whole leases count
// as spent (see ledger-store.ts). Each file begins with all that is not yet booked and all that is held.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

export interface JournalHold {
  readonly id: number;
  readonly node: string;
  readonly nanoUsd: number;
  readonly tokens: number;
  /** When it was admitted, in ms: it belongs to that window. */
  readonly at: number;
}

/** Spending that was settled and not yet booked when a file began. */
export interface Carried {
  readonly node: string;
  readonly windowSince: number;
  readonly bucket: number;
  readonly nanoUsd: number;
  readonly tokens: number;
}

/** What a dead owner's journal says. */
export interface JournalBalance {
  readonly carried: readonly Carried[];
  /** Each with what it was settled at; open ones in full. */
  readonly holds: readonly JournalHold[];
}

export interface Journal {
  hold(hold: JournalHold, nodeJson: string): void;
  settle(id: number, nanoUsd: number, tokens: number): void;
  /** Resolves once every line so far is written; undefined = all are. */
  durable(): Promise<void> | undefined;
  flush(): void;
  /** `flush` first, unless the lines are of no more use. */
  close(): void;
}

/** Starts a new file; what it begins with is on it when this returns. */
export function openJournal(path: string, carried: Iterable<string>, open: Iterable<JournalHold>): Journal {
  const file = openSync(path, 'w', 0o600);
  let lines = '';
  /** Bytes that the system did not take last time, e.g. because the disk was full. */
  let rest: Buffer | undefined;
  let scheduled = false;
  let closed = false;
  let written: PromiseWithResolvers<void> | undefined;

  const flush = (): void => {
    if (closed || (lines === '' && rest === undefined)) return;
    let bytes = rest === undefined ? Buffer.from(lines) : Buffer.concat([rest, Buffer.from(lines)]);
    lines = '';
    const waiting = written;
    written = undefined;
    try {
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes));
      rest = undefined;
      waiting?.resolve();
    } catch (error) {
      rest = bytes;
      if (waiting === undefined) throw error;
      waiting.reject(error);
    }
  };
  const turn = (): void => {
    scheduled = false;
    try {
      flush();
    } catch {
      // Nobody waits for it; the next write begins with it, and tells its own caller.
    }
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };

  for (const line of carried) lines += line;
  for (const hold of open) lines += holdLine(hold, JSON.stringify(hold.node));
  flush();
  return {
    hold: (hold, nodeJson) => {
      lines += holdLine(hold, nodeJson);
      schedule();
    },
    settle: (id, nanoUsd, tokens) => {
      lines += `s ${id} ${nanoUsd} ${tokens}\n`;
      schedule();
    },
    durable: () => {
      if (lines === '' && rest === undefined) return undefined;
      schedule();
      written ??= Promise.withResolvers();
      return written.promise;
    },
    flush,
    close: () => {
      closed = true;
      closeSync(file);
      written?.resolve();
    },
  };
}

/** Reads a dead owner's journal; undefined where there is none, or one that does not make sense. */
export function readJournal(path: string): JournalBalance | undefined {
  const carried: Carried[] = [];
  const holds = new Map<number, JournalHold>();
  const ended: JournalHold[] = [];
  try {
    // A last line without its end was never finished, so the call that it stood for never went out.
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      const [kind, ...words] = line.split(' ');
      const numbers = words.slice(0, kind === 's' ? 3 : 4).map(wholeNumber) as [number, number, number, number];
      if (kind === 's') {
        const hold = holds.get(numbers[0]);
        if (hold === undefined) return undefined;
        holds.delete(hold.id);
        ended.push({ ...hold, nanoUsd: numbers[1], tokens: numbers[2] });
        continue;
      }
      const node: unknown = JSON.parse(words.slice(4).join(' '));
      if (typeof node !== 'string') return undefined;
      const [first, second, third, fourth] = numbers;
      if (kind === 'h') holds.set(first, { id: first, nanoUsd: second, tokens: third, at: fourth, node });
      else if (kind === 'c') carried.push({ windowSince: first, bucket: second, nanoUsd: third, tokens: fourth, node });
      else return undefined;
    }
  } catch {
    return undefined;
  }
  return { carried, holds: [...ended, ...holds.values()] };
}

/** A line that a journal begins with. */
export function carriedLine({ windowSince, bucket, nanoUsd, tokens }: Omit<Carried, 'node'>, nodeJson: string): string {
  return `c ${windowSince} ${bucket} ${nanoUsd} ${tokens} ${nodeJson}\n`;
}

export function removeJournal(path: string): void {
  rmSync(path, { force: true });
}

function holdLine({ id, nanoUsd, tokens, at }: JournalHold, nodeJson: string): string {
  return `h ${id} ${nanoUsd} ${tokens} ${at} ${nodeJson}\n`;
}

function wholeNumber(word: string): number {
  const value = Number(word);
  if (word === '' || !Number.isSafeInteger(value)) throw new Error(`not a whole number: ${word}`);
  return value;
}
