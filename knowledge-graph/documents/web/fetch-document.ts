// One document from the web, for a person who allowed it. The host's addresses are resolved once, all checked, and the
// connection goes to those and no others, so that a name cannot mean something else a moment later. Each redirect goes
// the same way. No proxy of the environment, no cookies, no credentials; time, size and type are bounded.
import type { LookupFunction } from 'node:net';
import { isIPv6 } from 'node:net';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Client, type Dispatcher } from 'undici';
import { ShoalError } from '#foundation';
import type { InputFile } from '../../contract.ts';
import { formatBytes } from '../limits.ts';
import { checkedAddresses, type Network, PUBLIC_INTERNET } from './checked-addresses.ts';
import { documentUrl } from './document-url.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Other than the public internet: for a machine that reads from a mirror of its own, and for tests. */
  readonly network?: Network;
  readonly maxBytes?: number;
  /** For the whole, redirects included. */
  readonly timeoutMs?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const READABLE_TYPES =
  /^(text\/[\w.+-]+|application\/([\w.-]+\+)?(xml|json|zip)|application\/(pdf|x-?ndjson|jsonl|json-?lines|zip|x-zip-compressed|csv|markdown|octet-stream|vnd\.openxmlformats-officedocument\.[\w.]+)|binary\/octet-stream)$/i;
/** Endings for names that have none, where the ending helps to tell what the text is. */
const ENDINGS: Readonly<Record<string, string>> = {
  'text/csv': '.csv',
  'text/markdown': '.md',
  'application/x-ndjson': '.jsonl',
  'application/jsonl': '.jsonl',
};
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const unreadable = (message: string, hint: string, cause?: unknown): ShoalError =>
  new ShoalError('document_unreadable', message, { hint, ...(cause === undefined ? {} : { cause }) });

/**
 * Fetches a document. Throws `invalid_input` for an address that is none, `forbidden` for a private network,
 * `document_too_large`, `document_unreadable` for a refusal of the server, an unreadable type or no answer in time,
 * and `cancelled`.
 */
export async function fetchDocument(address: string, options: FetchOptions = {}): Promise<InputFile> {
  const { signal, network = PUBLIC_INTERNET, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const ending = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let url = documentUrl(address);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const addresses = await untilEnd(checkedAddresses(url, network), ending);
      const answer = await ask(url, addresses, maxBytes, ending);
      if (!(answer instanceof URL)) return answer;
      url = answer;
    }
  } catch (thrown) {
    if (thrown instanceof ShoalError) throw thrown;
    if (signal?.aborted) throw new ShoalError('cancelled', 'Fetching the document was cancelled.');
    if (timeout.aborted) {
      throw unreadable(
        `${url.host} did not send the document within ${timeoutMs / 1000} s.`,
        'Try again, or download it yourself.',
      );
    }
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw unreadable(`${url.host} could not be reached or broke off (${detail.slice(0, 120)}).`, 'Check the address.', thrown);
  }
  throw unreadable(`${address} leads from one address to another more than ${MAX_REDIRECTS} times.`, 'Give the last address.');
}

/** The promise, or the signal's reason once it ends: names are resolved by the system, which takes no signal. */
async function untilEnd<T>(promise: Promise<T>, ending: AbortSignal): Promise<T> {
  ending.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(ending.reason);
  ending.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    ending.removeEventListener('abort', end);
  }
}

/** A look-up that knows nothing but what was checked. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, options, answer) => {
    const [first] = known;
    if (options.all === true) answer(null, known);
    else answer(null, first?.address ?? '', first?.family ?? 4);
  };
}

/** The document, or where the server says that it is. */
async function ask(url: URL, addresses: readonly string[], maxBytes: number, signal: AbortSignal): Promise<InputFile | URL> {
  const client = new Client(url.origin, { connect: { lookup: lookupOf(addresses) } });
  try {
    const response = await client.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': 'Shoal', accept: '*/*', 'accept-encoding': 'gzip, br, identity' },
      signal,
    });
    const { statusCode } = response;
    const location = headerOf(response, 'location');
    if (REDIRECTS.has(statusCode) && location !== undefined) return documentUrl(location, url);
    if (statusCode !== 200) {
      throw unreadable(`${url.host} answers ${statusCode} instead of the document.`, 'Open the address in a browser to see why.');
    }
    const type = (headerOf(response, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (type !== '' && !READABLE_TYPES.test(type)) {
      throw unreadable(
        `${url.host} sends ${type.slice(0, 80)}, which is not a kind of document.`,
        'Give the address of a document.',
      );
    }
    return { name: nameOf(url, type), bytes: await bodyOf(response, url, maxBytes) };
  } finally {
    await client.destroy();
  }
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Both what comes over the wire and what it unpacks to are counted. */
async function bodyOf(response: Dispatcher.ResponseData, url: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = (): ShoalError =>
    new ShoalError('document_too_large', `The document at ${url.host} is larger than ${formatBytes(maxBytes)}.`, {
      hint: 'Download it yourself and give it in parts.',
    });
  if (Number(headerOf(response, 'content-length') ?? 0) > maxBytes) throw tooLarge();
  const encoding = (headerOf(response, 'content-encoding') ?? 'identity').trim().toLowerCase();
  const decoder = DECODERS[encoding];
  if (decoder === undefined && encoding !== 'identity') {
    throw unreadable(`${url.host} packs the document in an unknown way (${encoding.slice(0, 40)}).`, 'Download it yourself.');
  }
  // A break in what comes in ends the decoder too, and is thrown by the loop.
  const stream = decoder === undefined ? response.body : pipeline(response.body, decoder(), () => undefined);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Host and path; the query is left out, since it may hold what is nobody else's business. */
function nameOf(url: URL, type: string): string {
  const path = url.pathname.replace(/\/+$/, '');
  const name = `${url.host}${path}`.slice(0, 200);
  return /\.[a-z0-9]{2,5}$/i.test(path) ? name : `${name}${ENDINGS[type] ?? ''}`;
}
