// Files in, documents and refusals out. One bad file never stops the others; ids follow input order whatever
// reader finished first, so the same files always give the same documents.
import { availableParallelism } from 'node:os';
import { type ReportProgress, sha256, ShoalError } from '#foundation';
import type { Document, InputFile, ReadLimits, ReadResult } from '../contract.ts';
import { formatBytes, resolveLimits } from './limits.ts';
import { cancelled, openReader, type ReadOutcome } from './reader.ts';

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

/** Another thread pays off above this much work; below it, starting one takes longer than reading. */
const BYTES_PER_READER = 1024 * 1024;
const MAX_READERS = 4;

interface Task {
  /** Place among the files given. */
  readonly at: number;
  readonly file: InputFile;
  readonly sha256: string;
}

interface Done {
  readonly task: Task;
  readonly outcome: ReadOutcome;
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

/** Runs the tasks on few readers; the outcome of task i is at place i. */
async function readAll(
  tasks: readonly Task[],
  limits: ReadLimits,
  { signal, onProgress }: ReadOptions,
): Promise<readonly Done[]> {
  const outcomes: Done[] = [];
  const bytes = tasks.reduce((sum, { file }) => sum + file.bytes.length, 0);
  const lanes = Math.min(tasks.length, MAX_READERS, availableParallelism(), 1 + Math.floor(bytes / BYTES_PER_READER));
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    await using reader = openReader();
    for (let at = next++; at < tasks.length; at = next++) {
      const task = tasks[at];
      if (task === undefined) return;
      onProgress?.({ done, total: tasks.length, message: `Reading ${task.file.name}` });
      outcomes[at] = { task, outcome: await reader.read(task.file, limits, signal) };
      done += 1;
      onProgress?.({ done, total: tasks.length, message: `Read ${task.file.name}` });
    }
  };
  // All lanes end before the first fault is passed on: no thread outlives the call.
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes;
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
  const refusals: (string | undefined)[] = files.map(() => undefined);
  const tasks: Task[] = [];
  for (const [at, file] of files.entries()) {
    const identity = sha256(file.bytes);
    const reason = refusedUnread(file, firstWith.get(identity), limits);
    if (reason === undefined) {
      firstWith.set(identity, file);
      tasks.push({ at, file, sha256: identity });
    } else {
      refusals[at] = reason;
    }
  }

  const documents: Document[] = [];
  for (const { task, outcome } of await readAll(tasks, limits, options)) {
    if (outcome.kind === 'unreadable') {
      refusals[task.at] = outcome.reason;
      continue;
    }
    for (const { part, ...rest } of outcome.parts) {
      const name = part === undefined ? task.file.name : `${task.file.name} › ${part}`;
      documents.push({ id: `d${documents.length + 1}`, name, sha256: task.sha256, ...rest });
    }
  }
  const rejected = files.flatMap((file, at) => {
    const reason = refusals[at];
    return reason === undefined ? [] : [{ name: file.name, reason }];
  });
  return { documents, rejected };
}
