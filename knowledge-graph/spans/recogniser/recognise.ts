// Names in a sentence by a learned linear model: the best path of labels under the weights of all features (Viterbi).
// Sums of weights are kept per word form and per combination of classes, so that a word costs a few vector additions.
import type { NameKind } from '../../lexicon/name-lists.ts';
import {
  afterFeature,
  beforeFeature,
  besideFeatures,
  caseOfSentence,
  EDGE,
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
  wordFeatures,
} from './features.ts';
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

/** Forms and combinations kept before the memory starts afresh: about 60 MB. */
const KEPT = 60_000;
/**
 * Taken from the score of `outside`: a name missed costs the F1 as much as one too many, and missed ones are more.
 */
const EAGERNESS = 8;
const SIZE = LABELS.length;

interface Word extends WordProfile {
  readonly id: { readonly wordClass: number; readonly shape: number };
  /** Sums for the words from two after it to two before it, one after the other. */
  readonly sums: Int32Array;
  /** As the neighbour of a word of some shape. */
  readonly asBefore: (Int32Array | undefined)[];
  readonly asAfter: (Int32Array | undefined)[];
}

let shared: NameRecogniser | undefined;

/** Loads weights and lists at the first call (about 0.2 s). */
export function nameRecogniser(): NameRecogniser {
  return (shared ??= createNameRecogniser(readNameWeights()));
}

export function createNameRecogniser(weights: NameWeights): NameRecogniser {
  const numbers = createNumbering();
  const sumOf = (features: readonly string[], into = new Int32Array(SIZE), offset = 0): Int32Array => {
    for (const feature of features) {
      const row = weights.features.get(feature);
      if (row !== undefined) addTo(into, offset, row, 0);
    }
    return into;
  };
  const edge = createWord(undefined, numbers, sumOf);
  let words = new Map<string, Word>();
  let groups = new Map<number, Int32Array>();
  const wordOf = (form: string): Word => {
    let word = words.get(form);
    if (word === undefined) {
      if (words.size >= KEPT) words = new Map();
      word = createWord(profileWord(form), numbers, sumOf);
      words.set(form, word);
    }
    return word;
  };
  /** The sum of what a group of up to three small numbers says. */
  const groupOf = (group: number, first: number, second: number, third: number, features: () => readonly string[]): Int32Array => {
    const key = ((group * 256 + first) * 256 + second) * 256 + third;
    let sum = groups.get(key);
    if (sum === undefined) {
      if (groups.size >= KEPT) groups = new Map();
      sum = sumOf(features());
      groups.set(key, sum);
    }
    return sum;
  };

  const scoresOf = (row: readonly Word[]): Int32Array => {
    const scores = new Int32Array(row.length * SIZE);
    const listed = row.some((word) => word.opensListed) ? listedNames(row) : [];
    const sentenceCase = caseOfSentence(row);
    const caseNumber = SENTENCE_CASES.indexOf(sentenceCase);
    for (let at = 0; at < row.length; at++) {
      const own = row[at] ?? edge;
      const [first, before, after, last] = [row[at - 2] ?? edge, row[at - 1] ?? edge, row[at + 1] ?? edge, row[at + 2] ?? edge];
      const base = at * SIZE;
      const add = (sum: Int32Array, offset = 0): void => addTo(scores, base, sum, offset);
      add(first.sums, 0);
      add(before.sums, SIZE);
      add(own.sums, 2 * SIZE);
      add(after.sums, 3 * SIZE);
      add(last.sums, 4 * SIZE);
      add(
        groupOf(0, before.id.wordClass, own.id.wordClass, after.id.wordClass, () =>
          besideFeatures(before.wordClass, own.wordClass, after.wordClass),
        ),
      );
      add(
        groupOf(1, first.id.wordClass, before.id.wordClass, own.id.wordClass, () => [
          beforeFeature(first.wordClass, before.wordClass, own.wordClass),
        ]),
      );
      add(
        groupOf(2, own.id.wordClass, after.id.wordClass, last.id.wordClass, () => [
          afterFeature(own.wordClass, after.wordClass, last.wordClass),
        ]),
      );
      add(
        groupOf(3, before.id.shape, own.id.shape, after.id.shape, () => [shapeFeature(before.shape, own.shape, after.shape)]),
      );
      add(
        groupOf(4, caseNumber, own.id.wordClass, at === 0 ? 1 : 0, () => sentenceFeatures(sentenceCase, own.wordClass, at === 0)),
      );
      add((before.asBefore[own.id.shape] ??= sumOf([wordBeforeFeature(before.lower, own.shape)])));
      add((after.asAfter[own.id.shape] ??= sumOf([wordAfterFeature(after.lower, own.shape)])));
      const [nameBefore, name, nameAfter] = [listed[at - 1], listed[at], listed[at + 1]];
      if (name !== undefined) {
        const id = numbers.of(name);
        add(groupOf(5, caseNumber, id, own.id.shape, () => listedFeatures(name, own.shape, sentenceCase)));
      }
      if (nameBefore !== undefined)
        add(groupOf(6, 0, numbers.of(nameBefore), own.id.shape, () => [listedBeforeFeature(nameBefore, own.shape)]));
      if (nameAfter !== undefined)
        add(groupOf(7, 0, numbers.of(nameAfter), own.id.shape, () => [listedAfterFeature(nameAfter, own.shape)]));
      scores[base + OUTSIDE] = valueAt(scores, base + OUTSIDE) - EAGERNESS;
    }
    return scores;
  };

  return {
    recognise: (forms) => {
      if (forms.length === 0) return { names: [], leanings: new Int32Array() };
      const scores = scoresOf(forms.map(wordOf));
      return { names: namesOn(bestPath(scores, weights.transitions), scores), leanings: leaningsOf(scores) };
    },
  };
}

function createWord(
  profile: WordProfile | undefined,
  numbers: Numbering,
  sumOf: (features: readonly string[], into: Int32Array, offset: number) => Int32Array,
): Word {
  const sums = new Int32Array((2 * REACH + 1) * SIZE);
  // Seen from a word, its second predecessor is at −2: the first vector is for that place.
  for (let distance = -REACH; distance <= REACH; distance++) {
    sumOf(wordFeatures(profile, distance), sums, (distance + REACH) * SIZE);
  }
  const known = profile ?? { lower: EDGE, wordClass: EDGE, shape: EDGE, centre: [], near: [], far: [], opensListed: false };
  return {
    ...known,
    id: { wordClass: numbers.of(known.wordClass), shape: numbers.of(known.shape) },
    sums,
    asBefore: [],
    asAfter: [],
  };
}

/** Small numbers for the few hundred classes, shapes and list marks, in order of appearance. */
interface Numbering {
  of(name: string): number;
}

function createNumbering(): Numbering {
  const known = new Map<string, number>();
  return {
    of: (name) => {
      let number = known.get(name);
      if (number === undefined) {
        number = known.size;
        known.set(name, number);
      }
      return number;
    },
  };
}

const valueAt = (numbers: Int32Array | Uint8Array, at: number): number => numbers[at] ?? 0;

function addTo(into: Int32Array, offset: number, sum: Int32Array | Int8Array, from: number): void {
  for (let label = 0; label < SIZE; label++) into[offset + label] = (into[offset + label] ?? 0) + (sum[from + label] ?? 0);
}

/** The path of labels with the highest sum. A continuation follows only its own kind; ties go to the lower label. */
function bestPath(scores: Int32Array, transitions: Int32Array): Int32Array {
  const count = scores.length / SIZE;
  const best = new Int32Array(scores.length);
  const from = new Uint8Array(scores.length);
  for (let label = 0; label < SIZE; label++) {
    best[label] = Math.max(IMPOSSIBLE, valueAt(transitions, SIZE * SIZE + label) + valueAt(scores, label));
  }
  for (let at = 1; at < count; at++) {
    const base = at * SIZE;
    const past = base - SIZE;
    for (let label = 0; label < SIZE; label++) {
      let top = -Infinity;
      let source = 0;
      if (continuesName(label)) {
        const begun = valueAt(best, past + label - 1) + valueAt(transitions, (label - 1) * SIZE + label);
        const continued = valueAt(best, past + label) + valueAt(transitions, label * SIZE + label);
        source = continued > begun ? label : label - 1;
        top = Math.max(begun, continued);
      } else {
        for (let previous = 0; previous < SIZE; previous++) {
          const sum = valueAt(best, past + previous) + valueAt(transitions, previous * SIZE + label);
          if (sum > top) {
            top = sum;
            source = previous;
          }
        }
      }
      best[base + label] = top + valueAt(scores, base + label);
      from[base + label] = source;
    }
  }
  const path = new Int32Array(count);
  let label = 0;
  const last = (count - 1) * SIZE;
  for (let other = 1; other < SIZE; other++) if (valueAt(best, last + other) > valueAt(best, last + label)) label = other;
  for (let at = count - 1; at >= 0; at--) {
    path[at] = label;
    label = valueAt(from, at * SIZE + label);
  }
  return path;
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
