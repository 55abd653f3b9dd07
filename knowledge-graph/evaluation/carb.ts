// The scorer of CaRB (Bhardwaj, Aggarwal, Mausam 2019, "CaRB: A Crowdsourced Benchmark for Open IE", EMNLP), written
// from the paper: tuples match word by word, part by part (lenient); precision pairs each extraction with one gold
// tuple, greedily from the best pair down; recall takes for each gold tuple the best extraction; the curve runs over
// all confidences.

export interface Tuple {
  readonly predicate: string;
  readonly subject: string;
  /** All further arguments, joined: the lenient matcher does not mind where one ends. */
  readonly rest: string | undefined;
}

export interface ScoredTuple extends Tuple {
  readonly confidence: number;
}

/** The gold tuples of one sentence, and what was extracted from it. */
export interface JudgedSentence {
  readonly gold: readonly Tuple[];
  readonly extracted: readonly ScoredTuple[];
}

export interface CarbScores {
  readonly precision: number;
  readonly recall: number;
  /** The best on the curve. */
  readonly f1: number;
  readonly auc: number;
}

interface Match {
  readonly precision: number;
  readonly recall: number;
}

const NONE: Match = { precision: 0, recall: 0 };
const FORMS_OF_BE: ReadonlySet<string> = new Set(['be', 'is', 'am', 'are', 'was', 'were', 'been', 'being']);
/** Gold tuples of these may have speaker and speech the other way round. */
const SPEECH = /said|told|added|adds|says/;

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** How many gold words stand among the predicted ones, each used once. */
function overlap(gold: readonly string[], predicted: string[]): number {
  let matching = 0;
  for (const word of gold) {
    const at = predicted.indexOf(word);
    if (at < 0) continue;
    predicted.splice(at, 1);
    matching++;
  }
  return matching;
}

/** Share of the extraction's words found in the gold tuple, and of the gold tuple's words found in the extraction. */
export function matchTuples(gold: Tuple, extracted: Tuple): Match {
  const straight = matchParts(gold, extracted);
  if (!SPEECH.test(gold.predicate) || extracted.rest === undefined) return straight;
  const reverse = matchParts(gold, { predicate: extracted.predicate, subject: extracted.rest, rest: extracted.subject });
  return reverse.precision > straight.precision || (reverse.precision === straight.precision && reverse.recall > straight.recall)
    ? reverse
    : straight;
}

function matchParts(gold: Tuple, extracted: Tuple): Match {
  const goldPredicate = wordsOf(gold.predicate);
  const predicate = wordsOf(extracted.predicate);
  let predictedWords = predicate.length;
  let goldWords = goldPredicate.length;
  let matching = overlap(goldPredicate, predicate);
  if (predicate.includes('be') && goldPredicate.some((word) => FORMS_OF_BE.has(word))) matching++;
  if (matching === 0) return NONE;
  for (const [goldPart, part] of [
    [gold.subject, extracted.subject],
    [gold.rest, extracted.rest],
  ]) {
    if (goldPart === undefined) continue;
    if (part === undefined) return NONE;
    const [expected, found] = [wordsOf(goldPart), wordsOf(part)];
    goldWords += expected.length;
    predictedWords += found.length;
    matching += overlap(expected, found);
  }
  return { precision: matching / predictedWords, recall: matching / goldWords };
}

/** Sums over the extractions at or above one confidence. */
interface Sums {
  readonly precision: number;
  readonly extracted: number;
  readonly recall: number;
}

/** Scores the extractions of all sentences. Sentences without any gold tuple do not count. */
export function scoreCarb(sentences: readonly JudgedSentence[]): CarbScores {
  const judged = sentences.filter(({ gold }) => gold.length > 0);
  const goldCount = judged.reduce((sum, { gold }) => sum + gold.length, 0);
  const changes = new Map<number, Sums>();
  for (const sentence of judged) {
    let before: Sums = { precision: 0, extracted: 0, recall: 0 };
    for (const [confidence, sums] of sumsByConfidence(sentence)) {
      const known = changes.get(confidence) ?? { precision: 0, extracted: 0, recall: 0 };
      changes.set(confidence, {
        precision: known.precision + sums.precision - before.precision,
        extracted: known.extracted + sums.extracted - before.extracted,
        recall: known.recall + sums.recall - before.recall,
      });
      before = sums;
    }
  }
  return readCurve(changes, goldCount);
}

/** From the highest confidence of a sentence to its lowest. */
function sumsByConfidence({ gold, extracted }: JudgedSentence): readonly (readonly [number, Sums])[] {
  const ordered = extracted.toSorted((left, right) => right.confidence - left.confidence);
  const table = gold.map((tuple) => ordered.map((candidate) => matchTuples(tuple, candidate)));
  const pairs = table
    .flatMap((row, goldAt) => row.map(({ precision }, at) => ({ goldAt, at, precision })))
    .filter(({ precision }) => precision > 0)
    .toSorted((left, right) => right.precision - left.precision || left.goldAt - right.goldAt || left.at - right.at);
  const best = gold.map(() => 0);
  return ordered.flatMap(({ confidence }, index): readonly (readonly [number, Sums])[] => {
    table.forEach((row, goldAt) => (best[goldAt] = Math.max(best[goldAt] ?? 0, row[index]?.recall ?? 0)));
    const count = index + 1;
    if (ordered[count]?.confidence === confidence) return [];
    const recall = best.reduce((sum, value) => sum + value, 0);
    return [[confidence, { precision: pairGreedily(pairs, count), extracted: count, recall }]];
  });
}

function pairGreedily(
  pairs: readonly { readonly goldAt: number; readonly at: number; readonly precision: number }[],
  count: number,
): number {
  const usedGold = new Set<number>();
  const used = new Set<number>();
  let sum = 0;
  for (const { goldAt, at, precision } of pairs) {
    if (at >= count || used.has(at) || usedGold.has(goldAt)) continue;
    used.add(at);
    usedGold.add(goldAt);
    sum += precision;
  }
  return sum;
}

function readCurve(changes: ReadonlyMap<number, Sums>, goldCount: number): CarbScores {
  let [precisionSum, extracted, recallSum] = [0, 0, 0];
  let best = { precision: 0, recall: 0, f1: 0 };
  let previous: Match = { precision: 1, recall: 0 };
  let auc = 0;
  for (const [, change] of [...changes].toSorted((left, right) => right[0] - left[0])) {
    precisionSum += change.precision;
    extracted += change.extracted;
    recallSum += change.recall;
    const point = { precision: precisionSum / extracted, recall: recallSum / goldCount };
    auc += ((point.recall - previous.recall) * (point.precision + previous.precision)) / 2;
    previous = point;
    const total = point.precision + point.recall;
    const f1 = total === 0 ? 0 : (2 * point.precision * point.recall) / total;
    if (f1 > best.f1) best = { ...point, f1 };
  }
  return { ...best, auc };
}
