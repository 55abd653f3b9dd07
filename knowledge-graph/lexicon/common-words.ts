// How common an English word is: whether a capital or an odd spelling can make a name of it depends on that.
import { linesOf } from './word-files.ts';

/** 1 often, 2 usual, 3 seldom, 0 not an everyday word. */
export type Commonness = 0 | 1 | 2 | 3;

let known: ReadonlyMap<string, Commonness> | undefined;

function load(): ReadonlyMap<string, Commonness> {
  const bands = new Map<string, Commonness>();
  linesOf('common-words.txt').forEach((line, index) => {
    const band = (index + 1) as Commonness;
    for (const word of line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(' '))
      bands.set(word, band);
  });
  return bands;
}

/** Endings and what may have stood in their place, e.g. `tries` → `try`. */
const ENDINGS: readonly (readonly [string, readonly string[]])[] = [
  ['ies', ['y']],
  ['ied', ['y']],
  ['es', ['', 'e']],
  ['s', ['']],
  ['ed', ['', 'e']],
  ['ing', ['', 'e']],
  ['ly', ['', 'le']],
  ['ness', ['']],
];

/** How common a lower-case word is, its regular endings taken off. */
export function commonness(lower: string): Commonness {
  known ??= load();
  const own = known.get(lower);
  if (own !== undefined) return own;
  for (const [ending, stems] of ENDINGS) {
    if (!lower.endsWith(ending) || lower.length <= ending.length + 2) continue;
    const base = lower.slice(0, -ending.length);
    for (const stem of stems) {
      const band = known.get(base + stem);
      if (band !== undefined) return band;
    }
    const undoubled = base.at(-1) === base.at(-2) ? known.get(base.slice(0, -1)) : undefined;
    if (undoubled !== undefined) return undoubled;
  }
  return 0;
}
