// The thread in which files are parsed, one at a time: whatever a parser does there, the server's event loop stays
// free, and the thread can be ended from outside. Started by `reader.ts`.
import { parentPort, type MessagePort } from 'node:worker_threads';
import { readFile, type Reading } from './read-file.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-message.ts';
import { reasonOf } from './unreadable.ts';

/** Documents are handed over by about this much text, so that a file of many is never whole in this thread. */
const BATCH_CHARACTERS = 128 * 1024;

async function answer(port: MessagePort, request: ReaderRequest): Promise<void> {
  const post = (message: ReaderAnswer): void => port.postMessage(message);
  let batch: Reading[] = [];
  let characters = 0;
  const flush = (): void => {
    post({ kind: 'readings', readings: batch.map(asMessage) });
    batch = [];
    characters = 0;
  };
  try {
    for await (const reading of readFile(request)) {
      batch.push(reading);
      characters += 'refused' in reading ? reading.refused.length : reading.text.length;
      if (characters >= BATCH_CHARACTERS) flush();
    }
    flush();
    post({ kind: 'end' });
  } catch (thrown) {
    post({ kind: 'unreadable', reason: reasonOf(thrown) });
  }
}

const asMessage = (reading: Reading): Extract<ReaderAnswer, { kind: 'readings' }>['readings'][number] =>
  'refused' in reading ? reading : { ...reading, blocks: [...reading.blocks] };

const port = parentPort;
if (port !== null) {
  port.on('message', (request: ReaderRequest) => void answer(port, request));
  port.postMessage({ kind: 'ready' } satisfies ReaderAnswer);
}
