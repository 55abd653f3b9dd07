// Which topics are kept: those that the documents come back to, phrases before single words, and no words for
// somebody ("the ministry", "residents").
import { portableLog } from '#foundation';
import { GENERIC_NOUNS } from '../lexicon/function-words.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { bestForm } from '../names/keys.ts';
import { keyOf, singularKey } from './merged.ts';
import type { Finding, Merged } from './merged.ts';

/** Concepts kept per thousand words, and at most. */
const CONCEPTS_PER_THOUSAND = 8;

/** Share of them that may be a single word. */
const SINGLE_SHARE = 0.25;

const MOST_CONCEPTS = 400;

/** What each fact about a topic adds to its worth, and how many are counted. */
const WORTH_OF_FACT = 1.2;
const MOST_FACTS = 3;

/** How telling a topic is: often, in many documents, in titles, with facts of its own; phrases before single words. */
const worth = (merged: Merged, facts: number): number => {
  const length = bestForm(merged.forms).split(/[\s-]/).length;
  return (
    Math.sqrt(merged.spans.length) *
      (1 + 1.4 * portableLog(merged.documents.size)) *
      (length > 1 ? 2.6 * merged.confidence : 0.6) +
    merged.inTitles.size * 1.5 +
    Math.min(MOST_FACTS, facts) * WORTH_OF_FACT
  );
};

/** Names always stay; concepts by spread: used at least twice, and the most telling first. */
export function keepConcepts(all: readonly Merged[], findings: readonly Finding[]): readonly Merged[] {
  const wordCount = findings.reduce((sum, { document }) => sum + document.text.length / 6, 0);
  const room = Math.min(MOST_CONCEPTS, Math.max(15, Math.ceil((wordCount * CONCEPTS_PER_THOUSAND) / 1000)));
  const facts = countFacts(findings);
  const concepts = all.filter(
    (merged) => merged.kind === 'concept' && earns(merged, findings.length, facts.get(merged.key) ?? 0),
  );
  const worths = new Map(concepts.map((merged) => [merged, worth(merged, facts.get(merged.key) ?? 0)] as const));
  const worthOf = (merged: Merged): number => worths.get(merged) ?? 0;
  const ranked = concepts.toSorted((left, right) => worthOf(right) - worthOf(left) || (left.key < right.key ? -1 : 1));
  const single = ranked.filter((merged) => !isPhrase(merged)).slice(0, Math.ceil(room * SINGLE_SHARE));
  const phrases = ranked.filter((merged) => isPhrase(merged)).slice(0, room - single.length);
  return [...all.filter((merged) => merged.kind !== 'concept'), ...single, ...phrases];
}

/** How many facts each topic is the subject of, by its key. */
function countFacts(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const facts = new Map<string, number>();
  for (const { extraction } of findings) {
    for (const { subject } of extraction.relations) {
      const entity = extraction.entities[subject];
      if (entity?.kind !== 'concept') continue;
      const key = `concept:${keyOf(entity)}`;
      facts.set(key, (facts.get(key) ?? 0) + 1);
    }
  }
  return facts;
}

const isPhrase = (merged: Merged): boolean => /[\s-]/.test(bestForm(merged.forms));

function earns(merged: Merged, documents: number, facts: number): boolean {
  const form = bestForm(merged.forms);
  const several = /[\s-]/.test(form);
  if (several) return merged.spans.length + facts >= 2;
  // "the ministry", "residents": words for somebody, not topics.
  const kind = typeOfKindNoun(singularKey(form.toLowerCase()));
  if (GENERIC_NOUNS.has(form.toLowerCase()) || (kind !== undefined && kind !== 'product' && kind !== 'concept' && kind !== 'law'))
    return false;
  return documents >= 3 ? merged.documents.size >= 3 && merged.spans.length >= 5 : merged.spans.length >= 3;
}
