// Entry of the layout thread: one job in, positions out.
import { parentPort, workerData } from 'node:worker_threads';
import { layOut } from './force-atlas.ts';
import type { LayoutJob } from './force-atlas.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(layOut(workerData as LayoutJob));
