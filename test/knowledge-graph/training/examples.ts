// Labelled sentences to learn names from, with the labels that each word may have. Where a set is coarser than our
// kinds, or does not annotate one of them, its words allow several labels and the training decides.
import { readFileSync } from 'node:fs';
import { readConll, spansOf } from '../../../knowledge-graph/evaluation/conll.ts';
import { NAME_KINDS } from '../../../knowledge-graph/lexicon/name-lists.ts';
import { LABELS } from '../../../knowledge-graph/spans/recogniser/labels.ts';

export interface LabelledExample {
  readonly tokens: readonly string[];
  readonly labels: readonly string[];
  /** Our kinds for each label of the set; for `O`, the kinds that the set leaves unmarked. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

const OWN: LabelledExample['kinds'] = { ...Object.fromEntries(NAME_KINDS.map((kind) => [kind, [kind]])), O: [] };

/** The labels of WNUT 2017 (Derczynski and others, CC BY 4.0). */
export const WNUT: LabelledExample['kinds'] = {
  person: ['person'],
  location: ['place'],
  corporation: ['company', 'media'],
  group: ['group', 'institution'],
  product: ['product'],
  'creative-work': ['work'],
  O: ['demonym', 'event', 'law'],
};

export function readExamples(path: string | URL, kinds = OWN): readonly LabelledExample[] {
  return readConll(readFileSync(path, 'utf8'))
    .flat()
    .map((sentence) => ({ ...sentence, kinds }));
}

/** Our own sentences; the half of the labelled news that is kept for scoring is not among them. */
export const ownExamples = (): readonly LabelledExample[] =>
  ['news-tune', 'news', 'prose', 'social', 'technical'].flatMap((name) =>
    readExamples(new URL(`examples/${name}.conll`, import.meta.url)),
  );

/** 1 where a label is allowed: `tokens × labels`. */
export function allowedLabels({ labels, kinds }: LabelledExample): Uint8Array {
  const allowed = new Uint8Array(labels.length * LABELS.length);
  const allow = (at: number, label: string): void => {
    allowed[at * LABELS.length + LABELS.indexOf(label)] = 1;
  };
  labels.forEach((label, at) => {
    if (label === 'O') {
      allow(at, 'O');
      for (const kind of kinds['O'] ?? []) for (const prefix of 'BI') allow(at, `${prefix}-${kind}`);
    } else for (const kind of kinds[label.slice(2)] ?? []) allow(at, `${label.slice(0, 1)}-${kind}`);
  });
  return allowed;
}

/** The example with some names replaced by others of their kind, so that contexts are learned and not names. */
export function withOtherNames(
  example: LabelledExample,
  nameOf: (kind: string, old: readonly string[]) => readonly string[],
): LabelledExample {
  const tokens: string[] = [];
  const labels: string[] = [];
  let at = 0;
  const copyUntil = (end: number): void => {
    for (; at < end; at++) {
      tokens.push(example.tokens[at] ?? '');
      labels.push('O');
    }
  };
  for (const span of spansOf(example.labels)) {
    copyUntil(span.from);
    nameOf(span.label, example.tokens.slice(span.from, span.to)).forEach((word, index) => {
      tokens.push(word);
      labels.push(`${index === 0 ? 'B' : 'I'}-${span.label}`);
    });
    at = span.to;
  }
  copyUntil(example.tokens.length);
  return { tokens, labels, kinds: example.kinds };
}

export const recased = (example: LabelledExample, recase: (word: string) => string): LabelledExample => ({
  ...example,
  tokens: example.tokens.map(recase),
});
