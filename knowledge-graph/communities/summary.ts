// A summary taken from the documents word for word: the sentences that say most about a community's members, chosen by
// maximal marginal relevance (Carbonell & Goldstein 1998) so that the second does not repeat the first.
import type { Sentence } from './material.ts';
import { bySpan } from '../resolution/order.ts';

const SENTENCES = 3;
/** Weight of relevance against novelty. */
const RELEVANCE = 0.7;
/** Two sentences more alike than this are one. */
const REPEATED = 0.9;
/** Only the most relevant sentences are compared with each other. */
const COMPARED = 8;
const MOST_FACTS = 3;
const FACT_WEIGHT = 0.15;
const RECENCY_WEIGHT = 0.1;

export interface Candidate {
  readonly sentence: Sentence;
  readonly text: string;
}

export interface SummaryView {
  /** How central a member is; 0 for others. */
  weightOf(node: number): number;
  textOf(sentence: Sentence): string;
  /** 0–1: how new the document is among those that state a date. */
  recencyOf(sentence: Sentence): number;
}

/** At most three sentences, in reading order. */
export function summarise(sentences: readonly Sentence[], view: SummaryView): readonly Candidate[] {
  const ranked = sentences
    .map((sentence) => ({ sentence, relevance: relevanceOf(sentence, view) }))
    .toSorted((left, right) => right.relevance - left.relevance || bySpan(left.sentence.span, right.sentence.span))
    .slice(0, COMPARED)
    .map(({ sentence, relevance }) => {
      const text = view.textOf(sentence);
      return { sentence, text, relevance, words: wordsOf(text), nearest: 0 };
    });
  const highest = ranked[0]?.relevance ?? 0;
  const picked: typeof ranked = [];
  while (picked.length < SENTENCES) {
    let best: (typeof ranked)[number] | undefined;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const candidate of ranked) {
      // A sentence said before says nothing, however relevant it is.
      if (candidate.nearest > REPEATED) continue;
      const value = (RELEVANCE * candidate.relevance) / highest - (1 - RELEVANCE) * candidate.nearest;
      if (value > bestValue) [best, bestValue] = [candidate, value];
    }
    if (best === undefined) break;
    picked.push(best);
    for (const candidate of ranked) candidate.nearest = Math.max(candidate.nearest, similarity(candidate.words, best.words));
  }
  return picked
    .toSorted((left, right) => bySpan(left.sentence.span, right.sentence.span))
    .map(({ sentence, text }) => ({ sentence, text }));
}

/** The weight of the members that it names, more with facts and in newer documents, less the longer it is. */
function relevanceOf(sentence: Sentence, view: SummaryView): number {
  const weight = sentence.nodes.reduce((sum, node) => sum + view.weightOf(node), 0);
  const bonus = 1 + FACT_WEIGHT * Math.min(MOST_FACTS, sentence.facts) + RECENCY_WEIGHT * view.recencyOf(sentence);
  return (weight * bonus) / Math.sqrt(8 + (sentence.span.end - sentence.span.start) / 20);
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu));

/** Cosine of two sets of words. */
function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  return shared / Math.sqrt(Math.max(1, left.size * right.size));
}
