// Files in, documents and refusals out. One bad file never stops the others; ids follow input order whatever
// reader finished first, so the same files always give the same documents.
import { availableParallelism } from 'node:os';
import { type ReportProgress, sha256, ShoalError } from '#foundation';
import type { Document, InputFile, ReadLimits, ReadResult, RejectedFile } from '../contract.ts';
import { corpusPieces } from './corpus-pieces.ts';
import { formatBytes, resolveLimits } from './limits.ts';
import type { FileToRead, Reading } from './read-file.ts';
import { cancelled, openReader, type ReadOutcome } from './reader.ts';

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

/** Another thread pays off above this much work; below it, starting one takes longer than reading. */
const BYTES_PER_READER = 1024 * 1024;
const MAX_READERS = 4;

/** A file, or one of the pieces that a corpus is cut into. */
interface Task {
  /** Place among the files given. */
  readonly at: number;
  readonly toRead: FileToRead;
}

function checkFiles(files: readonly InputFile[]): void {
  for (const [index, file] of files.entries()) {
    if (typeof file.name === 'string' && file.name !== '' && file.bytes instanceof Uint8Array) continue;
    throw new ShoalError('invalid_input', `File ${index + 1} needs a name and its bytes.`, {
      hint: 'Give each file as { name, bytes: Uint8Array }.',
    });
  }
}

/** Refusals that need no look into the text. */
function refusedUnread(file: InputFile, first: InputFile | undefined, limits: ReadLimits): string | undefined {
  if (file.bytes.length > limits.maxFileBytes) {
    return `It is ${formatBytes(file.bytes.length)}; the limit is ${formatBytes(limits.maxFileBytes)} (maxFileBytes). Split it or raise the limit.`;
  }
  if (file.bytes.length === 0) return 'It is empty. Check that it was saved or uploaded completely.';
  if (first !== undefined) return `It is the same file as "${first.name}", which is read once. Leave one of them out.`;
  return undefined;
}

/** A corpus of many megabytes is read piece by piece, so that several readers share it and none holds it whole. */
function tasksFor(file: InputFile, at: number, limits: ReadLimits): readonly Task[] {
  const pieces = corpusPieces(file.bytes, file.name) ?? [{ bytes: file.bytes, firstLine: undefined }];
  return pieces.map((piece) => ({ at, toRead: { ...piece, name: file.name, limits } }));
}

/** Runs the tasks on few readers; the outcome of task i is at place i. */
async function readAll(tasks: readonly Task[], { signal, onProgress }: ReadOptions): Promise<readonly ReadOutcome[]> {
  const outcomes: ReadOutcome[] = [];
  const bytes = tasks.reduce((sum, { toRead }) => sum + toRead.bytes.length, 0);
  const lanes = Math.min(tasks.length, MAX_READERS, availableParallelism(), 1 + Math.floor(bytes / BYTES_PER_READER));
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    await using reader = openReader();
    for (let at = next++; at < tasks.length; at = next++) {
      const task = tasks[at];
      if (task === undefined) return;
      onProgress?.({ done, total: tasks.length, message: `Reading ${task.toRead.name}` });
      outcomes[at] = await reader.read(task.toRead, signal);
      done += 1;
      onProgress?.({ done, total: tasks.length, message: `Read ${task.toRead.name}` });
    }
  };
  // All lanes end before the first fault is passed on: no thread outlives the call.
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes;
}

/** What the readers found in one file: in its order, or the reason why nothing of it can be used. */
function joined(outcomes: readonly ReadOutcome[]): ReadOutcome {
  const refused = outcomes.find((outcome) => outcome.kind === 'unreadable');
  if (refused !== undefined) return refused;
  const readings = outcomes.flatMap((outcome) => (outcome.kind === 'read' ? outcome.readings : []));
  return readings.length > 0 ? { kind: 'read', readings } : { kind: 'unreadable', reason: 'It has no readable text in it.' };
}

/** Parts named one by one in a file; a file of a thousand bad lines is not a thousand messages. */
const NAMED_REFUSALS = 20;

function refusedParts(name: string, readings: readonly Reading[]): readonly RejectedFile[] {
  const refused = readings.filter((reading) => 'refused' in reading);
  const named = refused.slice(0, NAMED_REFUSALS).map(({ part, refused: reason }) => ({ name: `${name} › ${part}`, reason }));
  const [first, ...rest] = refused.slice(NAMED_REFUSALS);
  if (first === undefined) return named;
  const count = rest.reduce((sum, part) => sum + part.count, first.count);
  return [
    ...named,
    { name, reason: `${count} more of its parts could not be read either, from ${first.part} on: ${first.refused}` },
  ];
}

/**
 * Reads files of any supported kind. Throws only for cancellation (`cancelled`), options that make no sense
 * (`invalid_input`) and a machine that cannot start a thread (`worker_failed`).
 */
export async function readDocuments(files: readonly InputFile[], options: ReadOptions = {}): Promise<ReadResult> {
  const limits = resolveLimits(options.limits);
  checkFiles(files);
  if (options.signal?.aborted) throw cancelled();

  const firstWith = new Map<string, InputFile>();
  const outcomes: ReadOutcome[][] = files.map(() => []);
  const identities = files.map((file) => sha256(file.bytes));
  const tasks = files.flatMap((file, at) => {
    const identity = identities[at] ?? '';
    const reason = refusedUnread(file, firstWith.get(identity), limits);
    if (reason === undefined) {
      firstWith.set(identity, file);
      return tasksFor(file, at, limits);
    }
    outcomes[at] = [{ kind: 'unreadable', reason }];
    return [];
  });
  for (const [index, outcome] of (await readAll(tasks, options)).entries()) outcomes[tasks[index]?.at ?? -1]?.push(outcome);

  const documents: Document[] = [];
  const rejected: RejectedFile[] = [];
  for (const [at, { name }] of files.entries()) {
    const outcome = joined(outcomes[at] ?? []);
    if (outcome.kind === 'unreadable') {
      rejected.push({ name, reason: outcome.reason });
      continue;
    }
    for (const reading of outcome.readings) {
      if ('refused' in reading) continue;
      const { part, ...rest } = reading;
      const id = `d${documents.length + 1}`;
      documents.push({ id, name: part === undefined ? name : `${name} › ${part}`, sha256: identities[at] ?? '', ...rest });
    }
    rejected.push(...refusedParts(name, outcome.readings));
  }
  return { documents, rejected };
}
