// One order for everything with a place: by document as it came in, then by offset.
import type { SourceSpan } from '../contract.ts';

export const bySpan = (left: SourceSpan, right: SourceSpan): number =>
  byDocument(left.document, right.document) || left.start - right.start || left.end - right.end;

/** `d9` before `d10`: the shorter number is the smaller one. */
const byDocument = (left: string, right: string): number =>
  left === right ? 0 : left.length - right.length || (left < right ? -1 : 1);
