// From a chain that emits to a reader that iterates. The buffer is bounded: a slow reader slows the provider down,
// and one that leaves early ends the call upstream.
import type { GenerateResult, StreamPart } from '#foundation';
import { linkSignals } from '../linked-signal.ts';

export type Delta = Exclude<StreamPart, { kind: 'finish' }>;

const BUFFERED_PARTS = 64;
const nobody = (): void => {};

export type Run = (emit: (part: Delta) => Promise<void>, signal: AbortSignal) => Promise<GenerateResult>;

export async function* streamed(run: Run, signal: AbortSignal | undefined): AsyncGenerator<StreamPart> {
  const linked = linkSignals(signal);
  const parts: Delta[] = [];
  const state = { ended: false, wakeReader: nobody, wakeWriter: nobody };

  const emit = async (part: Delta): Promise<void> => {
    parts.push(part);
    state.wakeReader();
    while (parts.length >= BUFFERED_PARTS && !linked.signal.aborted) {
      await new Promise<void>((resolve) => {
        state.wakeWriter = resolve;
      });
    }
  };
  const result = run(emit, linked.signal).finally(() => {
    state.ended = true;
    state.wakeReader();
  });
  // Looked at below; a reader that leaves early never gets there, and the failure is in the log.
  result.catch(nobody);

  try {
    while (!state.ended || parts.length > 0) {
      const part = parts.shift();
      if (part !== undefined) {
        state.wakeWriter();
        yield part;
        continue;
      }
      await new Promise<void>((resolve) => {
        state.wakeReader = resolve;
      });
    }
    yield { kind: 'finish', result: await result };
  } finally {
    linked.unlink();
    linked.abort();
    state.wakeWriter();
  }
}
