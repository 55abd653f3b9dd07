// A body of server-sent events, read to its end. Where it stands (the last id, the pause that the server asks for) is
// kept outside, so that another stream can go on from there.
import { createParser } from 'eventsource-parser';
import { ShoalError } from '#foundation';
import { serverFault } from './server-fault.ts';

export interface StreamPosition {
  lastEventId: string | undefined;
  retryMs: number | undefined;
}

const LARGEST_EVENT_BYTES = 16 * 1024 * 1024;

/** Calls back with the data of each event that has some. Throws `tool_failed` for an event without end. */
export async function readEvents(
  body: AsyncIterable<Uint8Array>,
  position: StreamPosition,
  onData: (data: string, name: string | undefined) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let open = 0;
  const parser = createParser({
    onEvent: ({ id, data, event }) => {
      open = 0;
      if (id !== undefined) position.lastEventId = id;
      if (data !== '') onData(data, event);
    },
    onRetry: (retryMs) => {
      position.retryMs = retryMs;
    },
  });
  try {
    for await (const chunk of body) {
      open += chunk.length;
      if (open > LARGEST_EVENT_BYTES) {
        throw serverFault(`An event of the stream has more than ${LARGEST_EVENT_BYTES} bytes.`);
      }
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  } catch (error) {
    if (error instanceof ShoalError || (error as Error).name === 'AbortError') throw error;
    // A connection that breaks is an end like any other: the reader asks for the rest, where there can be one.
  }
}
