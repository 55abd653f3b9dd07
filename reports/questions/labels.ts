// Short names of issues for legends and tables, and the slugs that identify them.
import { MODALS } from './clause.ts';
import { textOf, type Tagger } from './tagger.ts';

const LONGEST_LABEL = 40;
/** Where the core of a predicate is over and its circumstances begin. */
const ENDS = new Set(['ADP', 'SCONJ', 'PUNCT']);

/** "The council will adopt the bridge toll by 2027" → "Adopt the bridge toll". */
export function labelOf(proposition: string, tag: Tagger): string {
  const tokens = tag(proposition);
  const auxiliary = tokens.findIndex((token, index) => index > 0 && MODALS.includes(token.lower));
  const from = auxiliary > 0 && tokens[auxiliary + 1]?.lower !== 'be' ? auxiliary + 1 : 0;
  const rest = tokens.slice(from);
  const adjunct = from === 0 ? -1 : rest.findIndex((token, index) => index > 2 && (ENDS.has(token.pos) || token.lower === 'to'));
  const core = adjunct < 0 ? rest : rest.slice(0, adjunct);
  return shortened(core.length < 2 ? proposition : firstUpper(textOf(core)));
}

const firstUpper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts between words and marks the cut. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_LABEL) return text;
  const cut = text.slice(0, LONGEST_LABEL - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 12)).replace(/[\s,;:]+$/, '')}…`;
}

export function slugOf(label: string): string {
  const slug = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48);
  return slug === '' ? 'issue' : slug;
}
