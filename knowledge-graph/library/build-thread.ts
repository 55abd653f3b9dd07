// Entry of the thread that builds a graph and stores it; see `build-into-library.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { toShoalError } from '#foundation';
import { buildGraph } from '../build.ts';
import { rulesModel } from '../extraction/rules-model.ts';
import type { BuildMessage, LibraryBuild } from './build-into-library.ts';
import { openGraphLibrary } from './graph-library.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
const tell = (message: BuildMessage): void => parentPort?.postMessage(message);

async function build({ path, name, read, edits, seed, model, embeddingModel }: LibraryBuild): Promise<void> {
  const library = openGraphLibrary(path);
  try {
    const graph = await buildGraph(read, {
      model: rulesModel(model),
      seed,
      edits,
      findings: library.findings,
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      onStep: (step) => tell({ kind: 'step', step }),
    });
    tell({ kind: 'step', step: 'storing' });
    library.save(name, graph, embeddingModel);
  } finally {
    library.close();
  }
}

try {
  await build(workerData as LibraryBuild);
  tell({ kind: 'saved' });
} catch (thrown) {
  const { code, message, hint, details } = toShoalError(thrown);
  tell({ kind: 'failed', code, message, hint, details });
}
