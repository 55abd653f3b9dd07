// Where committed rounds are written: in this thread, or behind the world in a thread of its own, so that packing and
// the disk do not keep the next round waiting. Rounds are written one after the other, in order.
// Invariant: `append` resolves when the round is on disk, whole; nobody may be told of it before.
import { Piscina } from 'piscina';
import { ShoalError, type ErrorCode } from '#foundation';
import type { Database } from '#store';
import { appendRound, type CommittedRound } from './round-log.ts';

export interface Recorder {
  /** Takes the round's buffers over. Rejects with `storage_failed` or `conflict`. */
  append(round: CommittedRound): Promise<void>;
  close(): Promise<void>;
}

/** What the writing thread says. */
export type Written =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined };

const WORKER = new URL('./recorder-worker.ts', import.meta.url).href;

export function createInlineRecorder(database: Database): Recorder {
  return {
    append: (round) => {
      appendRound(database, round);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** Writes through a connection of its own to the run's file. */
export function createThreadRecorder(path: string): Recorder {
  const pool = new Piscina({ filename: WORKER, minThreads: 1, maxThreads: 1, workerData: path });
  const run = async (round: CommittedRound, transferList: ArrayBuffer[]): Promise<Written> => {
    try {
      return (await pool.run(round, { transferList })) as Written;
    } catch (cause) {
      throw new ShoalError(
        'storage_failed',
        `The thread that writes ${path} ended before round ${round.summary.round} was in it.`,
        {
          cause,
          hint: 'Resume the run; all earlier rounds are safe. With --threads 0 it needs no threads.',
        },
      );
    }
  };
  return {
    append: async (round) => {
      const buffers = [round.batch.buffer, round.rows, ...(round.checkpoint === undefined ? [] : [round.checkpoint.buffer])];
      const written = await run(round, buffers as ArrayBuffer[]);
      if (written.kind === 'written') return;
      throw new ShoalError(written.code, written.message, written.hint === undefined ? {} : { hint: written.hint });
    },
    close: () => pool.close(),
  };
}
