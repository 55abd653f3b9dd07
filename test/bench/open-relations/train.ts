// Fits the confidence of open relations: `node test/bench/open-relations/train.ts FILE` reads a file in CaRB's format,
// fits on all of it, and writes `knowledge-graph/relations/open/weights.ts`. Before that it fits on every other
// sentence and scores on the rest, both ways round: those are the figures to believe.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matchTuples, scoreCarb } from '../../../knowledge-graph/evaluation/carb.ts';
import type { Tuple } from '../../../knowledge-graph/evaluation/carb.ts';
import { extractFrom, readGold, toTuple } from '../../../knowledge-graph/evaluation/openie.ts';
import { createWinkTagger } from '../../../knowledge-graph/language/wink-tagger.ts';

interface Example {
  readonly tuple: Tuple;
  readonly features: readonly string[];
  /** Precision of the gold tuple that it is paired with. */
  readonly target: number;
}

interface Judged {
  readonly gold: readonly Tuple[];
  readonly examples: readonly Example[];
}

interface Model {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

const STEPS = 400;
const RATE = 1;
const RIDGE = 0.002;
/** A feature seen less often says nothing that would hold elsewhere. */
const RAREST = 8;

function readExamples(text: string): readonly Judged[] {
  const tagger = createWinkTagger();
  return [...readGold(text)].map(([sentence, gold]) => {
    const found = extractFrom(sentence, tagger);
    const tuples = found.map(toTuple);
    const targets = pair(gold, tuples);
    return {
      gold,
      examples: found.map(({ features }, at) => ({ tuple: tuples[at] as Tuple, features, target: targets[at] ?? 0 })),
    };
  });
}

/** One gold tuple for each extraction, the best pairs first, as the scorer pairs them. */
function pair(gold: readonly Tuple[], tuples: readonly Tuple[]): readonly number[] {
  const pairs = gold
    .flatMap((tuple, row) => tuples.map((found, column) => ({ row, column, ...matchTuples(tuple, found) })))
    .toSorted((left, right) => right.precision - left.precision);
  const targets = tuples.map(() => 0);
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  for (const { row, column, precision } of pairs) {
    if (rows.has(row) || columns.has(column)) continue;
    rows.add(row);
    columns.add(column);
    targets[column] = precision;
  }
  return targets;
}

const probability = ({ bias, weights }: Model, features: readonly string[]): number =>
  1 / (1 + Math.exp(-features.reduce((sum, feature) => sum + (weights.get(feature) ?? 0), bias)));

/** Gradient descent on cross-entropy with a ridge penalty, all examples at each step. */
function fit(judged: readonly Judged[]): Model {
  const examples = judged.flatMap((sentence) => sentence.examples);
  const counts = new Map<string, number>();
  for (const { features } of examples) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const names = [...counts].flatMap(([name, count]) => (count >= RAREST ? [name] : [])).toSorted((a, b) => (a < b ? -1 : 1));
  const index = new Map(names.map((name, at) => [name, at] as const));
  const rows = examples.map(({ features }) => features.flatMap((feature) => index.get(feature) ?? []));
  const weights = new Float64Array(names.length);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(names.length);
    let biasGradient = 0;
    rows.forEach((row, at) => {
      const sum = row.reduce((total, feature) => total + (weights[feature] ?? 0), bias);
      const error = 1 / (1 + Math.exp(-sum)) - (examples[at]?.target ?? 0);
      biasGradient += error;
      for (const feature of row) gradient[feature] = (gradient[feature] ?? 0) + error;
    });
    bias -= (RATE * biasGradient) / rows.length;
    weights.forEach((weight, at) => {
      weights[at] = weight - RATE * ((gradient[at] ?? 0) / rows.length + RIDGE * weight);
    });
  }
  return { bias, weights: new Map(names.map((name, at) => [name, weights[at] ?? 0] as const)) };
}

const show = (value: number): string => value.toFixed(3);

function report(name: string, judged: readonly Judged[], model: Model): void {
  const { precision, recall, f1, auc } = scoreCarb(
    judged.map(({ gold, examples }) => ({
      gold,
      extracted: examples.map(({ tuple, features }) => ({
        ...tuple,
        confidence: Number(probability(model, features).toFixed(3)),
      })),
    })),
  );
  console.log(`${name}: precision ${show(precision)}, recall ${show(recall)}, F1 ${show(f1)}, AUC ${show(auc)}`);
}

function write({ bias, weights }: Model): void {
  const rows = [...weights].map(
    ([name, weight]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: ${Number(weight.toFixed(3))},\n`,
  );
  const text = `// Written by \`test/bench/open-relations/train.ts\`: do not edit by hand.
export const BIAS = ${Number(bias.toFixed(3))};

export const WEIGHTS: Readonly<Record<string, number>> = {
${rows.join('')}};
`;
  writeFileSync(fileURLToPath(new URL('../../../knowledge-graph/relations/open/weights.ts', import.meta.url)), text);
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a file in the format of CaRB: sentence TAB predicate TAB arguments.');
const judged = readExamples(readFileSync(file, 'utf8'));
const even = judged.filter((_, at) => at % 2 === 0);
const odd = judged.filter((_, at) => at % 2 === 1);
report('fitted on odd, scored on even', even, fit(odd));
report('fitted on even, scored on odd', odd, fit(even));
const model = fit(judged);
report('fitted and scored on all', judged, model);
write(model);
