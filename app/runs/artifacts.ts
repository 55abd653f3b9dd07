// The stages' results inside a run's file, read and written with their types.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RunFile } from '#engine/contract';
import { ShoalError } from '#foundation';
import { readSnapshot } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Report } from '#reports/contract';
import type { Framing } from '#scenarios/contract';

/** A stage's result must be there once the stage is done; a missing one means a damaged file. */
export function needed<T>(value: T | undefined, name: string, file: RunFile): T {
  if (value !== undefined) return value;
  throw new ShoalError('record_corrupt', `The run file ${file.path} has no ${name}, though that stage was done.`, {
    hint: 'Restore the file from a copy, or start the run again.',
  });
}

export const writeGraph = (file: RunFile, graph: GraphSnapshot): void =>
  file.putBlob('graph', zstdCompressSync(JSON.stringify(graph)));

export const readGraph = (file: RunFile): GraphSnapshot =>
  readSnapshot(JSON.parse(zstdDecompressSync(needed(file.blob('graph'), 'graph', file)).toString()));

export const readFraming = (file: RunFile): Framing => needed(file.json('framing'), 'framing', file) as Framing;

/** Names of the documents behind a run, by id: what a rendered report calls them. */
export const documentNames = (graph: GraphSnapshot): Readonly<Record<string, string>> =>
  Object.fromEntries(graph.documents.map((document) => [document.id, document.title ?? document.name]));

/** Undefined until the report stage is done. */
export const readReport = (file: RunFile): Report | undefined => file.json('report') as Report | undefined;

/** How many members were lived beside the main run. */
export const livedMembers = (file: RunFile): number => (file.json('members') as readonly unknown[] | undefined)?.length ?? 0;
