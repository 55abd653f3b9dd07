// A folder's cascades: files → cascades on one clock, with what had to be found out or put right on the way.
import { ShoalError } from '#foundation';
import { toCascade, type Cascade } from './cascade.ts';
import { readCascade } from './read-cascade.ts';
import { findTimeReference, type TimeReference } from './time-reference.ts';

interface CascadeSet {
  readonly cascades: readonly Cascade[];
  readonly reference: TimeReference;
  /** Sentences for the reader of the result. */
  readonly notes: readonly string[];
}

/** Throws `invalid_input` with file and line for what is no cascade, and where there is none. */
export function readCascades(files: readonly { readonly name: string; readonly text: string }[]): CascadeSet {
  if (files.length === 0) {
    throw new ShoalError('invalid_input', 'There is no cascade to read.', {
      hint: 'Name a folder with .txt files, one cascade each.',
    });
  }
  const read = files.map(({ name, text }) => readCascade(name, text));
  const reference = findTimeReference(read);
  const cascades = read.map((file) => toCascade(file, reference));
  const orphans = cascades.reduce((sum, { orphans: own }) => sum + own, 0);
  return {
    cascades,
    reference,
    notes: [
      reference.evidence,
      ...(orphans === 0
        ? []
        : [`${orphans} replies answer a post that is not in their file; they count as replies to the root.`]),
    ],
  };
}
