// Open relations of an English sentence: who did what to whom, in the words of the text, with how sure that is. By its
// verbs, and by what stands side by side: appositions, titles, possessives.
import type { Token } from '../../language/token.ts';
import type { Span } from './subject-phrase.ts';
import { confidenceOf } from './confidence.ts';
import { nominalFeatures } from './features.ts';
import { findNominal } from './nominal.ts';
import { readClauses } from './read-clauses.ts';

export interface OpenRelation {
  readonly subject: Span;
  /** Words in order; a string is a word that the text leaves unsaid ("is", "has"). */
  readonly predicate: readonly (Span | string)[];
  /** Undefined for "the fight ended". */
  readonly object: Span | undefined;
  /** When and where, said before the subject. */
  readonly lead: Span | undefined;
  /** Expected share of words that a careful reader would have written too, 0–1. */
  readonly confidence: number;
  /** What the confidence was computed from. */
  readonly features: readonly string[];
}

/** Relations of one sentence's tokens, in reading order of their verbs, those without a verb last. */
export function findOpenRelations(tokens: readonly Token[]): readonly OpenRelation[] {
  const { said, kept, nouns, toSentence } = readClauses(tokens);
  const byVerb = said.map(({ clause, subject, predicate, object, lead, features: read }): OpenRelation => {
    const features = read();
    const isBare = clause.link === 'participle' && clause.verb.form === 'participle';
    return {
      subject,
      predicate: isBare ? ['was', predicate] : [predicate],
      object,
      lead,
      confidence: confidenceOf(features),
      features,
    };
  });
  const byPlace = findNominal(kept, nouns).map(({ kind, subject, tie, preposition, object }): OpenRelation => {
    const features = nominalFeatures(kept, kind, subject, object);
    return {
      subject: toSentence(subject),
      predicate: preposition === undefined ? [tie] : [tie, toSentence(preposition)],
      object: toSentence(object),
      lead: undefined,
      confidence: confidenceOf(features),
      features,
    };
  });
  return [...byVerb, ...byPlace];
}
