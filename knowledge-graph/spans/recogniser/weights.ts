// The learned weights as a text file: per feature, one character for each label that it speaks for or against, and one
// for how strongly. Whole numbers, so that scores are equal on every machine.
import { readFileSync } from 'node:fs';
import { REACH } from './features.ts';
import { LABELS } from './labels.ts';

export interface NameWeights {
  /** Weight of each label, by feature of a word's surroundings. */
  readonly features: ReadonlyMap<string, Int8Array>;
  /** The same for features of single words, for each place from two after the word to two before it. */
  readonly words: ReadonlyMap<string, Int8Array>;
  /** `(labels + 1) × labels`: from row to column, the last row is the sentence's start. */
  readonly transitions: Int32Array;
}

/** This many steps are one natural unit of log odds. */
export const STEPS = 16;
/** Largest weight in steps: it is written as one character. */
export const LARGEST = 44;
export const IMPOSSIBLE = -1_000_000;

const FILE = new URL('name-weights.txt', import.meta.url);
const FIRST_LABEL = 33;
const ZERO = 80;
const NEVER = 'never';
/** A feature of a single word, as `wordFeature` writes it. */
const OF_WORD = /^(-?\d):(.*)$/s;
const PLACES = 2 * REACH + 1;

export const readNameWeights = (): NameWeights => parseNameWeights(readFileSync(FILE, 'utf8'));

/** Throws a `SyntaxError` when the weights were trained for other labels than this code has. */
export function parseNameWeights(text: string): NameWeights {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  const [labels, transitions = '', ...rest] = lines;
  if (labels !== LABELS.join(' ')) throw new SyntaxError('The name weights were trained for other labels: train them again.');
  const features = new Map<string, Int8Array>();
  const words = new Map<string, Int8Array>();
  for (const line of rest) {
    const tab = line.lastIndexOf('\t');
    const name = line.slice(0, tab);
    const [, distance, feature] = OF_WORD.exec(name) ?? [];
    const row =
      feature === undefined ? new Int8Array(LABELS.length) : (words.get(feature) ?? new Int8Array(PLACES * LABELS.length));
    const offset = distance === undefined ? 0 : (Number(distance) + REACH) * LABELS.length;
    for (let at = tab + 1; at + 1 < line.length; at += 2) {
      row[offset + line.charCodeAt(at) - FIRST_LABEL] = line.charCodeAt(at + 1) - ZERO;
    }
    if (feature === undefined) features.set(name, row);
    else words.set(feature, row);
  }
  return {
    features,
    words,
    transitions: Int32Array.from(transitions.split(' '), (entry) => (entry === NEVER ? IMPOSSIBLE : Number(entry))),
  };
}

/** The text that `parseNameWeights` reads; weights of one step are left out. */
export function formatNameWeights(features: ReadonlyMap<string, Int8Array>, transitions: Int32Array): string {
  const lines = [LABELS.join(' '), [...transitions].map((steps) => (steps <= IMPOSSIBLE ? NEVER : steps)).join(' ')];
  for (const [feature, row] of features) {
    let weights = '';
    row.forEach((steps, label) => {
      if (Math.abs(steps) > 1) weights += String.fromCharCode(FIRST_LABEL + label, ZERO + steps);
    });
    if (weights !== '') lines.push(`${feature}\t${weights}`);
  }
  return `${lines.join('\n')}\n`;
}
