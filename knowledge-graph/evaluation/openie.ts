// Open relations against CaRB's file format: sentence TAB predicate TAB argument TAB argument …, a gold tuple a line.
import { ShoalError } from '#foundation';
import { createWinkTagger } from '../language/wink-tagger.ts';
import { findOpenRelations } from '../relations/open/find.ts';
import type { Tagger } from '../language/token.ts';
import type { Span } from '../relations/open/subject-phrase.ts';
import { scoreCarb } from './carb.ts';
import type { ScoredTuple, Tuple } from './carb.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Extracts from the sentences of a CaRB file and scores by CaRB's lenient matcher. Predictions are lines of
 * sentence TAB confidence TAB predicate TAB arguments, as CaRB's own scorer reads them. Throws `invalid_input` for a file
 * of another format.
 */
export function evaluateOpenIe(text: string): Evaluation {
  const gold = readGold(text);
  if (gold.size === 0) throw notCarb();
  const tagger = createWinkTagger();
  const predictions = new Map([...gold.keys()].map((sentence) => [sentence, extractFrom(sentence, tagger)] as const));
  const { precision, recall, f1, auc } = scoreCarb(
    [...gold].map(([sentence, tuples]) => ({
      gold: tuples,
      extracted: (predictions.get(sentence) ?? []).map(toTuple),
    })),
  );
  const scores = [
    { name: 'precision', value: precision },
    { name: 'recall', value: recall },
    { name: 'F1', value: f1 },
    { name: 'AUC', value: auc },
  ];
  return {
    scores,
    table: [['score', 'value'], ...scores.map(({ name, value }) => [name, value.toFixed(3)])],
    predictions: [...predictions]
      .flatMap(([sentence, relations]) => relations.map((relation) => toLine(sentence, relation)))
      .join(''),
  };
}

export function readGold(text: string): ReadonlyMap<string, readonly Tuple[]> {
  const gold = new Map<string, Tuple[]>();
  for (const line of text.split(/\r?\n/)) {
    const [sentence = '', predicate = '', subject, ...rest] = line
      .trim()
      .split('\t')
      .map((part) => part.trim());
    if (sentence === '' || subject === undefined) continue;
    const tuple = { predicate, subject, rest: rest.length === 0 ? undefined : rest.join(' ') };
    const known = gold.get(sentence);
    if (known === undefined) gold.set(sentence, [tuple]);
    else known.push(tuple);
  }
  return gold;
}

const notCarb = (): ShoalError =>
  new ShoalError('invalid_input', 'The file holds no tuple in the format of CaRB.', {
    hint: 'A line holds sentence, predicate and arguments, with tabs between them.',
  });

interface Prediction {
  readonly predicate: string;
  readonly subject: string;
  readonly others: readonly string[];
  readonly confidence: number;
  /** What the confidence was computed from. */
  readonly features: readonly string[];
}

/** The extractions of a sentence, in its own words and spacing. */
export function extractFrom(sentence: string, tagger: Tagger): readonly Prediction[] {
  const tokens = tagger.tag(sentence).flat();
  const read = (part: Span | string): string =>
    typeof part === 'string' ? part : sentence.slice(tokens[part.from]?.start, tokens[part.to - 1]?.end);
  return findOpenRelations(tokens).map(({ predicate, subject, object, lead, confidence, features }) => ({
    predicate: predicate.map(read).join(' '),
    subject: read(subject),
    others: [object, lead].flatMap((part) => (part === undefined ? [] : [read(part)])),
    confidence,
    features,
  }));
}

export const toTuple = ({ predicate, subject, others, confidence }: Prediction): ScoredTuple => ({
  predicate,
  subject,
  rest: others.length === 0 ? undefined : others.join(' '),
  confidence,
});

const toLine = (sentence: string, { predicate, subject, others, confidence }: Prediction): string =>
  `${[sentence, confidence.toFixed(3), predicate, subject, ...others].join('\t')}\n`;
