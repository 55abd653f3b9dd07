// One computation in a thread of its own: one job in, one answer out.
import { Worker } from 'node:worker_threads';
import { ShoalError } from '#foundation';

/**
 * `entry` posts one message; `what` names the work for a person. Throws `cancelled` when the signal aborts, `worker_failed`
 * when the thread dies.
 */
export function runInThread<Answer>(
  entry: URL,
  job: unknown,
  { what, signal }: { readonly what: string; readonly signal: AbortSignal | undefined },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: job });
    const stop = (): void => {
      void worker.terminate();
      reject(new ShoalError('cancelled', `The ${what} was cancelled.`));
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', (cause) => reject(new ShoalError('worker_failed', `The thread of the ${what} failed.`, { cause })));
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      // Without effect when the answer has come; otherwise the thread died silently.
      reject(new ShoalError('worker_failed', `The thread of the ${what} ended without an answer.`));
    });
  });
}
