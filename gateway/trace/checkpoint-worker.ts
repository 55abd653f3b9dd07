// A thread that moves the catalogue's write-ahead log into the file. It ends when it is told to.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { path, everyMs } = workerData as { readonly path: string; readonly everyMs: number };
const database = new DatabaseSync(path, { timeout: 0 });
database.exec('PRAGMA synchronous = NORMAL');
// PASSIVE holds nobody up: what others still read or write is left for the next time.
const timer = setInterval(() => database.exec('PRAGMA wal_checkpoint(PASSIVE)'), everyMs);
parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
  parentPort?.close();
});
