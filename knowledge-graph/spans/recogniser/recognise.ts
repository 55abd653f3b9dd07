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
import { beginsName, continuesName, kindOfLabel, LABELS, OUTSIDE } from './labels.ts';
import { IMPOSSIBLE, readNameWeights } from './weights.ts';
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

/** Forms and combinations kept before the memory starts afresh: about 100 MB. */
const KEPT = 250_000;
/** Taken from the score of `outside`: half a natural unit, because more names are missed than made up without it. */
const EAGERNESS = 8;
/** Labels this far behind the best of their word (four natural units) are not looked at. */
const BEAM = 64;
const SIZE = LABELS.length;
const PLACES = 2 * REACH + 1;

interface Word extends WordProfile {
  readonly classId: number;
  readonly shapeId: number;
  /** Sums for the words from two after it to two before it, one after the other. */
  readonly sums: Int16Array;
  /** As the neighbour of a word of some shape. */
  readonly asBefore: (Int16Array | undefined)[];
  readonly asAfter: (Int16Array | undefined)[];
}

let shared: NameRecogniser | undefined;

/** Loads weights and lists at the first call (about 0.2 s). */
export function nameRecogniser(): NameRecogniser {
  return (shared ??= createNameRecogniser(readNameWeights()));
}

export function createNameRecogniser(weights: NameWeights): NameRecogniser {
  const numberOf = createNumbering();
  const sumOf = (features: readonly string[]): Int16Array => sumRows(features, weights.features, SIZE);
  const createWord = (profile: WordProfile): Word => ({
    ...profile,
    classId: numberOf(profile.wordClass),
    shapeId: numberOf(profile.shape),
    sums: sumRows(profile.features, weights.words, PLACES * SIZE),
    asBefore: [],
    asAfter: [],
  });
  const edge = createWord(EDGE_PROFILE);
  let words = new Map<string, Word>();
  const wordOf = (form: string): Word => {
    let word = words.get(form);
    if (word === undefined) {
      if (words.size >= KEPT) words = new Map();
      word = createWord(profileWord(form));
      words.set(form, word);
    }
    return word;
  };
  let groups = new Map<number, Int16Array>();
  const remember = (key: number, features: readonly string[]): Int16Array => {
    if (groups.size >= KEPT) groups = new Map();
    const sum = sumOf(features);
    groups.set(key, sum);
    return sum;
  };

  const scoresOf = (row: readonly Word[]): Int32Array => {
    const scores = new Int32Array(row.length * SIZE);
    const sentenceCase = caseOfSentence(row);
    const caseId = SENTENCE_CASES.indexOf(sentenceCase);
    for (let at = 0; at < row.length; at++) {
      const own = row[at] ?? edge;
      const first = row[at - 2] ?? edge;
      const before = row[at - 1] ?? edge;
      const after = row[at + 1] ?? edge;
      const last = row[at + 2] ?? edge;
      const base = at * SIZE;
      addWords(scores, base, first.sums, before.sums, own.sums, after.sums, last.sums);
      const beside = keyOf(0, before.classId, own.classId, after.classId);
      add(scores, base, groups.get(beside) ?? remember(beside, besideFeatures(before.wordClass, own.wordClass, after.wordClass)));
      const ahead = keyOf(1, first.classId, before.classId, own.classId);
      add(scores, base, groups.get(ahead) ?? remember(ahead, [beforeFeature(first.wordClass, before.wordClass, own.wordClass)]));
      const behind = keyOf(2, own.classId, after.classId, last.classId);
      add(scores, base, groups.get(behind) ?? remember(behind, [afterFeature(own.wordClass, after.wordClass, last.wordClass)]));
      const shapes = keyOf(3, before.shapeId, own.shapeId, after.shapeId);
      add(scores, base, groups.get(shapes) ?? remember(shapes, [shapeFeature(before.shape, own.shape, after.shape)]));
      const place = keyOf(4, caseId, own.classId, at === 0 ? 1 : 0);
      add(scores, base, groups.get(place) ?? remember(place, sentenceFeatures(sentenceCase, own.wordClass, at === 0)));
      add(scores, base, (before.asBefore[own.shapeId] ??= sumOf([wordBeforeFeature(before.lower, own.shape)])));
      add(scores, base, (after.asAfter[own.shapeId] ??= sumOf([wordAfterFeature(after.lower, own.shape)])));
      scores[base + OUTSIDE] = valueAt(scores, base + OUTSIDE) - EAGERNESS;
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
      add(scores, place * SIZE, groups.get(key) ?? remember(key, features(word.shape)));
    };
    listedNames(row).forEach((name, at) => {
      if (name === undefined) return;
      addAt(at, 5, name, (shape) => listedFeatures(name, shape, sentenceCase));
      addAt(at + 1, 6, name, (shape) => [listedBeforeFeature(name, shape)]);
      addAt(at - 1, 7, name, (shape) => [listedAfterFeature(name, shape)]);
    });
  };

  return {
    recognise: (forms) => {
      if (forms.length === 0) return { names: [], leanings: new Int32Array() };
      const scores = scoresOf(forms.map(wordOf));
      return { names: namesOn(bestPath(scores, weights.transitions), scores), leanings: leaningsOf(scores) };
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

const valueAt = (numbers: Int32Array | Uint8Array, at: number): number => numbers[at] ?? 0;

/** The sum of what no feature speaks of; most combinations of classes are never seen in training. */
const NOTHING = new Int16Array(SIZE);

function sumRows(features: readonly string[], rows: ReadonlyMap<string, Int8Array>, size: number): Int16Array {
  let sum: Int16Array | undefined;
  for (const feature of features) {
    const row = rows.get(feature);
    if (row === undefined) continue;
    sum ??= new Int16Array(size);
    for (let at = 0; at < size; at++) sum[at] = (sum[at] ?? 0) + (row[at] ?? 0);
  }
  return sum ?? (size === SIZE ? NOTHING : new Int16Array(size));
}

function add(scores: Int32Array, base: number, sum: Int16Array): void {
  if (sum === NOTHING) return;
  for (let label = 0; label < SIZE; label++) scores[base + label] = (scores[base + label] as number) + (sum[label] as number);
}

/** Starts the scores of a word with the sums of the words around it, each for its own place. */
function addWords(
  scores: Int32Array,
  base: number,
  first: Int16Array,
  before: Int16Array,
  own: Int16Array,
  after: Int16Array,
  last: Int16Array,
): void {
  for (let label = 0; label < SIZE; label++) {
    scores[base + label] =
      (first[label] as number) +
      (before[SIZE + label] as number) +
      (own[2 * SIZE + label] as number) +
      (after[3 * SIZE + label] as number) +
      (last[4 * SIZE + label] as number);
  }
}

/** The path of labels with the highest sum, over the labels in the beam. Ties go to the lower label. */
function bestPath(scores: Int32Array, transitions: Int32Array): Int32Array {
  const count = scores.length / SIZE;
  const best = new Int32Array(scores.length);
  const from = new Uint8Array(scores.length);
  let [past, open] = [new Uint8Array(SIZE), new Uint8Array(SIZE)];
  let pastCount = labelsInBeam(scores, 0, past);
  for (let index = 0; index < pastCount; index++) {
    const label = past[index] as number;
    best[label] = (transitions[SIZE * SIZE + label] as number) + (scores[label] as number);
  }
  for (let at = 1; at < count; at++) {
    const base = at * SIZE;
    const openCount = labelsInBeam(scores, base, open);
    for (let index = 0; index < openCount; index++) {
      const label = open[index] as number;
      let top = IMPOSSIBLE;
      let source = OUTSIDE;
      for (let other = 0; other < pastCount; other++) {
        const previous = past[other] as number;
        const sum = (best[base - SIZE + previous] as number) + (transitions[previous * SIZE + label] as number);
        if (sum > top) {
          top = sum;
          source = previous;
        }
      }
      best[base + label] = top + (scores[base + label] as number);
      from[base + label] = source;
    }
    [past, open] = [open, past];
    pastCount = openCount;
  }
  const path = new Int32Array(count);
  const final = (count - 1) * SIZE;
  let label = OUTSIDE;
  for (const other of past.subarray(0, pastCount)) if (valueAt(best, final + other) > valueAt(best, final + label)) label = other;
  for (let at = count - 1; at >= 0; at--) {
    path[at] = label;
    label = from[at * SIZE + label] as number;
  }
  return path;
}

/** Writes the labels near the best into `into`, and says how many; `outside` is always the first of them. */
function labelsInBeam(scores: Int32Array, base: number, into: Uint8Array): number {
  let top = scores[base] as number;
  for (let label = 1; label < SIZE; label++) if ((scores[base + label] as number) > top) top = scores[base + label] as number;
  into[0] = OUTSIDE;
  let count = 1;
  for (let label = OUTSIDE + 1; label < SIZE; label++) {
    if ((scores[base + label] as number) < top - BEAM) continue;
    into[count] = label;
    count++;
  }
  return count;
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
    let best = -Infinity;
    for (let label = OUTSIDE + 1; label < SIZE; label++) best = Math.max(best, valueAt(scores, at * SIZE + label));
    leanings[at] = best - valueAt(scores, at * SIZE + OUTSIDE);
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
