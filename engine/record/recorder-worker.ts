// The writing thread: packs rounds and commits them. A fault crosses back as a value, since an error would lose its code.
import { workerData } from 'node:worker_threads';
import { ShoalError } from '#foundation';
import { openDatabase } from '#store';
import type { Written } from './recorder.ts';
import { appendRound, type CommittedRound } from './round-log.ts';
import { MIGRATIONS, ROOM } from './schema.ts';

const database = openDatabase(workerData as string, { room: ROOM, migrations: MIGRATIONS });

export default function write(round: CommittedRound): Written {
  try {
    appendRound(database, round);
    return { kind: 'written' };
  } catch (error) {
    if (!(error instanceof ShoalError)) throw error;
    const { code, message, hint } = error;
    return { kind: 'failed', code, message, hint };
  }
}
