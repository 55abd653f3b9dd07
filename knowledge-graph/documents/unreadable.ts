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

/** Why reading ended, for a person, whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Unreadable) return thrown.message;
  if (thrown instanceof RangeError) {
    return 'It is nested too deeply or grows too large to be read. Give a simpler version of it, such as plain text.';
  }
  const detail = cleanLine(thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 160);
  return `It could not be read (${detail}). It may be damaged: open it in the program that made it and save it again.`;
}
