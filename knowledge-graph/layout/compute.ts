// Computes the layout, in a worker thread when the network is large enough to hold up the main one.
import { Worker } from 'node:worker_threads';
import { ShoalError } from '#foundation';
import type { LayoutPoint } from '../contract.ts';
import type { Network } from '../salience/network.ts';
import { layOut } from './force-atlas.ts';

const SMALL = 300;

export async function computeLayout(network: Network, seed: number, signal?: AbortSignal): Promise<readonly LayoutPoint[]> {
  const positions = network.ids.length <= SMALL ? layOut({ network, seed }) : await layOutInWorker(network, seed, signal);
  return network.ids.map((entity, node) => {
    const [x = 0, y = 0] = positions[node] ?? [];
    return { entity, x, y };
  });
}

function layOutInWorker(
  network: Network,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly [number, number])[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('layout-worker.ts', import.meta.url), { workerData: { network, seed } });
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
