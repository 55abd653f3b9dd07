// JSON in a run's file: where it does not parse, or is not what its checksum says, the file is damaged.
import { ShoalError, sha256 } from '#foundation';

/**
 * `what` as the subject of a sentence; `expected` is the SHA-256 of the text, which files of an older Shoal lack.
 * Throws `record_corrupt`.
 */
export function storedJson(text: unknown, what: string, expected?: unknown): unknown {
  const damaged = (cause?: unknown): ShoalError =>
    new ShoalError('record_corrupt', `${what} is damaged.`, {
      ...(cause === undefined ? {} : { cause }),
      hint: 'Restore the file from a copy, or repair it: `replay <run> --repair`.',
    });
  if (typeof expected === 'string' && sha256(String(text)) !== expected) throw damaged();
  try {
    return JSON.parse(String(text));
  } catch (cause) {
    throw damaged(cause);
  }
}
