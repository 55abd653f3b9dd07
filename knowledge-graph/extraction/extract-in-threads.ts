// The rules over many documents in several threads. Findings come back in the order of the documents, so nobody can tell
// from them how many threads there were.
import { Piscina } from 'piscina';
import { ShoalError } from '#foundation';
import type { ReportProgress } from '#foundation';
import type { Finding } from '../resolution/merged.ts';
import { createUnpacker } from './packed.ts';
import type { Packed } from './packed.ts';
import type { ExtractInput } from './skills.ts';

/** Enough work to be worth a message, little enough to share evenly and to be cancelled soon. */
const BATCH_CHARACTERS = 100_000;
/** Batches handed out for each thread: one at work, one waiting. */
const AHEAD = 2;
const WORKER = new URL('./extract-worker.ts', import.meta.url).href;

export interface ThreadOptions {
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReportProgress | undefined;
  /** Another entry than the rules', for tests of what a failing thread does. */
  readonly filename?: string;
}

/** Throws the signal's reason when cancelled, `worker_failed` when a thread dies. */
export async function extractInThreads(
  inputs: readonly ExtractInput[],
  { workers, signal, onProgress, filename = WORKER }: ThreadOptions,
): Promise<readonly Finding[]> {
  const batches = batchesOf(inputs);
  const threads = Math.max(1, Math.min(workers, batches.length));
  const results: (readonly Finding[])[] = [];
  const unpack = createUnpacker();
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < batches.length; at = next++) {
      signal?.throwIfAborted();
      const batch = batches[at] ?? [];
      const packed = await run(pool, batch, signal);
      results[at] = unpack(
        batch.map(({ document }) => document),
        packed,
      );
      done += batch.length;
      onProgress?.({ done, total: inputs.length, message: `Read ${batch.at(-1)?.document.name ?? ''}` });
    }
  };
  try {
    await Promise.all(Array.from({ length: threads * AHEAD }, lane));
  } finally {
    // The first lane to fail ends the others with it.
    next = batches.length;
    await pool.destroy();
  }
  return results.flat();
}

async function run(pool: Piscina, batch: readonly ExtractInput[], signal: AbortSignal | undefined): Promise<Packed> {
  try {
    return (await pool.run(batch, signal === undefined ? {} : { signal })) as Packed;
  } catch (cause) {
    signal?.throwIfAborted();
    const [first, last] = [batch[0]?.document.name ?? '', batch.at(-1)?.document.name ?? ''];
    throw new ShoalError(
      'worker_failed',
      `The thread that read ${first === last ? first : `${first} to ${last}`} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause, hint: 'Leave these documents out, or split them; if it goes on, report it with the document.' },
    );
  }
}

/** Runs of whole documents. */
function batchesOf(inputs: readonly ExtractInput[]): readonly (readonly ExtractInput[])[] {
  const batches: ExtractInput[][] = [];
  let room = 0;
  for (const input of inputs) {
    if (room <= 0) {
      batches.push([]);
      room = BATCH_CHARACTERS;
    }
    batches.at(-1)?.push(input);
    room -= input.document.text.length;
  }
  return batches;
}
