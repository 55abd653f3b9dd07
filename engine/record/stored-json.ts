// JSON in a run's file that has no checksum: where it does not parse, the file is damaged.
import { ShoalError } from '#foundation';

/** `what` as the subject of a sentence. Throws `record_corrupt`. */
export function storedJson(text: unknown, what: string): unknown {
  try {
    return JSON.parse(String(text));
  } catch (cause) {
    throw new ShoalError('record_corrupt', `${what} is damaged.`, {
      cause,
      hint: 'Restore the file from a copy, or repair it: `replay <run> --repair`.',
    });
  }
}
