// Why one file cannot be read, in words for a person. Thrown inside the reader, caught at its edge:
// it never leaves this room as an exception.

import { cleanLine } from './clean-text.ts';

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** `thrown` as a short remark in brackets. */
function remark(detail: unknown): string {
  const text = detail instanceof Error ? detail.message : detail;
  return typeof text === 'string' && text !== '' ? ` (${cleanLine(text).slice(0, 120)})` : '';
}

/** The file claims to be something and is not, or not any more. */
export function damaged(what: string, detail?: unknown): Unreadable {
  return new Unreadable(
    `It looks like ${what} but is damaged or incomplete${remark(detail)}. ` +
      'Open it in the program that made it and save it again, or fetch a fresh copy.',
  );
}
