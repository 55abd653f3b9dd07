// Splits a sentence into clauses: each verb phrase with the words before it that it is said of and the stretch after
// it that belongs to it. Works on tags alone; where the subject cannot be found there is no clause.
import type { Token } from '../../language/token.ts';
import { words } from '../../lexicon/words.ts';
import { RELATIVE } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';
import type { VerbPhrase } from './verb-phrases.ts';

/** Tokens `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Link =
  /** Subject right before the verb. */
  | 'direct'
  /** "X, the CEO of Y, says": subject before an aside. */
  | 'aside'
  /** "X came and saw". */
  | 'shared'
  /** "X, who saw", "the X that saw". */
  | 'relative'
  /** "X, taking …", "X known as …". */
  | 'participle'
  /** "Having come, X saw": the subject of what follows. */
  | 'fronted'
  /** "X hopes to …", "to …": purpose, the subject of the verb before. */
  | 'purpose';

export interface Clause {
  readonly verb: VerbPhrase;
  readonly subject: Span;
  readonly link: Link;
  /** Where the clause begins: its conjunction, relative word or subject. */
  readonly start: number;
  /** Where what belongs to the verb ends. */
  readonly end: number;
  /** "In 1941,": adverbial before the subject. */
  readonly lead: Span | undefined;
  /** The clause that is its object, as in "said that …". */
  readonly complement: boolean;
}

interface Found {
  readonly verb: VerbPhrase;
  readonly subject: Span;
  readonly link: Link;
  readonly start: number;
}

const SUBORDINATE = words(
  'because although though while whereas since unless until if before after when where once as whether so that',
);
const isComma = (token: Token | undefined): boolean => token?.text === ',';
const isStop = (token: Token | undefined): boolean => token !== undefined && /^([;:.!?]|--|—)$/.test(token.text);

export function findClauses(tokens: readonly Token[], nouns: NounPhrases, verbs: readonly VerbPhrase[]): readonly Clause[] {
  const found: Found[] = [];
  verbs.forEach((verb, index) => {
    const clause = attach(tokens, nouns, verbs, index, found);
    if (clause !== undefined) found.push(clause);
  });
  const settled = settleFronted(found);
  return settled.map((clause, index) => {
    const { end, complement } = endOf(tokens, settled, index);
    return { ...clause, end, complement, lead: leadOf(tokens, clause) };
  });
}

/** The verbs without a subject of their own that open a sentence take that of the next clause. */
function settleFronted(found: readonly Found[]): readonly Found[] {
  return found.flatMap((clause, index) => {
    if (clause.link !== 'fronted') return [clause];
    const main = found.slice(index + 1).find(({ link }) => link === 'direct' || link === 'aside');
    return main === undefined ? [] : [{ ...clause, subject: main.subject }];
  });
}

function attach(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verbs: readonly VerbPhrase[],
  index: number,
  found: readonly Found[],
): Found | undefined {
  const verb = verbs[index];
  if (verb === undefined) return undefined;
  let left = verb.from - 1;
  // "did they", quotation marks
  while (left >= 0 && /^["'`“”‘’]$/.test(tokens[left]?.text ?? '') && nouns.startOf(left) < 0) left--;
  const before = tokens[left];
  const previous = found.at(-1);
  if (verb.form === 'infinitive') return purpose(tokens, verb, previous);
  if (before === undefined) return verb.form === 'finite' ? undefined : fronted(verb);
  if (verb.form === 'gerund' || (verb.form === 'participle' && isReduced(tokens, nouns, verbs, index, previous)))
    return participle(tokens, nouns, verb, left, previous);
  if (before.pos === 'CCONJ' || (isComma(before) && tokens[left - 1] !== undefined && sharesAfterComma(verb, previous)))
    return shared(tokens, verb, left, previous);
  if (RELATIVE.has(before.lower) && nouns.startOf(left) < 0) return relative(tokens, nouns, verb, left, previous);
  if (isComma(before)) return aside(tokens, nouns, verb, left) ?? shared(tokens, verb, left, previous);
  if (nouns.endOf(left) !== left + 1) return undefined;
  return direct(tokens, nouns, verb, left, previous);
}

const fronted = (verb: VerbPhrase): Found => ({ verb, subject: { from: 0, to: 0 }, link: 'fronted', start: verb.from });

function purpose(tokens: readonly Token[], verb: VerbPhrase, previous: Found | undefined): Found | undefined {
  if (previous === undefined || verb.from - previous.verb.to > 14) return undefined;
  const start = verb.from - 1;
  return tokens[start - 1]?.pos === 'NOUN' || isComma(tokens[start - 1])
    ? { verb, subject: previous.subject, link: 'purpose', start }
    : undefined;
}

function sharesAfterComma(verb: VerbPhrase, previous: Found | undefined): boolean {
  return previous !== undefined && verb.form === 'finite' && previous.link === 'shared';
}

function shared(tokens: readonly Token[], verb: VerbPhrase, left: number, previous: Found | undefined): Found | undefined {
  if (previous === undefined || previous.link === 'fronted') return undefined;
  const start = isComma(tokens[left - 1]) ? left - 1 : left;
  return { verb, subject: previous.subject, link: 'shared', start };
}

function relative(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verb: VerbPhrase,
  left: number,
  previous: Found | undefined,
): Found | undefined {
  const word = tokens[left]?.lower ?? '';
  if (word === 'where' || word === 'when' || word === 'whose') return undefined;
  let at = left - 1;
  if (tokens[at]?.pos === 'ADP') return undefined;
  if (isComma(tokens[at])) at--;
  if (nouns.endOf(at) !== at + 1) return undefined;
  const start = isComma(tokens[left - 1]) ? left - 1 : left;
  // "X is a footballer who plays …": it is X who plays.
  const said = word === 'who' && previous?.verb.copula === true && previous.verb.to <= at && previous.link !== 'relative';
  return { verb, subject: said ? previous.subject : { from: nouns.startOf(at), to: at + 1 }, link: 'relative', start };
}

/** "Voyslava, Yaromir's bride, has …": back over the aside to what stands before its first comma. */
function aside(tokens: readonly Token[], nouns: NounPhrases, verb: VerbPhrase, left: number): Found | undefined {
  for (let at = left - 1; at >= 1 && left - at < 30; at--) {
    if (isStop(tokens[at])) return undefined;
    if (!isComma(tokens[at]) || nouns.endOf(at - 1) !== at) continue;
    const subject = widen(tokens, nouns, at - 1, undefined);
    // "In 1941, the X, …, was": an adverbial is no subject.
    if (subject === undefined) return undefined;
    if (isComma(tokens[subject.from - 1]) || subject.from === 0 || !isItem(tokens, subject.from - 1))
      return { verb, subject, link: 'aside', start: subject.from };
  }
  return undefined;
}

const isItem = (tokens: readonly Token[], at: number): boolean => tokens[at]?.pos === 'CCONJ' || tokens[at]?.pos === 'VERB';

function direct(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verb: VerbPhrase,
  left: number,
  previous: Found | undefined,
): Found | undefined {
  const subject = widen(tokens, nouns, left, previous);
  if (subject === undefined) return undefined;
  let start = subject.from;
  const opening = tokens[start - 1];
  if (
    opening !== undefined &&
    (opening.pos === 'SCONJ' ||
      opening.pos === 'CCONJ' ||
      RELATIVE.has(opening.lower) ||
      (opening.pos === 'ADP' && SUBORDINATE.has(opening.lower)) ||
      (opening.pos === 'ADV' && SUBORDINATE.has(opening.lower)))
  )
    start--;
  if (isComma(tokens[start - 1]) && start > 1) start--;
  return { verb, subject, link: 'direct', start };
}

/** The whole noun phrase that ends at a token: with "of …" and "in …" before it, and the items joined to it. */
function widen(tokens: readonly Token[], nouns: NounPhrases, left: number, previous: Found | undefined): Span | undefined {
  let from = nouns.startOf(left);
  const floor = previous?.verb.to ?? 0;
  for (;;) {
    const at = from - 1;
    const word = tokens[at];
    if (word === undefined || at < floor) break;
    const inner = at - 1;
    const joined = nouns.endOf(inner) === at;
    if (word.pos === 'ADP' && !SUBORDINATE.has(word.lower)) {
      // "In 2008 Bond …": the preposition opens the clause, so nothing is found before it.
      if (!joined || inner < floor) return openingOf(tokens, nouns, from, left);
      from = nouns.startOf(inner);
    } else if (word.pos === 'CCONJ' && (joined || isComma(tokens[inner])) && previousEnds(tokens, previous, at)) {
      const item = joined ? inner : inner - 1;
      if (nouns.endOf(item) !== item + 1) break;
      from = nouns.startOf(item);
      // "A, B and C": earlier items
      while (
        isComma(tokens[from - 1]) &&
        nouns.endOf(from - 2) === from - 1 &&
        from - 2 >= floor &&
        from - 2 > 0 &&
        isListed(tokens, nouns, from)
      )
        from = nouns.startOf(from - 2);
    } else break;
  }
  return from < floor ? undefined : { from, to: left + 1 };
}

/** An enumeration goes on to the left only if no preposition opens what stands there ("In 1941, A and B"). */
function isListed(tokens: readonly Token[], nouns: NounPhrases, from: number): boolean {
  const before = tokens[nouns.startOf(from - 2) - 1];
  return before === undefined || isComma(before) || before.pos === 'VERB';
}

/** Whether "and" can join subjects: not when a verb before it still lacks the end of its clause. */
const previousEnds = (tokens: readonly Token[], previous: Found | undefined, at: number): boolean =>
  previous === undefined ||
  (!isComma(tokens[at - 1]) &&
    tokens.slice(previous.verb.to, at).some((token) => token.text === ',' || token.text === ';' || token.pos === 'SCONJ'));

const TIME_NAME =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december)$/;

/** After an opening preposition the last phrase alone may be the subject: "After a short absence Keibler began". */
function openingOf(tokens: readonly Token[], nouns: NounPhrases, from: number, left: number): Span | undefined {
  const start = nouns.startOf(left);
  if (start > from) return { from: start, to: left + 1 };
  for (let at = left; at > from; at--)
    if (
      tokens[at]?.pos === 'PROPN' &&
      (/^(NUM|NOUN)$/.test(tokens[at - 1]?.pos ?? '') || TIME_NAME.test(tokens[at - 1]?.lower ?? ''))
    )
      return { from: at, to: left + 1 };
  return undefined;
}

/** Whether a past form modifies the noun before it rather than heading a clause. */
function isReduced(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verbs: readonly VerbPhrase[],
  index: number,
  previous: Found | undefined,
): boolean {
  const verb = verbs[index];
  if (verb === undefined) return false;
  const before = tokens[verb.from - 1];
  if (before?.pos === 'PRON' || before?.pos === 'CCONJ') return false;
  if (RELATIVE.has(before?.lower ?? '')) return false;
  if (isComma(before)) {
    const isOnlyVerb =
      previous === undefined && !verbs.slice(index + 1).some(({ form }) => form === 'finite' || form === 'participle');
    return !isOnlyVerb && tokens[verb.to]?.pos === 'ADP';
  }
  const open =
    previous !== undefined &&
    !tokens
      .slice(previous.verb.to, verb.from)
      .some((token) => /^[,;:]$/.test(token.text) || token.pos === 'CCONJ' || token.pos === 'SCONJ' || RELATIVE.has(token.lower));
  if (open)
    return (
      tokens[verb.to]?.pos === 'ADP' || tokens[verb.to]?.pos === 'PART' || isComma(tokens[verb.to]) || isStop(tokens[verb.to])
    );
  const next = verbs[index + 1];
  if (next === undefined || next.form !== 'finite' || tokens[verb.to]?.pos !== 'ADP') return false;
  return !tokens
    .slice(verb.to, next.from)
    .some((token) => /^[,;:]$/.test(token.text) || token.pos === 'CCONJ' || token.pos === 'SCONJ' || RELATIVE.has(token.lower));
}

function participle(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verb: VerbPhrase,
  left: number,
  previous: Found | undefined,
): Found | undefined {
  const before = tokens[left];
  if (before === undefined) return undefined;
  if (before.pos === 'ADP' || before.pos === 'SCONJ' || SUBORDINATE.has(before.lower))
    return left === 0 ? fronted(verb) : undefined;
  if (before.pos === 'CCONJ') return previous?.link === 'participle' ? shared(tokens, verb, left, previous) : undefined;
  if (isComma(before)) {
    const noun = left - 1;
    // "X, taking place on …, produced": right after the subject it is said of that; later on of the clause's subject.
    if (previous === undefined) {
      if (nouns.endOf(noun) !== left) return undefined;
      const subject = widen(tokens, nouns, noun, previous);
      return subject === undefined ? undefined : { verb, subject, link: 'participle', start: left };
    }
    return { verb, subject: previous.subject, link: 'participle', start: left };
  }
  if (nouns.endOf(left) !== left + 1) return undefined;
  return { verb, subject: { from: nouns.startOf(left), to: left + 1 }, link: 'participle', start: verb.from };
}

function endOf(
  tokens: readonly Token[],
  clauses: readonly Found[],
  index: number,
): { readonly end: number; readonly complement: boolean } {
  const clause = clauses[index];
  const { to } = clause?.verb ?? { to: 0 };
  let limit = tokens.length;
  while (limit > to && /^[.!?;]$/.test(tokens[limit - 1]?.text ?? '')) limit--;
  let complement = false;
  for (const next of clauses.slice(index + 1)) {
    if (next.link === 'purpose') continue;
    if (next.start < to) {
      // This clause stands inside the subject or an aside of a later one, which goes on after it.
      if (next.link === 'shared' || next.link === 'fronted' || next.verb.from <= to) continue;
      limit = Math.min(limit, next.verb.from);
      break;
    }
    // "said that X did": the clause is the object.
    const gap = next.start - to;
    const that = tokens[to]?.lower === 'that';
    if (!complement && next.link === 'direct' && !isComma(tokens[next.start]) && (gap <= 0 || (that && gap <= 1))) {
      complement = true;
      continue;
    }
    if (next.link === 'participle' && next.start === next.verb.from) continue;
    if (complement && next.start - to < 60 && !isComma(tokens[next.start])) continue;
    limit = Math.min(limit, next.start);
    break;
  }
  for (let at = to; at < limit; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/^(;|--|—)$/.test(token.text)) return { end: at, complement };
    if (isComma(token) && !complement && RELATIVE.has(tokens[at + 1]?.lower ?? '')) return { end: at, complement };
  }
  while (limit > to && (isComma(tokens[limit - 1]) || tokens[limit - 1]?.pos === 'CCONJ')) limit--;
  return { end: limit, complement };
}

/** "In 1941 ," before the subject. */
function leadOf(tokens: readonly Token[], { subject, link }: Found): Span | undefined {
  if (link !== 'direct' || !isComma(tokens[subject.from - 1])) return undefined;
  const to = subject.from - 1;
  let from = to;
  while (from > 0 && !isComma(tokens[from - 1]) && !isStop(tokens[from - 1])) from--;
  if (from !== 0 && tokens[from - 1]?.pos !== 'CCONJ') return undefined;
  const first = tokens[from];
  const verbal = tokens.slice(from, to).some(({ pos }) => pos === 'VERB' || pos === 'AUX');
  return first !== undefined &&
    (first.pos === 'ADP' || /^(this|last|next|earlier|today|yesterday)$/.test(first.lower)) &&
    !verbal &&
    to - from <= 10
    ? { from, to }
    : undefined;
}
