// The normal form of a block's text: well-formed NFC Unicode, `\n` line ends, no control or invisible characters,
// single spaces, no blank lines inside. Idempotent, so that text read again has the same offsets.

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
// Control characters, and format characters nobody sees (direction overrides, tags, soft hyphens, byte order marks).
// Joiners stay because scripts and emoji need them; the Arabic number signs are Cf by category but visible.
const INVISIBLE =
  /(?![\n\t])\p{Cc}|(?!\u200C|\u200D|[\u0600-\u0605\u06DD\u08E2])\p{Cf}|\p{Noncharacter_Code_Point}|\uFFFC|\uFFFD|[\u{E0100}-\u{E01EF}]/gu;
const SPACES = /[^\S\n]+/g;
const LINE_BREAKS = / *\n[ \n]*/g;

function visible(text: string): string {
  return text.toWellFormed().replace(LINE_ENDS, '\n').replace(INVISIBLE, '').normalize('NFC');
}

/** Prose: spaces collapse, line breaks that the author set stay single. */
export function cleanProse(text: string): string {
  return visible(text).replace(SPACES, ' ').replace(LINE_BREAKS, '\n').trim();
}

/** One line: a title, a name, a cell. */
export function cleanLine(text: string): string {
  return visible(text).replaceAll(/\s+/g, ' ').trim();
}

/** Code: indentation relative to its first line stays, blank lines go. */
export function cleanCode(text: string): string {
  const lines = visible(text)
    .split('\n')
    .map((line) => line.replaceAll('\t', '  ').replaceAll(/\s/g, ' ').trimEnd())
    .filter((line) => line !== '');
  const margin = lines.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity);
  return lines
    .map((line) => line.slice(margin))
    .join('\n')
    .trim();
}
