// Ties each verb phrase to the words that it is said of, verb by verb from left to right; where no subject is found
// there is no clause.
import type { Token } from '../../language/token.ts';
import { RELATIVE } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { isComma, SUBORDINATE, widen } from './subject-phrase.ts';
import type { Span } from './subject-phrase.ts';
import type { VerbPhrase } from './verb-phrases.ts';

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

/** A verb with its subject and where its clause begins: its conjunction, relative word or subject. */
export interface Attached {
  readonly verb: VerbPhrase;
  readonly subject: Span;
  readonly link: Link;
  readonly start: number;
}

export const isStop = (token: Token | undefined): boolean => token !== undefined && /^([;:.!?]|--|—)$/.test(token.text);

/** Undefined where the subject is not found. `found` are the clauses before. */
export function attach(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verbs: readonly VerbPhrase[],
  index: number,
  found: readonly Attached[],
): Attached | undefined {
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

const fronted = (verb: VerbPhrase): Attached => ({ verb, subject: { from: 0, to: 0 }, link: 'fronted', start: verb.from });

function purpose(tokens: readonly Token[], verb: VerbPhrase, previous: Attached | undefined): Attached | undefined {
  if (previous === undefined || verb.from - previous.verb.to > 14) return undefined;
  const start = verb.from - 1;
  return tokens[start - 1]?.pos === 'NOUN' || isComma(tokens[start - 1])
    ? { verb, subject: previous.subject, link: 'purpose', start }
    : undefined;
}

function sharesAfterComma(verb: VerbPhrase, previous: Attached | undefined): boolean {
  return previous !== undefined && verb.form === 'finite' && previous.link === 'shared';
}

function shared(tokens: readonly Token[], verb: VerbPhrase, left: number, previous: Attached | undefined): Attached | undefined {
  if (previous === undefined || previous.link === 'fronted') return undefined;
  const start = isComma(tokens[left - 1]) ? left - 1 : left;
  return { verb, subject: previous.subject, link: 'shared', start };
}

function relative(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verb: VerbPhrase,
  left: number,
  previous: Attached | undefined,
): Attached | undefined {
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
function aside(tokens: readonly Token[], nouns: NounPhrases, verb: VerbPhrase, left: number): Attached | undefined {
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
  previous: Attached | undefined,
): Attached | undefined {
  const subject = widen(tokens, nouns, left, previous?.verb);
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

/** Whether a past form modifies the noun before it rather than heading a clause. */
function isReduced(
  tokens: readonly Token[],
  nouns: NounPhrases,
  verbs: readonly VerbPhrase[],
  index: number,
  previous: Attached | undefined,
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
  previous: Attached | undefined,
): Attached | undefined {
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
      const subject = widen(tokens, nouns, noun, undefined);
      return subject === undefined ? undefined : { verb, subject, link: 'participle', start: left };
    }
    return { verb, subject: previous.subject, link: 'participle', start: left };
  }
  if (nouns.endOf(left) !== left + 1) return undefined;
  return { verb, subject: { from: nouns.startOf(left), to: left + 1 }, link: 'participle', start: verb.from };
}
