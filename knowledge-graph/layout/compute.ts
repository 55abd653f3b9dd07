// Computes the layout of what is drawn, in a worker thread when that is enough to hold up the main one.
import { Worker } from 'node:worker_threads';
import { ShoalError } from '#foundation';
import type { CommunityNode } from '../communities/detect.ts';
import type { LayoutPoint } from '../contract.ts';
import type { Network } from '../salience/network.ts';
import { chooseShown } from './choose.ts';
import { layOut } from './force-atlas.ts';
import type { LayoutJob } from './force-atlas.ts';

const SMALL = 150;

export interface LayoutRequest {
  readonly network: Network;
  /** By node: how central it is. The least central are left out of a large network. */
  readonly weights: readonly number[];
  readonly communities: readonly CommunityNode[];
  readonly seed: number;
}

export async function computeLayout(
  { network, weights, communities, seed }: LayoutRequest,
  signal?: AbortSignal,
): Promise<readonly LayoutPoint[]> {
  const shown = chooseShown(network, weights);
  const communityOf = new Map(
    communities.flatMap(({ level, members }, community) =>
      level > 0 ? [] : members.map((node) => [network.ids[node] ?? '', community] as const),
    ),
  );
  const job = { network: shown, communities: shown.ids.map((id) => communityOf.get(id)), seed };
  const positions = shown.ids.length <= SMALL ? layOut(job) : await layOutInWorker(job, signal);
  return shown.ids.map((entity, node) => {
    const [x = 0, y = 0] = positions[node] ?? [];
    return { entity, x, y };
  });
}

function layOutInWorker(job: LayoutJob, signal: AbortSignal | undefined): Promise<readonly (readonly [number, number])[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('layout-worker.ts', import.meta.url), { workerData: job });
    const stop = (): void => {
      void worker.terminate();
      reject(new ShoalError('cancelled', 'The layout was cancelled.'));
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', (cause) => reject(new ShoalError('worker_failed', 'The layout thread failed.', { cause })));
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      // Without effect when the answer has come; otherwise the thread died silently.
      reject(new ShoalError('worker_failed', 'The layout thread ended without an answer.'));
    });
  });
}
