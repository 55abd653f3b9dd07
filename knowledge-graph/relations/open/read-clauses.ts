// What each verb of a sentence says, in parts: subject, predicate, object. Brackets are left out of the reading, and
// positions count in the sentence as it stands.
import type { Token } from '../../language/token.ts';
import { SPEECH_VERBS } from '../../lexicon/function-words.ts';
import { findClauses } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { Span } from './subject-phrase.ts';
import { clauseFeatures } from './features.ts';
import { chunkNouns } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { findVerbPhrases } from './verb-phrases.ts';

export interface SaidByVerb {
  readonly clause: Clause;
  readonly subject: Span;
  /** The verb phrase with its particle and preposition. */
  readonly predicate: Span;
  /** Undefined for "the fight ended". */
  readonly object: Span | undefined;
  /** When and where, said before the subject. */
  readonly lead: Span | undefined;
  /** What the confidence is computed from. */
  readonly features: () => readonly string[];
}

export interface SentenceReading {
  readonly said: readonly SaidByVerb[];
  /** The tokens outside brackets, their noun phrases, and where each stands in the sentence. */
  readonly kept: readonly Token[];
  readonly nouns: NounPhrases;
  readonly toSentence: (span: Span) => Span;
}

/** `names` are stretches of the sentence known to be one thing each. */
export function readClauses(tokens: readonly Token[], names: readonly Span[] = []): SentenceReading {
  const places = outsideBrackets(tokens);
  const kept = places === undefined ? tokens : places.map((at) => tokens[at] as Token);
  const toSentence = ({ from, to }: Span): Span =>
    places === undefined ? { from, to } : { from: places[from] ?? from, to: (places[to - 1] ?? to - 1) + 1 };
  const inKept = ({ from, to }: Span): Span => ({
    from: places?.indexOf(from) ?? from,
    to: (places?.indexOf(to - 1) ?? to - 1) + 1,
  });
  const nouns = chunkNouns(
    kept,
    names.map(inKept).filter(({ from, to }) => from >= 0 && to > from),
  );
  const clauses = findClauses(kept, nouns, findVerbPhrases(kept, nouns));
  const said = clauses.flatMap((clause) => {
    const parts = partsOf(kept, clause, clauses);
    if (parts === undefined) return [];
    return [places === undefined ? parts : inSentence(parts, toSentence)];
  });
  return { said, kept, nouns, toSentence };
}

function inSentence(parts: SaidByVerb, toSentence: (span: Span) => Span): SaidByVerb {
  const { clause, subject, predicate, object, lead } = parts;
  const { verb, start, end } = clause;
  const main = toSentence({ from: verb.main, to: verb.main + 1 }).from;
  return {
    ...parts,
    subject: toSentence(subject),
    predicate: toSentence(predicate),
    object: object && toSentence(object),
    lead: lead && toSentence(lead),
    clause: {
      ...clause,
      verb: { ...verb, ...toSentence(verb), main },
      subject: toSentence(subject),
      lead: lead && toSentence(lead),
      ...(({ from, to }) => ({ start: from, end: to }))(toSentence({ from: start, to: end })),
    },
  };
}

/** Positions of the tokens that stand in no brackets; undefined where there are none. */
function outsideBrackets(tokens: readonly Token[]): readonly number[] | undefined {
  if (!tokens.some(({ text }) => text === '(')) return undefined;
  const places: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const closing = tokens[at]?.text === '(' ? closingBracket(tokens, at) : undefined;
    if (closing === undefined) places.push(at);
    else at = closing;
  }
  return places;
}

const LONGEST_ASIDE = 30;

function closingBracket(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < Math.min(tokens.length, open + LONGEST_ASIDE); at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at;
  }
  return undefined;
}

function partsOf(tokens: readonly Token[], clause: Clause, clauses: readonly Clause[]): SaidByVerb | undefined {
  const { verb, subject, end, lead } = clause;
  if (subject.to <= subject.from) return undefined;
  const to = predicateEnd(tokens, clause);
  const object = to < end ? { from: to, to: end } : saidBefore(tokens, clause, clauses);
  if (object === undefined && verb.copula) return undefined;
  return {
    clause,
    subject,
    predicate: { from: verb.from, to },
    object,
    lead,
    features: () => clauseFeatures(tokens, clause, clauses, to, object),
  };
}

const isPreposition = (token: Token | undefined): boolean =>
  token?.pos === 'ADP' || (token?.pos === 'PART' && token.lower === 'to');

/** The verb with its particle and the preposition that opens what follows: "switched over to", "contended that". */
function predicateEnd(tokens: readonly Token[], { verb, end, complement }: Clause): number {
  let to = verb.to;
  const next = tokens[to];
  if (next === undefined || to >= end - 1) return to;
  if (complement) return next.lower === 'that' ? to + 1 : to;
  if (isPreposition(next)) to++;
  else if (next.pos === 'ADV' && isPreposition(tokens[to + 1]) && to + 2 < end) to += 2;
  if (to > verb.to && isPreposition(tokens[to]) && to + 1 < end) to++;
  return to;
}

/** "…, Mr. Hatch argues": what stands before the speaker is what was said. */
function saidBefore(tokens: readonly Token[], clause: Clause, clauses: readonly Clause[]): Span | undefined {
  const { verb, subject, link } = clause;
  if (link !== 'direct' || !SPEECH_VERBS.has(tokens[verb.main]?.lemma ?? '')) return undefined;
  let to = subject.from;
  while (to > 0 && /^[,"'”’]$/.test(tokens[to - 1]?.text ?? '')) to--;
  const spoken = clauses.some((other) => other !== clause && other.verb.to <= to);
  return to < subject.from && spoken ? { from: 0, to } : undefined;
}
