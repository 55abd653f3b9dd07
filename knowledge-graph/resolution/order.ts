// One order for everything with a place: by document as it came in, then by offset.
import type { SourceSpan } from '../contract.ts';

export const bySpan = (left: SourceSpan, right: SourceSpan): number =>
  documentNumber(left) - documentNumber(right) || left.start - right.start || left.end - right.end;

const documentNumber = (span: SourceSpan): number => Number(span.document.slice(1));
