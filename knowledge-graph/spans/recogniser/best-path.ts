// The best path of labels through the scores of a sentence (Viterbi 1967), over the labels that are in question.
import { LABELS, OUTSIDE } from './labels.ts';
import { IMPOSSIBLE } from './weights.ts';

const SIZE = LABELS.length;
/** Labels this far behind the best of their word (four natural units) are not looked at. */
const BEAM = 64;

/** The path with the highest sum; ties go to the lower label. `leanings` says how far each word's best name label leads. */
export function bestPath(scores: Int32Array, leanings: Int32Array, transitions: Int32Array): Int32Array {
  const count = leanings.length;
  const best = new Int32Array(count * SIZE);
  const from = new Uint8Array(count * SIZE);
  let [past, open] = [new Uint8Array(SIZE), new Uint8Array(SIZE)];
  let pastCount = labelsInBeam(scores, 0, leanings[0] as number, past);
  for (let index = 0; index < pastCount; index++) {
    const label = past[index] as number;
    best[label] = (transitions[SIZE * SIZE + label] as number) + (scores[label] as number);
  }
  for (let at = 1; at < count; at++) {
    const base = at * SIZE;
    const openCount = labelsInBeam(scores, base, leanings[at] as number, open);
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
  for (let index = 0; index < pastCount; index++) {
    const other = past[index] as number;
    if ((best[final + other] as number) > (best[final + label] as number)) label = other;
  }
  for (let at = count - 1; at >= 0; at--) {
    path[at] = label;
    label = from[at * SIZE + label] as number;
  }
  return path;
}

/** Writes the labels near the best into `into`, and says how many; `outside` is always the first of them. */
function labelsInBeam(scores: Int32Array, base: number, leaning: number, into: Uint8Array): number {
  into[0] = OUTSIDE;
  if (leaning < -BEAM) return 1;
  const least = (scores[base + OUTSIDE] as number) + Math.max(0, leaning) - BEAM;
  let count = 1;
  for (let label = OUTSIDE + 1; label < SIZE; label++) {
    if ((scores[base + label] as number) < least) continue;
    into[count] = label;
    count++;
  }
  return count;
}
