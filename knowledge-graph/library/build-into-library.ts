// Builds a graph by rules in a thread of its own, which also stores it: the caller's event loop stays free throughout,
// and ending the thread ends the work at once. What was stored before stays as it was until the new graph is whole.
import { Worker } from 'node:worker_threads';
import { ShoalError } from '#foundation';
import type { ErrorCode, Progress, ReportProgress } from '#foundation';
import type { BuildStep, GraphEdit, ReadResult } from '../contract.ts';

export interface LibraryBuild {
  /** File of the library; another connection to it may stay open. */
  readonly path: string;
  /** Under which the graph is saved. */
  readonly name: string;
  readonly read: ReadResult;
  readonly edits: readonly GraphEdit[];
  readonly seed: number;
  /** What the embedded model is called: findings are kept under it. */
  readonly model: string;
  /** Whose vectors a search is to use; the library holds them. */
  readonly embeddingModel?: string | undefined;
}

export interface BuildWatch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReportProgress | undefined;
  readonly onStep?: ((step: BuildStep) => void) | undefined;
}

/** What the thread says: where it is, then how it ended. */
export type BuildMessage =
  | { readonly kind: 'step'; readonly step: BuildStep }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'saved' }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly details: Readonly<Record<string, unknown>>;
    };

/** Throws `cancelled`, `no_documents`, and `worker_failed` where the thread dies. */
export async function buildIntoLibrary(build: LibraryBuild, { signal, onProgress, onStep }: BuildWatch = {}): Promise<void> {
  if (signal?.aborted === true) throw cancelled();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./build-thread.ts', import.meta.url), { workerData: build });
  worker.on('message', (message: BuildMessage) => {
    if (message.kind === 'step') onStep?.(message.step);
    else if (message.kind === 'progress') onProgress?.(message.progress);
    else if (message.kind === 'saved') resolve();
    else reject(failureOf(message));
  });
  worker.once('error', (cause) => reject(died(cause)));
  // Without effect where it said how it ended.
  worker.once('exit', () => reject(died(new Error('it ended without an answer'))));
  const onAbort = (): void => reject(cancelled());
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

const cancelled = (): ShoalError => new ShoalError('cancelled', 'The building of the graph was cancelled.');

const failureOf = ({ code, message, hint, details }: Extract<BuildMessage, { kind: 'failed' }>): ShoalError =>
  new ShoalError(code, message, { details, ...(hint === undefined ? {} : { hint }) });

const died = (cause: Error): ShoalError =>
  new ShoalError('worker_failed', `The thread that built the graph failed: ${cause.message}`, {
    cause,
    hint:
      (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'It needed too much memory: build it of fewer documents, or several graphs.'
        : 'Try again; if it goes on, report it with the documents.',
  });
