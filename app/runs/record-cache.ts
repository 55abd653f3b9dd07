// Run files opened for reading, a few at a time: decoding a population of a hundred thousand for every click would
// be felt. An entry is opened anew when the run has gone on since.
import { openRunFile } from '#engine';
import type { RunRecord } from '#engine/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { readGraph } from './artifacts.ts';

const KEPT = 4;

export interface RecordCache {
  open(id: string, roundsDone: number): RunRecord;
  forget(id: string): void;
  close(): void;
}

export function createRecordCache(openRecord: (id: string) => RunRecord): RecordCache {
  const entries = new Map<string, { readonly record: RunRecord; readonly roundsDone: number }>();
  const forget = (id: string): void => {
    entries.get(id)?.record.close();
    entries.delete(id);
  };
  return {
    open: (id, roundsDone) => {
      const known = entries.get(id);
      if (known !== undefined && known.roundsDone === roundsDone) {
        entries.delete(id);
        entries.set(id, known);
        return known.record;
      }
      forget(id);
      const record = openRecord(id);
      entries.set(id, { record, roundsDone });
      const [oldest] = entries.keys();
      if (entries.size > KEPT && oldest !== undefined) forget(oldest);
      return record;
    },
    forget,
    close: () => {
      for (const { record } of entries.values()) record.close();
      entries.clear();
    },
  };
}

export interface GraphCache {
  get(id: string): GraphSnapshot;
  forget(id: string): void;
}

/** A graph never changes once built, so it is read once per run. */
export function createGraphCache(pathOf: (id: string) => string): GraphCache {
  const graphs = new Map<string, GraphSnapshot>();
  return {
    get: (id) => {
      const known = graphs.get(id);
      if (known !== undefined) return known;
      const file = openRunFile(pathOf(id));
      try {
        const graph = readGraph(file);
        graphs.set(id, graph);
        const [oldest] = graphs.keys();
        if (graphs.size > KEPT && oldest !== undefined) graphs.delete(oldest);
        return graph;
      } finally {
        file.close();
      }
    },
    forget: (id) => void graphs.delete(id),
  };
}
