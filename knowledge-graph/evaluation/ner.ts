// How well names are found and typed in labelled text: precision, recall and F1 of whole entities, as conlleval counts.
// The extractor reads the tokens put back together as prose, and its spans are laid on the given tokens again.
import type { Block, Document } from '../contract.ts';
import { detectLanguage } from '../documents/language.ts';
import { analyse } from '../language/analyse.ts';
import { createTaggers } from '../language/taggers.ts';
import type { Taggers } from '../language/taggers.ts';
import { entityTypeOf } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import { findClusters } from '../names/find-clusters.ts';
import { readConll, spansOf } from './conll.ts';
import type { LabelledSentence, LabelledSpan, LabelledText } from './conll.ts';
import { TYPE_OF_KIND } from '../typing/wording.ts';
import type { Evaluation } from './evaluation.ts';

/** Labels that a file may use for each kind of name, best first; a kind without any is not annotated there. */
const LABELS_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  person: ['person', 'per', 'peop', 'per.nam'],
  place: ['location', 'loc', 'gpe', 'geo-loc', 'gpe.nam', 'loc.nam'],
  company: ['corporation', 'company', 'org', 'organization', 'org.nam'],
  organisation: ['corporation', 'company', 'org', 'organization', 'org.nam'],
  institution: ['org', 'organization', 'org.nam', 'group', 'corporation'],
  media: ['org', 'organization', 'org.nam', 'corporation'],
  group: ['group', 'org', 'organization', 'org.nam'],
  product: ['product', 'misc', 'other'],
  work: ['creative-work', 'work_of_art', 'misc', 'other'],
  event: ['event', 'misc', 'other'],
  law: ['law', 'misc', 'other'],
  demonym: ['norp', 'misc', 'other'],
  unknown: [],
};
const UNKNOWN = 'unknown';

/**
 * Scores the embedded extractor on labelled text (see `readConll` for the formats and errors). Predictions are written
 * one token a line as token, given label and predicted label, with tabs between them.
 */
export async function evaluateNer(source: string, taggers: Taggers = createTaggers()): Promise<Evaluation> {
  const texts = readConll(source);
  const labels = new Set(texts.flat().flatMap((sentence) => sentence.labels.filter((label) => label !== 'O')));
  const vocabulary = new Map([...labels].map((label) => [label.slice(2).toLowerCase(), label.slice(2)] as const));
  const sample = texts.slice(0, 200).flatMap((text) => text.map(({ tokens }) => joinTokens(tokens).text));
  const language = await detectLanguage(sample.join('\n'));
  const lines = texts.flatMap((text) => {
    const found = namesOf(text, language, taggers, vocabulary);
    return text.flatMap((sentence, index) => [...predictionLines(sentence, found[index] ?? []), '']);
  });
  const predictions = lines.join('\n');
  const scores = scorePredictions(predictions);
  return { scores, table: [['score', 'value'], ...scores.map(({ name, value }) => [name, value.toFixed(3)])], predictions };
}

/** Scores of predictions as `evaluateNer` writes them. A name of unknown type counts for the untyped scores only. */
export function scorePredictions(predictions: string): Evaluation['scores'] {
  const typed = createTally();
  const untyped = createTally();
  for (const sentence of predictions.split(/\n{2,}/)) {
    const rows = sentence
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
    const given = spansOf(rows.map((row) => row[1] ?? 'O'));
    const predicted = spansOf(rows.map((row) => row[2] ?? 'O'));
    typed.count(given.map(keyOf), predicted.filter(({ label }) => label !== UNKNOWN).map(keyOf));
    untyped.count(given.map(placeOf), predicted.map(placeOf));
  }
  return [...typed.scores('typed'), ...untyped.scores('untyped')];
}

const keyOf = ({ from, to, label }: LabelledSpan): string => `${from} ${to} ${label}`;
const placeOf = ({ from, to }: LabelledSpan): string => `${from} ${to}`;

/** Tokens as prose again, and where each begins and ends in it. */
function joinTokens(tokens: readonly string[]): {
  readonly text: string;
  readonly places: readonly { start: number; end: number }[];
} {
  const places: { start: number; end: number }[] = [];
  let text = '';
  let glue = true;
  for (const token of tokens) {
    const close = /^(?:[.,;:!?%)\]}…]+|['’](?:s|re|ve|ll|d|m|t)?|n['’]t)$/iu.test(token);
    const han = /^\p{Script=Han}/u.test(token) || /[\p{Script=Han}。，、；：？！“”‘’（）《》]$/u.test(text);
    if (!glue && !close && !han) text += ' ';
    places.push({ start: text.length, end: text.length + token.length });
    text += token;
    glue = /^[([{$£€#@]$/.test(token);
  }
  return { text, places };
}

/** Names of each sentence of a text in the file's own vocabulary, on the file's own tokens. */
function namesOf(
  text: LabelledText,
  language: string,
  taggers: Taggers,
  vocabulary: ReadonlyMap<string, string>,
): readonly (readonly LabelledSpan[])[] {
  const { document, joined } = compose(text, language);
  const sentences = analyse(document, taggers);
  const rows: LabelledSpan[][] = text.map(() => []);
  const mentions = findClusters(document, sentences).flatMap((cluster) =>
    cluster.kind === 'name' ? cluster.mentions.map(({ start, end }) => ({ start, end, kind: kindOfCluster(cluster) })) : [],
  );
  const demonyms = sentences.flatMap(({ recognition, tokens }) =>
    (recognition?.names ?? []).flatMap(({ from, to, kind }) => {
      const [first, last] = [tokens[from], tokens[to - 1]];
      return kind !== 'demonym' || first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end, kind }];
    }),
  );
  for (const { start, end, kind } of [...mentions, ...demonyms].toSorted((left, right) => left.start - right.start)) {
    const row = joined.findIndex((sentence) => start >= sentence.offset && end <= sentence.offset + sentence.length);
    const sentence = joined[row];
    if (sentence === undefined) continue;
    const from = sentence.places.findIndex((place) => sentence.offset + place.end > start);
    const to = sentence.places.findLastIndex((place) => sentence.offset + place.start < end) + 1;
    const candidates = LABELS_OF_KIND[kind] ?? [];
    const label = candidates.map((candidate) => vocabulary.get(candidate)).find((known) => known !== undefined);
    if (label === undefined && candidates.length > 0) continue;
    if (to > from && (rows[row]?.at(-1)?.to ?? 0) <= from) rows[row]?.push({ from, to, label: label ?? UNKNOWN });
  }
  return rows;
}

/** The type of a cluster, as fine as the wording of its mentions tells. */
function kindOfCluster(cluster: Cluster): string {
  const type = entityTypeOf(cluster);
  const votes = [...cluster.wordings].filter(([kind]) => TYPE_OF_KIND[kind] === type);
  return votes.toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? type;
}

interface JoinedSentence {
  readonly offset: number;
  readonly length: number;
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

function compose(
  text: LabelledText,
  language: string,
): { readonly document: Document; readonly joined: readonly JoinedSentence[] } {
  const joined: JoinedSentence[] = [];
  const blocks: Block[] = [];
  let whole = '';
  for (const { tokens } of text) {
    const sentence = joinTokens(tokens);
    joined.push({ offset: whole.length, length: sentence.text.length, places: sentence.places });
    blocks.push({ kind: 'paragraph', start: whole.length, end: whole.length + sentence.text.length });
    whole += `${sentence.text}\n\n`;
  }
  const document: Document = {
    id: 'd1',
    name: 'labelled text',
    sha256: '',
    mediaType: 'text',
    title: undefined,
    author: undefined,
    publishedAt: undefined,
    language,
    text: whole,
    blocks,
  };
  return { document, joined };
}

function predictionLines({ tokens, labels }: LabelledSentence, spans: readonly LabelledSpan[]): readonly string[] {
  const predicted = tokens.map(() => 'O');
  for (const { from, to, label } of spans) {
    for (let at = from; at < to; at++) predicted[at] = `${at === from ? 'B' : 'I'}-${label}`;
  }
  return tokens.map((token, index) => `${token}\t${labels[index] ?? 'O'}\t${predicted[index] ?? 'O'}`);
}

interface Tally {
  count(given: readonly string[], predicted: readonly string[]): void;
  scores(name: string): Evaluation['scores'];
}

function createTally(): Tally {
  let given = 0;
  let predicted = 0;
  let right = 0;
  return {
    count: (expected, found) => {
      const known = new Set(expected);
      given += expected.length;
      predicted += found.length;
      right += found.filter((key) => known.has(key)).length;
    },
    scores: (name) => {
      const precision = predicted === 0 ? 0 : right / predicted;
      const recall = given === 0 ? 0 : right / given;
      const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
      return [
        { name: `${name} precision`, value: precision },
        { name: `${name} recall`, value: recall },
        { name: `${name} F1`, value: f1 },
      ];
    },
  };
}
