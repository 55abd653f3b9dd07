// Typed ties between two names of a sentence: what the kinds of words between them (see gap.ts) say, by the types at
// both ends. Notation: `[x]` optional, `x*` any number, `x+` some, `x|y` either, `...` whatever the clause holds,
// `..` the same but no other person, `~` the same but no other verb.

type End = 'person' | 'body' | 'place';

export interface TiePattern {
  readonly left: End;
  readonly right: End;
  readonly gap: RegExp;
  readonly predicate: string;
  /** The name on the right is the subject. */
  readonly turned: boolean;
  readonly confidence: number;
}

/** "the former deputy chairman" */
const OFFICE = '[the|his] mod* ROLE+ mod* ROLE*';
/** ", 41 ," */
const ASIDE = '[,] [#] [,]';

const ROWS: readonly (readonly [left: End, gap: string, right: End, predicate: string, confidence: number])[] = [
  // "X, the CEO of Y", "X is a member of Y", "X and other members of Y"
  ['person', `${ASIDE} [aux] [be] [and] ${OFFICE} of|for|at|with|in|from [the] mod*`, 'body', 'work for', 0.85],
  ['person', `[aux] be verb as ${OFFICE} of|for|at|in [the] mod*`, 'body', 'work for', 0.8],
  ['person', `${ASIDE} ${OFFICE} of|for|in|on [the] mod* [and] mod* of|at|in|for [the] mod*`, 'body', 'work for', 0.7],
  ['person', `${ASIDE} of|with|from [the] mod*`, 'body', 'work for', 0.6],
  ['person', `... work for|at|in|with [the] mod*`, 'body', 'work for', 0.75],
  // "X, director of the A department of the Y"
  ['person', `${ASIDE} ${OFFICE} of|for|in|at [the] mod* NAME of|at|in [the] mod*`, 'body', 'work for', 0.6],
  // The office of somebody in a place says that they live there, as far as anybody can tell.
  ['person', `${ASIDE} [be] ${OFFICE} of|for|from|in [the] mod*`, 'place', 'live in', 0.6],
  ['person', `${ASIDE} of|from [the] mod*`, 'place', 'live in', 0.65],
  ['person', `${ASIDE} of|from|in [the] mod* PLACE|NAME ,|in [the] mod*`, 'place', 'live in', 0.6],
  ['person', `[,] [be] [the] mod* native of|in|from [the] mod*`, 'place', 'live in', 0.75],
  ['person', `${ASIDE} [who] be* [aux] live|work in|at|near [the] mod*`, 'place', 'live in', 0.75],
  ['person', `[(] ${ASIDE} [who] be* born ~ in|at|near [the] mod*`, 'place', 'born in', 0.8],
  // "Y in X", "Y, based in X"
  ['body', `mod* [,] [be] [based] in|at|near [the] mod*`, 'place', 'locate in', 0.7],
  ['body', `[,] [the] mod* based in [the] mod*`, 'place', 'locate in', 0.8],
  ['body', `, of [the] mod*`, 'place', 'locate in', 0.6],
  ['body', `of|, [the] mod*`, 'place', 'locate in', 0.6],
  ['body', `in|of|at|, [the] mod* PLACE ,`, 'place', 'locate in', 0.6],
  ['place', `[,] [the] mod* in|on|of [the] mod*`, 'place', 'locate in', 0.7],
  // "murdering X": the killer stands before.
  ['person', `.. KILL|KILLING [down] [the|his] mod* ROLE* TITLE*`, 'person', 'kill', 0.8],
  ['person', `.. KILLER|KILLING of [the|his] mod* ROLE* TITLE*`, 'person', 'kill', 0.75],
];

const TURNED: typeof ROWS = [
  // "Y spokesman X", "Y's chairman, X", "Y's X"
  ['body', `['s] mod* ROLE+ [and] mod* ROLE* TITLE* mod* [,]`, 'person', 'work for', 0.8],
  ['body', `'s mod* TITLE*`, 'person', 'work for', 0.6],
  ['place', `['s] mod* ROLE+ [and] mod* ROLE* TITLE* mod* [,]`, 'person', 'live in', 0.6],
  // "X-based Y", "X's Y", "the X Y"
  ['place', `- based mod*`, 'body', 'locate in', 0.8],
  ['place', `'s mod* [,]`, 'body', 'locate in', 0.6],
  ['place', `[mod]`, 'body', 'locate in', 0.55],
  ['place', `'s mod*`, 'person', 'live in', 0.5],
  ['place', `'s mod* [,]`, 'place', 'locate in', 0.7],
  // "X was shot … by Y", "X's assassin, Y", "the assassination of X by Y"
  ['person', `... KILL ... by [the] mod* ROLE* mod* [,] TITLE*`, 'person', 'kill', 0.8],
  ['person', `['s] mod* KILLER [,] TITLE*`, 'person', 'kill', 0.75],
  ['person', `['s] mod* KILLING by [the] mod* ROLE* TITLE*`, 'person', 'kill', 0.75],
];

const escape = (word: string): string => word.replaceAll(/[()]/g, String.raw`\$&`);

/** Each word of a gap is followed by a blank. */
function compile(notation: string): RegExp {
  const items = notation.split(' ').filter((item) => item !== '');
  const source = items.map((item) => {
    if (item === '...') return '(?:[^ ;.]+ )*?';
    if (item === '~') return '(?:(?!verb |live |work )[^ ;.]+ )*?';
    if (item === '..') return '(?:(?!PERSON)[^ ;.]+ )*?';
    if (item.startsWith('[')) return `(?:(?:${escape(item.slice(1, -1))}) )?`;
    const [, word = '', times = ''] = /^(.*?)([*+]?)$/.exec(item) ?? [];
    return `(?:(?:${escape(word)}) )${times}`;
  });
  return new RegExp(`^${source.join('')}$`);
}

/** "X, a Y meteorologist", "X, Y president": an office named after the body or place. */
export const APPOSED = compile(`${ASIDE} [be] [the] mod*`);
/** What follows the second name there. */
export const OFFICE_AFTER = /^(?:mod |and )*(?:ROLE |native )/;

const read = (rows: typeof ROWS, isTurned: boolean): readonly TiePattern[] =>
  rows.map(([left, gap, right, predicate, confidence]) => ({
    left,
    right,
    gap: compile(gap),
    predicate,
    turned: isTurned,
    confidence,
  }));

export const TIES: readonly TiePattern[] = [...read(TURNED, true), ...read(ROWS, false)];
