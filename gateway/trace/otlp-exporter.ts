// Sends spans to a collector, behind the calls: batches, a bounded queue that counts what it drops, and retries with
// back-off for answers that the protocol calls passing (429, 502, 503, 504). Nothing here ever fails a call.
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { otlpBody } from './otlp.ts';
import type { OtlpTrace } from './otlp.ts';

export interface OtlpExporter {
  add(make: () => OtlpTrace): void;
  readonly dropped: number;
  readonly sent: number;
  /** Sends what waits; gives up with the signal. */
  close(signal: AbortSignal): Promise<void>;
}

export interface OtlpOptions {
  /** Complete URL of the traces' endpoint. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Readonly<Record<string, string>>;
  readonly version: string;
  readonly queue: number;
  readonly batch: number;
  readonly timeoutMs: number;
  /** How long a batch waits for more. */
  readonly delayMs?: number;
  readonly retryMs?: number;
}

const PASSING = new Set([429, 502, 503, 504]);
const ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 30_000;
const compress = promisify(gzip);

export function createOtlpExporter(options: OtlpOptions): OtlpExporter {
  const { url, resource, version, queue, batch, timeoutMs, delayMs = 1000, retryMs = 500 } = options;
  const headers = { ...options.headers, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const stop = new AbortController();
  let waiting: (() => OtlpTrace)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let dropped = 0;
  let sent = 0;

  const giveUp = (): void => stop.abort();
  const post = async (body: Buffer): Promise<'done' | 'refused' | { readonly afterMs: number }> => {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]);
    const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body), signal, redirect: 'error' });
    await answer.body?.cancel();
    if (answer.ok) return 'done';
    return PASSING.has(answer.status) ? { afterMs: Number(answer.headers.get('retry-after') ?? 0) * 1000 || 0 } : 'refused';
  };
  const send = async (traces: readonly OtlpTrace[]): Promise<void> => {
    const body = await compress(otlpBody(traces, resource, version));
    for (let attempt = 1; attempt <= ATTEMPTS && !stop.signal.aborted; attempt++) {
      const result = await post(body).catch(() => ({ afterMs: 0 }));
      if (result === 'done') {
        sent += traces.length;
        return;
      }
      if (result === 'refused') break;
      if (attempt === ATTEMPTS) break;
      const backOffMs = retryMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      await pause(Math.min(LONGEST_PAUSE_MS, Math.max(result.afterMs, backOffMs)), undefined, {
        signal: stop.signal,
        ref: false,
      }).catch(() => undefined);
    }
    dropped += traces.length;
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0 && !stop.signal.aborted) await send(waiting.splice(0, batch).map((make) => make()));
    sending = undefined;
  };
  const start = (): void => {
    clearTimeout(timer);
    timer = undefined;
    sending ??= drain();
  };

  return {
    add: (make) => {
      if (waiting.length >= queue) {
        dropped += 1;
        return;
      }
      waiting.push(make);
      if (waiting.length >= batch) start();
      else timer ??= setTimeout(start, delayMs).unref();
    },
    get dropped() {
      return dropped;
    },
    get sent() {
      return sent;
    },
    close: async (signal) => {
      if (signal.aborted) giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        start();
        await sending;
        dropped += waiting.length;
        waiting = [];
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
}

/** From the settings and the environment, as OpenTelemetry names its variables; undefined = nothing is sent. */
export function otlpTarget(
  endpoint: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } | undefined {
  const base = endpoint ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const exact = endpoint === undefined ? environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] : undefined;
  const url = exact || (base ? `${base.replace(/\/+$/, '')}/v1/traces` : undefined);
  if (url === undefined) return undefined;
  const written = environment['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] ?? environment['OTEL_EXPORTER_OTLP_HEADERS'] ?? '';
  const headers = written.split(',').flatMap((pair): readonly (readonly [string, string])[] => {
    const [name = '', ...value] = pair.split('=');
    return name.trim() === '' ? [] : [[name.trim().toLowerCase(), decoded(value.join('=').trim())]];
  });
  return { url, headers: Object.fromEntries(headers) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
