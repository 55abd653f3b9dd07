// Follows a run's event stream over fetch. Invariant: after any break it goes on behind the last event it has
// seen (Last-Event-ID), so no event is lost or folded twice. Knows nothing of React.
import { createParser } from 'eventsource-parser';
import { RunEvent } from '#api/contract';
import { API } from './request.ts';

export type StreamState = 'connecting' | 'open' | 'waiting' | 'closed';

export interface FollowOptions {
  readonly onEvent: (event: RunEvent) => void;
  readonly onState: (state: StreamState, failures: number) => void;
  readonly signal: AbortSignal;
}

const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** Reads one connection to its end. Resolves `gone` where the server says that the run does not exist. */
async function readOnce(
  url: string,
  lastEventId: string | undefined,
  options: FollowOptions,
  onId: (id: string) => void,
): Promise<'ended' | 'gone'> {
  const connection = new AbortController();
  const stop = (): void => connection.abort();
  options.signal.addEventListener('abort', stop, { once: true });
  let silence = setTimeout(stop, SILENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
      signal: connection.signal,
      cache: 'no-store',
    });
    if (response.status === 404 || response.status === 204) return 'gone';
    if (!response.ok || response.body === null) throw new Error(`stream answered ${response.status}`);
    options.onState('open', 0);
    const parser = createParser({
      onEvent: (message) => {
        if (message.id !== undefined) onId(message.id);
        const parsed = RunEvent.safeParse(parseJson(message.data));
        if (parsed.success) options.onEvent(parsed.data);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
      parser.feed(value);
    }
  } finally {
    clearTimeout(silence);
    options.signal.removeEventListener('abort', stop);
    connection.abort();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Resolves when the signal aborts or the run is gone. */
export async function followRun(runId: string, options: FollowOptions): Promise<void> {
  const url = `${API}/runs/${encodeURIComponent(runId)}/stream`;
  let lastEventId: string | undefined;
  let failures = 0;
  while (!options.signal.aborted) {
    options.onState('connecting', failures);
    const before = lastEventId;
    try {
      const outcome = await readOnce(url, lastEventId, options, (id) => (lastEventId = id));
      if (outcome === 'gone') break;
      failures = lastEventId === before ? failures + 1 : 0;
    } catch {
      // A refused, cut or silent connection: all three are answered by going on after a pause.
      failures = lastEventId === before ? failures + 1 : 1;
    }
    if (options.signal.aborted) break;
    options.onState('waiting', failures);
    await sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1)), options.signal);
  }
  options.onState('closed', failures);
}
