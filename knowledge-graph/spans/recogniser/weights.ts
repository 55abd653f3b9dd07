// The learned weights as a text file: per feature, one character for each label that it speaks for or against, and one
// for how strongly. Whole numbers, so that scores are equal on every machine.
import { readFileSync } from 'node:fs';
import { LABELS } from './labels.ts';

export interface NameWeights {
  /** Weight of each label, by feature. */
  readonly features: ReadonlyMap<string, Int8Array>;
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

export const readNameWeights = (): NameWeights => parseNameWeights(readFileSync(FILE, 'utf8'));

/** Throws a `SyntaxError` when the weights were trained for other labels than this code has. */
export function parseNameWeights(text: string): NameWeights {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  const [labels, transitions = '', ...rest] = lines;
  if (labels !== LABELS.join(' ')) throw new SyntaxError('The name weights were trained for other labels: train them again.');
  const features = new Map<string, Int8Array>();
  for (const line of rest) {
    const tab = line.lastIndexOf('\t');
    const row = new Int8Array(LABELS.length);
    for (let at = tab + 1; at + 1 < line.length; at += 2) row[line.charCodeAt(at) - FIRST_LABEL] = line.charCodeAt(at + 1) - ZERO;
    features.set(line.slice(0, tab), row);
  }
  return {
    features,
    transitions: Int32Array.from(transitions.split(' '), (entry) => (entry === NEVER ? IMPOSSIBLE : Number(entry))),
  };
}

/** The text that `parseNameWeights` reads; weights of one step are left out. */
export function formatNameWeights({ features, transitions }: NameWeights): string {
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
