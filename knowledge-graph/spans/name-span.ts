// A name in a sentence, and the roles that a run of capitalised words holds apart from it.
import { isTitle, ROLE_MODIFIERS } from '../lexicon/titles.ts';
import type { Token, TokenSpan } from '../language/token.ts';
import type { Wording } from '../typing/wording.ts';

export interface NameSpan extends TokenSpan {
  /** Role or form of address just before it, lower case ("mayor", "prime minister"). */
  readonly title: string | undefined;
  /** What the learned recogniser takes it for, where it sees it. */
  readonly wording?: Wording;
}

/** Capitalised in English whatever they stand for. */
export const CALENDAR = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun'.split(
    ' ',
  ),
);

/** Takes roles and forms of address out of a run: "Acme CEO Jane Doe" → Acme; Jane Doe (ceo). */
export function splitRun(tokens: readonly Token[], sentence: number, from: number, to: number): readonly NameSpan[] {
  const spans: NameSpan[] = [];
  let start = from;
  let title: string | undefined;
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token === undefined || !isTitle(token.lower) || (at === to - 1 && at > start && !isTitle(tokens[at - 1]?.lower ?? '')))
      continue;
    // "the Association of Head Teachers": a role inside the name of a body.
    if (at > start && /^(of|for)$/.test(tokens[at - 1]?.lower ?? '')) break;
    let first = at;
    while (first > start && ROLE_MODIFIERS.has(tokens[first - 1]?.lower ?? '')) first--;
    let last = at + 1;
    while (last < to && isTitle(tokens[last]?.lower ?? '')) last++;
    if (tokens[last]?.lower === 'of') break;
    if (first > start) spans.push({ sentence, from: start, to: first, title });
    title = phrase(tokens, first, last).trim();
    start = last;
    at = last - 1;
  }
  if (title === undefined) title = titleBefore(tokens, start);
  if (start < to) spans.push({ sentence, from: start, to, title });
  return spans.filter((span) => !isBare(tokens, span));
}

/** A role in lower case just before: "the mayor, Mara Voss" and "mayor Mara Voss". */
function titleBefore(tokens: readonly Token[], at: number): string | undefined {
  const comma = tokens[at - 1]?.text === ',' ? 1 : 0;
  const word = tokens[at - 1 - comma];
  if (word === undefined || !isTitle(word.lower)) return undefined;
  if (comma === 1 && tokens[at - 2 - comma]?.pos !== 'DET') return undefined;
  const modifier = tokens[at - 2 - comma];
  return modifier !== undefined && ROLE_MODIFIERS.has(modifier.lower) ? `${modifier.lower} ${word.lower}` : word.lower;
}

/** A single letter, or a calendar word, is no name. */
const isBare = (tokens: readonly Token[], span: TokenSpan): boolean =>
  span.to - span.from === 1 && (tokens[span.from]?.text.length ?? 0) < 2;

/** The words of a run in lower case, each with a space after it. */
export const phrase = (tokens: readonly Token[], from: number, to: number): string =>
  `${tokens
    .slice(from, to)
    .map((token) => token.lower)
    .join(' ')} `;
