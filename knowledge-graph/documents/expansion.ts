// How far one file may still unpack: one account for the file and everything packed inside it, however deep.
import type { ReadLimits } from '../contract.ts';
import { formatBytes } from './limits.ts';
import { Unreadable } from './unreadable.ts';

export interface Expansion {
  /** Bytes that may still be unpacked. */
  readonly left: () => number;
  /** Books unpacked bytes; throws `exceeded()` when they go over. */
  readonly take: (bytes: number) => void;
  readonly exceeded: () => Unreadable;
}

/** Below this size no ratio is dangerous: small files of one repeated letter are honest. */
const HARMLESS_BYTES = 4 * 1024 * 1024;

export function expansionOf(fileBytes: number, limits: ReadLimits): Expansion {
  let left = Math.min(limits.maxExpandedBytes, Math.max(fileBytes * limits.maxExpansionRatio, HARMLESS_BYTES));
  const exceeded = (): Unreadable =>
    new Unreadable(
      `It unpacks to more than is allowed (over ${formatBytes(limits.maxExpandedBytes)}, or over ${limits.maxExpansionRatio} times ` +
        'its own size), as files made to exhaust a computer do. If you trust it, save it again in another format, ' +
        'or raise maxExpandedBytes and maxExpansionRatio.',
    );
  return {
    left: () => left,
    take: (bytes) => {
      left -= bytes;
      if (left < 0) throw exceeded();
    },
    exceeded,
  };
}
