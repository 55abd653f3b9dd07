// What the caller's `cache-control` header asks of our cache (RFC 9111, 5.2.1).

export interface CacheDirective {
  /** A stored answer will do. */
  readonly read: boolean;
  /** The answer may be kept. */
  readonly store: boolean;
  /** Oldest answer that will do. */
  readonly maxAgeMs: number;
}

const ANYTHING: CacheDirective = { read: true, store: true, maxAgeMs: Infinity };

export function cacheDirective(header: string | undefined): CacheDirective {
  if (header === undefined || header === '') return ANYTHING;
  let { read, store, maxAgeMs } = ANYTHING;
  for (const piece of header.toLowerCase().split(',')) {
    const [name = '', value = ''] = piece.split('=').map((word) => word.trim());
    if (name === 'no-cache') read = false;
    // It is only a word about keeping, but who says it does not expect to be given what was kept.
    if (name === 'no-store') read = store = false;
    if (name === 'max-age' && /^"?\d+"?$/.test(value)) maxAgeMs = Number(value.replaceAll('"', '')) * 1000;
  }
  return { read, store, maxAgeMs };
}
