// A reader: one thread, started for the first file, used again for the next, ended when a file takes too long,
// the work is cancelled, or the reader is closed. A thread that died is replaced at the next file.
import { Worker } from 'node:worker_threads';
import { ShoalError } from '#foundation';
import type { FileToRead, Reading } from './read-file.ts';
import { readerAnswerSchema, type ReaderRequest } from './reader-message.ts';

export type ReadOutcome =
  | { readonly kind: 'read'; readonly readings: readonly Reading[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface Reader extends AsyncDisposable {
  read(file: FileToRead, signal?: AbortSignal): Promise<ReadOutcome>;
}

const HEAP_MEGABYTES = 1_024;
/** The time limit is for each started stretch of this many bytes: a large honest file may take longer. */
const BYTES_PER_TIMEOUT = 8 * 1024 * 1024;
/** A thread that has not come up by then never will. */
const START_TIMEOUT_MS = 30_000;

function startThread(): Worker {
  const thread = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    // Parsers print warnings to the console; the command line's output is not theirs.
    stdout: true,
    stderr: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  thread.stdout.resume();
  thread.stderr.resume();
  // Death outside of a file has nobody to tell; without a listener it would end the process.
  thread.on('error', () => undefined);
  return thread;
}

export function openReader(): Reader {
  let thread: Worker | undefined;
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };

  const read = async (file: FileToRead, signal?: AbortSignal): Promise<ReadOutcome> => {
    if (signal?.aborted) throw cancelled();
    const isNew = thread === undefined;
    const worker = (thread ??= startThread());
    const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>();
    const readings: Reading[] = [];
    let answered = false;
    let timer: NodeJS.Timeout | undefined;
    const giveUpAfter = (timeoutMs: number, giveUp: () => void): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, timeoutMs);
    };
    const refuse = (reason: string): void => resolve({ kind: 'unreadable', reason });

    const send = (): void => {
      const timeoutMs = file.limits.timeoutMs * Math.max(1, Math.ceil(file.bytes.length / BYTES_PER_TIMEOUT));
      giveUpAfter(timeoutMs, () => refuse(tookTooLong(timeoutMs)));
      // A copy that changes hands: the caller's bytes stay the caller's, however large the buffer behind them.
      const bytes = new Uint8Array(file.bytes);
      const request: ReaderRequest = { ...file, bytes };
      worker.postMessage(request, [bytes.buffer]);
    };
    const onMessage = (message: unknown): void => {
      const answer = readerAnswerSchema.safeParse(message);
      if (!answer.success) return refuse(threadDied(answer.error));
      if (answer.data.kind === 'ready') return send();
      if (answer.data.kind === 'readings') {
        for (const reading of answer.data.readings) readings.push(reading);
        return undefined;
      }
      answered = true;
      resolve(answer.data.kind === 'end' ? { kind: 'read', readings } : answer.data);
    };
    const onError = (thrown: Error): void => refuse(threadDied(thrown));
    const onExit = (): void => refuse(threadDied(new Error('the reading thread ended')));
    const onAbort = (): void => reject(cancelled());

    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (isNew)
        giveUpAfter(START_TIMEOUT_MS, () => reject(new ShoalError('worker_failed', 'The reading thread did not start.')));
      else send();
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // Without an answer it is still at work on this file, or dead: the next file gets a fresh one.
      if (!answered) await end();
    }
  };

  return { read, [Symbol.asyncDispose]: end };
}

export const cancelled = (): ShoalError => new ShoalError('cancelled', 'Reading the documents was cancelled.');

const tookTooLong = (timeoutMs: number): string =>
  `Reading it took longer than ${timeoutMs / 1000} s (timeoutMs). Split it, give it in a simpler format, or raise the limit.`;

function threadDied(thrown: Error): string {
  return (thrown as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'Reading it needed too much memory. Split it or give it in a simpler format.'
    : `Reading it failed (${thrown.message}). It may be damaged: save it again, or give it in another format.`;
}
