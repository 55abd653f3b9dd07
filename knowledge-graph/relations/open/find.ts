// Open relations of an English sentence: who did what to whom, in the words of the text, with how sure that is.
// Every part is one or more stretches of the text, or a word that the text leaves unsaid ("is", "has").
import type { Token } from '../../language/token.ts';
import { findClauses } from './clauses.ts';
import type { Clause, Span } from './clauses.ts';
import { chunkNouns } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { findVerbPhrases } from './verb-phrases.ts';

/** Offsets into the document's text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export type Part = readonly (TextSpan | string)[];

export interface OpenRelation {
  readonly subject: Part;
  readonly predicate: Part;
  readonly object: Part;
  readonly adjuncts: readonly Part[];
  readonly confidence: number;
  readonly features: readonly string[];
}

export function findOpenRelations(tokens: readonly Token[]): readonly OpenRelation[] {
  const nouns = chunkNouns(tokens);
  const verbs = findVerbPhrases(tokens, nouns);
  const clauses = findClauses(tokens, nouns, verbs);
  return clauses.flatMap((clause) => fromClause(tokens, nouns, clause));
}

export const spanOf = (tokens: readonly Token[], { from, to }: Span): TextSpan => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[to - 1]?.end ?? 0,
});

function fromClause(tokens: readonly Token[], nouns: NounPhrases, clause: Clause): readonly OpenRelation[] {
  const { verb, subject, end, lead, complement } = clause;
  let to = verb.to;
  const next = tokens[to];
  if (next !== undefined && to < end - 1) {
    if (complement && next.lower === 'that') to++;
    else if (next.pos === 'ADP' || (next.pos === 'PART' && next.lower === 'to')) to++;
  }
  const features = [`link:${clause.link}`];
  if (verb.copula && to >= end) return [];
  return [
    {
      subject: [spanOf(tokens, subject)],
      predicate: [...(clause.link === 'participle' && verb.form === 'participle' ? ['was'] : []), spanOf(tokens, { from: verb.from, to })],
      object: to < end ? [spanOf(tokens, { from: to, to: end })] : [],
      adjuncts: lead === undefined ? [] : [[spanOf(tokens, lead)]],
      confidence: 0.5,
      features,
    },
  ];
}
