// Names in a sentence by a learned linear model: the best path of labels under the weights of all features (Viterbi).
// Sums of weights are kept per word form and per combination of classes, so that a word costs a few vector additions.
import type { NameKind } from '../../lexicon/name-lists.ts';
import {
  afterFeature,
  beforeFeature,
  besideFeatures,
  caseOfSentence,
  EDGE_PROFILE,
  listedAfterFeature,
  listedBeforeFeature,
  listedFeatures,
  listedNames,
  REACH,
  SENTENCE_CASES,
  sentenceFeatures,
  shapeFeature,
  wordAfterFeature,
  wordBeforeFeature,
} from './features.ts';
import type { SentenceCase } from './features.ts';
import { bestPath } from './best-path.ts';
import { beginsName, continuesName, kindOfLabel, LABELS, OUTSIDE } from './labels.ts';
import { createSumTable } from './sum-table.ts';
import { readNameWeights } from './weights.ts';
import type { NameWeights } from './weights.ts';
import { profileWord } from './word-profile.ts';
import type { WordProfile } from './word-profile.ts';

export interface RecognisedName {
  /** Words `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly kind: NameKind;
  /** How far its kind is ahead of the next best reading, per word, in steps of 1/16 of log odds. */
  readonly lead: number;
}

export interface Recognition {
  /** In reading order, without overlaps. */
  readonly names: readonly RecognisedName[];
  /** How far each word by itself leans towards being in a name, in the steps of `lead`. */
  readonly leanings: Int32Array;
}

export interface NameRecogniser {
  /** Names among the words of a sentence. Pure. */
  recognise(forms: readonly string[]): Recognition;
}

/** Forms and combinations kept before the memory starts afresh: about 60 MB. */
const KEPT_WORDS = 150_000;
const KEPT_GROUPS = 150_000;
/** Taken from the score of `outside`: half a natural unit, because more names are missed than made up without it. */
const EAGERNESS = 8;
const SIZE = LABELS.length;
const WORD_SIZE = (2 * REACH + 1) * SIZE;

/** What is kept of a form; its features are summed up. */
interface Word extends Pick<WordProfile, 'lower' | 'wordClass' | 'shape' | 'opensListed'> {
  readonly classId: number;
  readonly shapeId: number;
  /** Where its sums begin: for the words from two after it to two before it, one after the other. */
  readonly sumsAt: number;
  /** As the word before or after one of some shape, where a weight speaks of it so. */
  readonly asBefore: (Int16Array | undefined)[] | undefined;
  readonly asAfter: (Int16Array | undefined)[] | undefined;
}

let shared: NameRecogniser | undefined;

/** Loads weights and lists at the first call (about 0.2 s). */
export function nameRecogniser(): NameRecogniser {
  return (shared ??= createNameRecogniser(readNameWeights()));
}

export function createNameRecogniser(weights: NameWeights): NameRecogniser {
  const numberOf = createNumbering();
  const sumOf = (features: readonly string[]): Int16Array | undefined => sumRows(features, weights.features);
  const beforeShapes = wordsOfPairs(weights.features.keys(), wordBeforeFeature('', ''));
  const afterShapes = wordsOfPairs(weights.features.keys(), wordAfterFeature('', ''));
  let wordSums = new Int16Array(WORD_SIZE * 1024);
  let wordsFilled = 0;
  const createWord = (profile: WordProfile): Word => {
    const sumsAt = wordsFilled;
    wordsFilled += WORD_SIZE;
    if (wordsFilled > wordSums.length) {
      const larger = new Int16Array(wordSums.length * 2);
      larger.set(wordSums);
      wordSums = larger;
    }
    addRows(profile.features, weights.words, wordSums, sumsAt, WORD_SIZE);
    const { lower, wordClass, shape, opensListed } = profile;
    return {
      lower,
      wordClass,
      shape,
      opensListed,
      classId: numberOf(wordClass),
      shapeId: numberOf(shape),
      sumsAt,
      asBefore: beforeShapes.has(lower) ? [] : undefined,
      asAfter: afterShapes.has(lower) ? [] : undefined,
    };
  };
  const edge = createWord(EDGE_PROFILE);
  let words = new Map<string, Word>();
  const wordOf = (form: string): Word => {
    let word = words.get(form);
    if (word === undefined) {
      word = createWord(profileWord(form));
      words.set(form, word);
    }
    return word;
  };
  const wordsOf = (forms: readonly string[]): readonly Word[] => {
    if (words.size + forms.length > KEPT_WORDS) {
      words = new Map();
      wordSums.fill(0, WORD_SIZE);
      wordsFilled = WORD_SIZE;
    }
    return forms.map(wordOf);
  };
  const groups = createSumTable(SIZE, KEPT_GROUPS);
  const addGroup = (scores: Int32Array, base: number, entry: number, which: number): void => {
    const from = groups.rowAt(entry, which);
    if (from !== 0) add(scores, base, groups.rows(), from);
  };
  /** Three classes in a row speak for each of the three words. */
  const classesOf = (before: Word, own: Word, after: Word): number => {
    const key = keyOf(0, before.classId, own.classId, after.classId);
    const known = groups.find(key);
    if (known >= 0) return known;
    const [first, second, third] = [before.wordClass, own.wordClass, after.wordClass];
    return groups.put(key, [
      sumOf([afterFeature(first, second, third)]),
      sumOf(besideFeatures(first, second, third)),
      sumOf([beforeFeature(first, second, third)]),
    ]);
  };

  const scoresOf = (row: readonly Word[]): Int32Array => {
    const scores = new Int32Array(row.length * SIZE);
    const sentenceCase = caseOfSentence(row);
    const caseId = SENTENCE_CASES.indexOf(sentenceCase);
    addWords(scores, row, edge, wordSums);
    let before = edge;
    let own = edge;
    // From the edge before the first word to the edge after the last: both stand beside words.
    for (let at = -1; at <= row.length; at++) {
      const base = at * SIZE;
      const after = row[at + 1] ?? edge;
      const classes = classesOf(before, own, after);
      if (at > 0) addGroup(scores, base - SIZE, classes, 0);
      if (at + 1 < row.length) addGroup(scores, base + SIZE, classes, 2);
      if (at >= 0 && at < row.length) {
        addGroup(scores, base, classes, 1);
        const shapes = keyOf(1, before.shapeId, own.shapeId, after.shapeId);
        const known = groups.find(shapes);
        addGroup(
          scores,
          base,
          known >= 0 ? known : groups.put(shapes, [sumOf([shapeFeature(before.shape, own.shape, after.shape)])]),
          0,
        );
        const place = keyOf(2, caseId, own.classId, at === 0 ? 1 : 0);
        const placed = groups.find(place);
        addGroup(
          scores,
          base,
          placed >= 0 ? placed : groups.put(place, [sumOf(sentenceFeatures(sentenceCase, own.wordClass, at === 0))]),
          0,
        );
        if (before.asBefore !== undefined)
          add(scores, base, (before.asBefore[own.shapeId] ??= sumOf([wordBeforeFeature(before.lower, own.shape)]) ?? NOTHING), 0);
        if (after.asAfter !== undefined)
          add(scores, base, (after.asAfter[own.shapeId] ??= sumOf([wordAfterFeature(after.lower, own.shape)]) ?? NOTHING), 0);
        scores[base + OUTSIDE] = (scores[base + OUTSIDE] as number) - EAGERNESS;
      }
      before = own;
      own = after;
    }
    if (row.some((word) => word.opensListed)) addListed(row, sentenceCase, scores);
    return scores;
  };

  const addListed = (row: readonly Word[], sentenceCase: SentenceCase, scores: Int32Array): void => {
    const caseId = SENTENCE_CASES.indexOf(sentenceCase);
    const addAt = (place: number, group: number, name: string, features: (shape: string) => readonly string[]): void => {
      const word = row[place];
      if (word === undefined) return;
      const key = keyOf(group, caseId, numberOf(name), word.shapeId);
      const known = groups.find(key);
      addGroup(scores, place * SIZE, known >= 0 ? known : groups.put(key, [sumOf(features(word.shape))]), 0);
    };
    listedNames(row).forEach((name, at) => {
      if (name === undefined) return;
      addAt(at, 3, name, (shape) => listedFeatures(name, shape, sentenceCase));
      addAt(at + 1, 4, name, (shape) => [listedBeforeFeature(name, shape)]);
      addAt(at - 1, 5, name, (shape) => [listedAfterFeature(name, shape)]);
    });
  };

  return {
    recognise: (forms) => {
      if (forms.length === 0) return { names: [], leanings: new Int32Array() };
      const scores = scoresOf(wordsOf(forms));
      const leanings = leaningsOf(scores);
      return { names: namesOn(bestPath(scores, leanings, weights.transitions), scores), leanings };
    },
  };
}

/** One number for a kind of group and its up to three members. */
const keyOf = (group: number, first: number, second: number, third: number): number =>
  ((group * 256 + first) * 256 + second) * 256 + third;

/** Small numbers for the few hundred classes, shapes and list marks, in order of appearance. */
function createNumbering(): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    let number = known.get(name);
    if (number === undefined) {
      number = known.size;
      known.set(name, number);
    }
    return number;
  };
}

const valueAt = (numbers: Int32Array, at: number): number => numbers[at] as number;

const NOTHING = new Int16Array(SIZE);

/** The words of features such as `w-s=word|shape`; `empty` is such a feature without word and shape. */
function wordsOfPairs(features: Iterable<string>, empty: string): ReadonlySet<string> {
  const start = empty.slice(0, -1);
  const found = new Set<string>();
  for (const feature of features)
    if (feature.startsWith(start)) found.add(feature.slice(start.length, feature.lastIndexOf(empty.slice(-1))));
  return found;
}

/** Undefined where no feature is weighed; most combinations of classes are never seen in training. */
function sumRows(features: readonly string[], rows: ReadonlyMap<string, Int8Array>): Int16Array | undefined {
  let sum: Int16Array | undefined;
  for (const feature of features) {
    const row = rows.get(feature);
    if (row !== undefined) addRow(row, (sum ??= new Int16Array(SIZE)), 0, SIZE);
  }
  return sum;
}

function addRows(
  features: readonly string[],
  rows: ReadonlyMap<string, Int8Array>,
  sums: Int16Array,
  base: number,
  size: number,
): void {
  for (const feature of features) {
    const row = rows.get(feature);
    if (row !== undefined) addRow(row, sums, base, size);
  }
}

function addRow(row: Int8Array, sums: Int16Array, base: number, size: number): void {
  for (let at = 0; at < size; at++) sums[base + at] = (sums[base + at] as number) + (row[at] as number);
}

function add(scores: Int32Array, base: number, sums: Int16Array, from: number): void {
  for (let label = 0; label < SIZE; label++)
    scores[base + label] = (scores[base + label] as number) + (sums[from + label] as number);
}

/** Starts the scores of each word with the sums of the words around it, each for its own place. */
function addWords(scores: Int32Array, row: readonly Word[], edge: Word, sums: Int16Array): void {
  let first = edge.sumsAt;
  let before = edge.sumsAt + SIZE;
  for (let at = 0; at < row.length; at++) {
    const own = (row[at] ?? edge).sumsAt + 2 * SIZE;
    const after = (row[at + 1] ?? edge).sumsAt + 3 * SIZE;
    const last = (row[at + 2] ?? edge).sumsAt + 4 * SIZE;
    const base = at * SIZE;
    for (let label = 0; label < SIZE; label++) {
      scores[base + label] =
        (sums[first + label] as number) +
        (sums[before + label] as number) +
        (sums[own + label] as number) +
        (sums[after + label] as number) +
        (sums[last + label] as number);
    }
    first = before - SIZE;
    before = own - SIZE;
  }
}

function namesOn(path: Int32Array, scores: Int32Array): readonly RecognisedName[] {
  const names: RecognisedName[] = [];
  for (let at = 0; at < path.length; at++) {
    if (!beginsName(valueAt(path, at))) continue;
    let to = at + 1;
    while (to < path.length && continuesName(valueAt(path, to))) to++;
    const kind = kindOfLabel(valueAt(path, at));
    if (kind !== undefined) names.push({ from: at, to, kind, lead: leadOf(path, scores, at, to) });
  }
  return names;
}

function leaningsOf(scores: Int32Array): Int32Array {
  const leanings = new Int32Array(scores.length / SIZE);
  for (let at = 0; at < leanings.length; at++) {
    const base = at * SIZE;
    let best = scores[base + OUTSIDE + 1] as number;
    for (let label = OUTSIDE + 2; label < SIZE; label++) {
      const score = scores[base + label] as number;
      if (score > best) best = score;
    }
    leanings[at] = best - (scores[base + OUTSIDE] as number);
  }
  return leanings;
}

/** Mean lead of the chosen label over the best label of any other kind. */
function leadOf(path: Int32Array, scores: Int32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) {
    const own = valueAt(path, at);
    let other = -Infinity;
    for (let label = 0; label < SIZE; label++) {
      if (kindOfLabel(label) !== kindOfLabel(own)) other = Math.max(other, valueAt(scores, at * SIZE + label));
    }
    sum += valueAt(scores, at * SIZE + own) - other;
  }
  return Math.round(sum / (to - from));
}
