// Moving the write-ahead log into the file waits for the disk: tens of milliseconds in which no call goes on. SQLite
// does it inside the commit that fills the log; where many rows are written, a thread of its own does it instead.
import { Worker } from 'node:worker_threads';
import type { Database } from '#store';

export interface Checkpointing {
  /** A full batch was written. */
  wrote(): void;
  close(): void;
}

/** A process that never writes so many batches at full speed never starts the thread. */
const BATCHES_BEFORE = 20;
const EVERY_MS = 200;
const AUTOMATIC_PAGES = 1000;
/** Where the thread cannot keep up, the commit does it after all. */
const MOST_PAGES = 20_000;

export function createCheckpointing(database: Database): Checkpointing {
  const path = database.location();
  const inCommit = (pages: number): void => database.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
  let batches = 0;
  let closed = false;
  let worker: Worker | undefined;
  const start = (file: string): void => {
    worker = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: { path: file, everyMs: EVERY_MS } });
    worker.unref();
    worker.once('online', () => {
      if (!closed) inCommit(MOST_PAGES);
    });
    worker.once('error', () => {
      // The thread is a convenience: without it commits do the work, as before.
      if (!closed) inCommit(AUTOMATIC_PAGES);
    });
  };
  return {
    wrote: () => {
      batches += 1;
      if (batches === BATCHES_BEFORE && path !== null) start(path);
    },
    close: () => {
      closed = true;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
      worker?.postMessage('close');
    },
  };
}
