// The thread in which files are parsed, one at a time: whatever a parser does there, the server's event loop stays
// free, and the thread can be ended from outside. Started by `reader.ts`.
import { parentPort } from 'node:worker_threads';
import { cleanLine } from './clean-text.ts';
import { readFile } from './read-file.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-message.ts';
import { Unreadable } from './unreadable.ts';

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Unreadable) return thrown.message;
  if (thrown instanceof RangeError) {
    return 'It is nested too deeply or grows too large to be read. Give a simpler version of it, such as plain text.';
  }
  const detail = cleanLine(thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 160);
  return `It could not be read (${detail}). It may be damaged: open it in the program that made it and save it again.`;
}

const port = parentPort;
if (port !== null) {
  const answer = (message: ReaderAnswer): void => port.postMessage(message);
  port.on('message', ({ bytes, name, limits }: ReaderRequest) => {
    readFile(bytes, name, limits).then(
      (parts) => answer({ kind: 'read', parts: parts.map((part) => ({ ...part, blocks: [...part.blocks] })) }),
      (thrown: unknown) => answer({ kind: 'unreadable', reason: reasonOf(thrown) }),
    );
  });
  answer({ kind: 'ready' });
}
