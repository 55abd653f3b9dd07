// Entry of the thread that finds the structure of a network; see `structure.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { structureOfJob } from './structure.ts';
import type { StructureJob } from './structure.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(structureOfJob(workerData as StructureJob));
