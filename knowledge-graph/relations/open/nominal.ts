// Relations that no verb says: "Mlada, Yaromir's bride", "actor John Wilkes Booth", "Italy's largest bank",
// "the population of Belgium". The word that ties them ("is", "has") is not in the text.
import { startsCapital } from '../../language/token.ts';
import type { Token } from '../../language/token.ts';
import { isRoleNoun } from '../role-nouns.ts';
import type { Span } from './subject-phrase.ts';
import { isPossessive } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';

export interface NominalRelation {
  readonly kind: 'apposition' | 'title' | 'possession' | 'place';
  readonly subject: Span;
  /** "is", "has", and where the text has it the preposition. */
  readonly tie: string;
  readonly preposition: Span | undefined;
  readonly object: Span;
}

export function findNominal(tokens: readonly Token[], nouns: NounPhrases): readonly NominalRelation[] {
  const found: NominalRelation[] = [];
  for (let from = 0; from < tokens.length; from++) {
    if (nouns.startOf(from) !== from) continue;
    const to = nouns.endOf(from);
    const relation = apposition(tokens, nouns, from, to);
    if (relation !== undefined) found.push(relation);
    found.push(...possession(tokens, nouns, from, to), ...title(tokens, from, to));
    const located = place(tokens, nouns, from, to);
    if (located !== undefined) found.push(located);
    from = to - 1;
  }
  return found;
}

const isComma = (token: Token | undefined): boolean => token?.text === ',';
const isName = (tokens: readonly Token[], from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (tokens[at]?.pos === 'PROPN') return true;
  return false;
};

/** "X, the CEO of Y," and "the bank, X,": closed by a comma or a stop, and no item of a list. */
function apposition(tokens: readonly Token[], nouns: NounPhrases, from: number, to: number): NominalRelation | undefined {
  if (!isComma(tokens[to]) || isComma(tokens[from - 1])) return undefined;
  const start = to + 1;
  if (nouns.startOf(start) !== start) return undefined;
  const end = withPrepositions(tokens, nouns, start);
  const closing = tokens[end];
  if (closing !== undefined && closing.pos !== 'PUNCT' && !/^(who|which|that)$/.test(closing.lower)) return undefined;
  const after = tokens[end + 1];
  if (after?.pos === 'CCONJ' || (isComma(closing) && nouns.startOf(end + 1) === end + 1 && isComma(tokens[nouns.endOf(end + 1)])))
    return undefined;
  const opening = tokens[start];
  const [left, right] = [isName(tokens, from, to), isName(tokens, start, end)];
  const determined =
    opening?.pos === 'DET' ||
    tokens.slice(start, nouns.endOf(start)).some(isPossessive) ||
    isRoleNoun(tokens[nouns.endOf(start) - 1]);
  if (
    opening?.pos === 'NUM' ||
    opening?.pos === 'PRON' ||
    !(determined || (right && tokens[from]?.pos === 'DET')) ||
    !(left || right)
  )
    return undefined;
  return left
    ? { kind: 'apposition', subject: { from, to }, tie: 'is', preposition: undefined, object: { from: start, to: end } }
    : { kind: 'apposition', subject: { from: start, to: end }, tie: 'is', preposition: undefined, object: { from, to } };
}

/** The end of a noun phrase with the "of …", "in …" after it. */
function withPrepositions(tokens: readonly Token[], nouns: NounPhrases, start: number): number {
  let end = nouns.endOf(start);
  while (tokens[end]?.pos === 'ADP' && nouns.startOf(end + 1) === end + 1) end = nouns.endOf(end + 1);
  return end;
}

/** "Italy's largest bank": Italy has it. */
function possession(tokens: readonly Token[], nouns: NounPhrases, from: number, to: number): readonly NominalRelation[] {
  for (let at = to - 2; at > from; at--) {
    if (!isPossessive(tokens[at])) continue;
    const kind = 'possession';
    return [
      {
        kind,
        subject: { from, to: at },
        tie: 'has',
        preposition: undefined,
        object: { from: at + 1, to: withPrepositions(tokens, nouns, from) },
      },
    ];
  }
  return [];
}

/** "actor John Wilkes Booth", "President Bush" */
function title(tokens: readonly Token[], from: number, to: number): readonly NominalRelation[] {
  let at = to;
  while (at > from && tokens[at - 1]?.pos === 'PROPN' && !isRoleNoun(tokens[at - 1])) at--;
  if (at === to || at === from || !isRoleNoun(tokens[at - 1]) || !startsCapital(tokens[at]?.text ?? '')) return [];
  let start = from;
  for (let inner = from; inner < at; inner++) if (isPossessive(tokens[inner]) || tokens[inner]?.pos === 'DET') start = inner + 1;
  return start >= at
    ? []
    : [{ kind: 'title', subject: { from: at, to }, tie: 'is', preposition: undefined, object: { from: start, to: at } }];
}

/** "the base at Henry Wood Hall in Glasgow": a named thing in a named place. */
function place(tokens: readonly Token[], nouns: NounPhrases, from: number, to: number): NominalRelation | undefined {
  const word = tokens[to];
  if (word?.pos !== 'ADP' || !/^(in|at|on|near|of)$/.test(word.lower) || nouns.startOf(to + 1) !== to + 1) return undefined;
  const end = nouns.endOf(to + 1);
  if (!isName(tokens, to + 1, end) || tokens[from]?.pos === 'PRON') return undefined;
  if (/^(NUM)$/.test(tokens[to + 1]?.pos ?? '')) return undefined;
  return {
    kind: 'place',
    subject: { from, to },
    tie: 'is',
    preposition: { from: to, to: to + 1 },
    object: { from: to + 1, to: end },
  };
}
