// Open relations against CaRB's file format: sentence TAB predicate TAB argument TAB argument …, a gold tuple a line.
import { createWinkTagger } from '../language/wink-tagger.ts';
import { findOpenRelations } from '../relations/open/find.ts';
import type { OpenRelation } from '../relations/open/find.ts';
import { scoreCarb } from './carb.ts';
import type { ScoredTuple, Tuple } from './carb.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Extracts from the sentences of a CaRB file and scores by CaRB's lenient matcher. Predictions are lines of
 * sentence TAB confidence TAB predicate TAB arguments, as CaRB's own scorer reads them.
 */
export function evaluateOpenIe(text: string): Evaluation {
  const gold = readGold(text);
  const predictions = predict([...gold.keys()]);
  const { precision, recall, f1, auc } = scoreCarb(
    [...gold].map(([sentence, tuples]) => ({
      gold: tuples,
      extracted: (predictions.get(sentence) ?? []).map((relation) => toTuple(sentence, relation)),
    })),
  );
  return {
    scores: [
      { name: 'precision', value: precision },
      { name: 'recall', value: recall },
      { name: 'F1', value: f1 },
      { name: 'AUC', value: auc },
    ],
    predictions: [...predictions].flatMap(([sentence, relations]) => relations.map((relation) => toLine(sentence, relation))).join(''),
  };
}

export function readGold(text: string): ReadonlyMap<string, readonly Tuple[]> {
  const gold = new Map<string, Tuple[]>();
  for (const line of text.split(/\r?\n/)) {
    const [sentence = '', predicate = '', subject, ...rest] = line.trim().split('\t').map((part) => part.trim());
    if (sentence === '' || subject === undefined) continue;
    const tuple = { predicate, subject, rest: rest.length === 0 ? undefined : rest.join(' ') };
    const known = gold.get(sentence);
    if (known === undefined) gold.set(sentence, [tuple]);
    else known.push(tuple);
  }
  return gold;
}

function predict(sentences: readonly string[]): ReadonlyMap<string, readonly OpenRelation[]> {
  const tagger = createWinkTagger();
  return new Map(sentences.map((text) => [text, findOpenRelations(tagger.tag(text).flat())] as const));
}

/** The words of a part, as the sentence spells and spaces them. */
const partsOf = (sentence: string, relation: OpenRelation): { predicate: string; subject: string; others: readonly string[] } => {
  const read = (spans: OpenRelation['predicate']): string =>
    spans.map((span) => (typeof span === 'string' ? span : sentence.slice(span.start, span.end))).join(' ');
  return {
    predicate: read(relation.predicate),
    subject: read(relation.subject),
    others: [relation.object, ...relation.adjuncts].map(read).filter((part) => part !== ''),
  };
};

export function toTuple(sentence: string, relation: OpenRelation): ScoredTuple {
  const { predicate, subject, others } = partsOf(sentence, relation);
  return { predicate, subject, rest: others.length === 0 ? '' : others.join(' '), confidence: relation.confidence };
}

function toLine(sentence: string, relation: OpenRelation): string {
  const { predicate, subject, others } = partsOf(sentence, relation);
  return `${[sentence, relation.confidence.toFixed(3), predicate, subject, ...others].join('\t')}\n`;
}
