// The word lists of `lists/`: lines that begin with `#` say where a list comes from, the rest is the list.
import { readFileSync } from 'node:fs';

/** The lines of a list without its header. */
export function linesOf(name: string): readonly string[] {
  const text = readFileSync(new URL(`lists/${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
