// The files of runs, for reading what has happened in them and for the little that is written beside the world (chats,
// reports). Decoding a population of a hundred thousand for every click would be felt, so a few stay open.
import type { RunView } from '#api/contract';
import { lookBack, openRecord, openRunFile } from '#engine';
import type { LookBack, RunFile, RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Home } from '../home.ts';
import { createGraphCache, createRecordCache } from './record-cache.ts';

export interface RunFiles {
  /** Shared and kept open for a while, so do not close it. */
  record(view: RunView): RunRecord;
  graph(view: RunView): GraphSnapshot;
  /** A past round as agents met it; the last one asked for stays at hand. */
  past(id: string, round: number): LookBack;
  /** Runs `work` with the file open for writing: `open` where somebody holds it already, else for this work only. */
  use<T>(id: string, open: RunFile | undefined, work: (file: RunFile) => Promise<T> | T): Promise<T>;
  /** The run has gone on: what is read of its world is read anew. */
  changed(id: string): void;
  forget(id: string): void;
  close(): void;
}

export function createRunFiles(home: Home): RunFiles {
  const records = createRecordCache((id) => openRecord(home.runFile(id)));
  const graphs = createGraphCache((id) => home.runFile(id));
  let past: { readonly id: string; readonly round: number; readonly look: LookBack } | undefined;
  return {
    past: (id, round) => {
      if (past?.id !== id || past.round !== round) past = { id, round, look: lookBack(home.runFile(id), round) };
      return past.look;
    },
    record: ({ id, roundsDone }) => {
      if (roundsDone > 0) return records.open(id, roundsDone);
      throw new ShoalError('conflict', `Run ${id} has no world yet.`, { hint: 'Wait until its first round is done.' });
    },
    graph: ({ id, hasGraph }) => {
      if (hasGraph) return graphs.get(id);
      throw new ShoalError('conflict', `Run ${id} has no graph yet.`, { hint: 'Wait until its documents are read.' });
    },
    use: async (id, open, work) => {
      if (open !== undefined) return work(open);
      const file = openRunFile(home.runFile(id));
      try {
        return await work(file);
      } finally {
        file.close();
      }
    },
    changed: (id) => records.forget(id),
    forget: (id) => {
      if (past?.id === id) past = undefined;
      records.forget(id);
      graphs.forget(id);
    },
    close: () => records.close(),
  };
}
