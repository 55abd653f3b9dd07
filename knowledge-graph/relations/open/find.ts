// Open relations of an English sentence: who did what to whom, in the words of the text, with how sure that is.
// Every part is one or more stretches of the text, or a word that the text leaves unsaid ("is", "has").
import type { Token } from '../../language/token.ts';
import { SPEECH_VERBS } from '../../lexicon/function-words.ts';
import { findClauses } from './clauses.ts';
import type { Clause, Span } from './clauses.ts';
import { confidenceOf } from './confidence.ts';
import { clauseFeatures, nominalFeatures } from './features.ts';
import { findNominal } from './nominal.ts';
import type { NominalRelation } from './nominal.ts';
import { chunkNouns } from './noun-phrases.ts';
import { findVerbPhrases } from './verb-phrases.ts';

export interface OpenRelation {
  readonly subject: Span;
  /** Words in order; a string is a word that the text leaves unsaid. */
  readonly predicate: readonly (Span | string)[];
  /** Undefined for "the fight ended". */
  readonly object: Span | undefined;
  /** When and where, said before the subject. */
  readonly lead: Span | undefined;
  /** The clause it was read from; undefined where no verb says it. */
  readonly clause: Clause | undefined;
  /** Expected share of words that a careful reader would have written too, 0–1. */
  readonly confidence: number;
  /** What the confidence was computed from. */
  readonly features: readonly string[];
}

/** Relations of one sentence's tokens, in reading order of their verbs, those without a verb last. */
export function findOpenRelations(tokens: readonly Token[]): readonly OpenRelation[] {
  const places = outsideBrackets(tokens);
  if (places.length === tokens.length) return findIn(tokens);
  const kept = places.map((at) => tokens[at] as Token);
  return findIn(kept).map((relation) => replaced(relation, places));
}

/** What stands in brackets interrupts its sentence and is no part of any clause. */
function outsideBrackets(tokens: readonly Token[]): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') {
      const closing = closingBracket(tokens, at);
      if (closing !== undefined) {
        at = closing;
        continue;
      }
    }
    places.push(at);
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

/** Positions among the tokens kept → positions in the sentence. */
function replaced(relation: OpenRelation, places: readonly number[]): OpenRelation {
  const start = (at: number): number => places[at] ?? at;
  const end = (at: number): number => (places[at - 1] ?? at - 1) + 1;
  const span = ({ from, to }: Span): Span => ({ from: start(from), to: end(to) });
  const { subject, predicate, object, lead, clause } = relation;
  return {
    ...relation,
    subject: span(subject),
    predicate: predicate.map((part) => (typeof part === 'string' ? part : span(part))),
    object: object && span(object),
    lead: lead && span(lead),
    clause: clause && {
      ...clause,
      verb: { ...clause.verb, ...span(clause.verb), main: start(clause.verb.main) },
      subject: span(clause.subject),
      start: start(clause.start),
      end: end(clause.end),
      lead: clause.lead && span(clause.lead),
    },
  };
}

function findIn(tokens: readonly Token[]): readonly OpenRelation[] {
  const nouns = chunkNouns(tokens);
  const clauses = findClauses(tokens, nouns, findVerbPhrases(tokens, nouns));
  return [
    ...clauses.flatMap((clause) => fromClause(tokens, clause, clauses) ?? []),
    ...findNominal(tokens, nouns).map((nominal) => fromNominal(tokens, nominal)),
  ];
}

const isPreposition = (token: Token | undefined): boolean =>
  token?.pos === 'ADP' || (token?.pos === 'PART' && token.lower === 'to');

function fromClause(tokens: readonly Token[], clause: Clause, clauses: readonly Clause[]): OpenRelation | undefined {
  const { verb, subject, end } = clause;
  if (subject.to <= subject.from) return undefined;
  const to = predicateEnd(tokens, clause);
  const object = to < end ? { from: to, to: end } : saidBefore(tokens, clause, clauses);
  if (object === undefined && verb.copula) return undefined;
  const features = clauseFeatures(tokens, clause, clauses, to, object);
  return {
    subject,
    predicate: [...(clause.link === 'participle' && verb.form === 'participle' ? ['was'] : []), { from: verb.from, to }],
    object,
    lead: clause.lead,
    clause,
    confidence: confidenceOf(features),
    features,
  };
}

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

function fromNominal(tokens: readonly Token[], { kind, subject, tie, preposition, object }: NominalRelation): OpenRelation {
  const features = nominalFeatures(tokens, kind, subject, object);
  return {
    subject,
    predicate: preposition === undefined ? [tie] : [tie, preposition],
    object,
    lead: undefined,
    clause: undefined,
    confidence: confidenceOf(features),
    features,
  };
}
