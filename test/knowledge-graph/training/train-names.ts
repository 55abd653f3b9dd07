// Learns the weights of the name recogniser and writes them to `knowledge-graph/spans/recogniser/name-weights.txt`:
//   node test/knowledge-graph/training/train-names.ts WNUT17-DEV.conll
// With `--folds 5` it writes nothing but scores by cross-validation over the given file: each fold is read by a model
// that has not seen it (our own sentences are always in training).
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConll } from '../../../knowledge-graph/evaluation/conll.ts';
import { evaluateNer, scorePredictions } from '../../../knowledge-graph/evaluation/ner.ts';
import { createTaggers } from '../../../knowledge-graph/language/taggers.ts';
import { continuesName, kindOfLabel, LABELS } from '../../../knowledge-graph/spans/recogniser/labels.ts';
import { featuresOf } from '../../../knowledge-graph/spans/recogniser/features.ts';
import { createNameRecogniser } from '../../../knowledge-graph/spans/recogniser/recognise.ts';
import {
  formatNameWeights,
  IMPOSSIBLE,
  LARGEST,
  parseNameWeights,
  STEPS,
} from '../../../knowledge-graph/spans/recogniser/weights.ts';
import { profileWord } from '../../../knowledge-graph/spans/recogniser/word-profile.ts';
import { train } from './crf.ts';
import type { Example } from './crf.ts';
import { allowedLabels, ownExamples, readExamples, recased, withOtherNames, WNUT } from './examples.ts';
import type { LabelledExample } from './examples.ts';
import { createNameSource } from './other-names.ts';

const HEADER = `# Weights of the name recogniser, learned by test/knowledge-graph/training/train-names.ts from sentences of our own and from
# the development set of WNUT 2017 (Derczynski, Nichols, van Erp, Limsopatham: emerging and rare entities, CC BY 4.0).
`;
/** Copies of each own sentence with other names, and the share of further copies in one letter case. */
const COPIES = 2;
const RECASED = 0.4;
/** How often a sentence is shown as if no word were in any list, so that contexts count as well. */
const WITHOUT_LISTS = 0.3;
const EPOCHS = 8;
const RATE = 0.06;
const DECAY = 0.02;
/** Features seen less often are left out. */
const SEEN = 2;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { folds: { type: 'string' } } });
const [path] = positionals;
if (path === undefined) throw new Error('Name the WNUT 2017 development set, a file of token TAB label.');

if (values.folds === undefined) {
  writeFileSync(
    new URL('../../../knowledge-graph/spans/recogniser/name-weights.txt', import.meta.url),
    HEADER + learn([...readExamples(path, WNUT), ...ownAndVaried()]),
  );
} else await crossValidate(path, Number(values.folds));

async function crossValidate(file: string, folds: number): Promise<void> {
  const texts = readConll(readFileSync(file, 'utf8'));
  const foldOf = (index: number): number => Math.floor((index * folds) / texts.length);
  const predictions: string[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const seen = texts.filter((_, index) => foldOf(index) !== fold).flat();
    const names = createNameRecogniser(
      parseNameWeights(learn([...seen.map((sentence) => ({ ...sentence, kinds: WNUT })), ...ownAndVaried()])),
    );
    const unseen = texts.filter((_, index) => foldOf(index) === fold).flat();
    const lines = unseen.map(({ tokens, labels }) => tokens.map((token, at) => `${token}\t${labels[at]}`).join('\n'));
    predictions.push(
      (
        await evaluateNer(
          `${lines.join('\n\n')}\n`,
          createTaggers(() => names),
        )
      ).predictions,
    );
  }
  for (const { name, value } of scorePredictions(predictions.join('\n')))
    process.stdout.write(`${name}\t${(100 * value).toFixed(1)}\n`);
}

function ownAndVaried(): readonly LabelledExample[] {
  const random = createRandom(7);
  const nameOf = createNameSource(random);
  const own = ownExamples();
  const varied = Array.from({ length: COPIES }, () => own.map((example) => withOtherNames(example, nameOf))).flat();
  const inOneCase = own.flatMap((example) => {
    const draw = random();
    if (draw >= RECASED) return [];
    const recase = (word: string): string => (draw < RECASED / 2 ? word.toLowerCase() : word.toUpperCase());
    return [recased(withOtherNames(example, nameOf), recase)];
  });
  return [...own, ...varied, ...inOneCase];
}

function learn(examples: readonly LabelledExample[]): string {
  const random = createRandom(1);
  const seen = new Map<string, number>();
  const drafts = examples.map((example) => {
    const [full, bare] = [true, false].map((useLists) => featuresOf(example.tokens.map((token) => profileWord(token, useLists))));
    for (const feature of full?.flat() ?? []) seen.set(feature, (seen.get(feature) ?? 0) + 1);
    for (const feature of bare?.flat() ?? []) seen.set(feature, (seen.get(feature) ?? 0) + WITHOUT_LISTS);
    return { full: full ?? [], bare: bare ?? [], allowed: allowedLabels(example) };
  });
  const names = [...seen].filter(([, count]) => count >= SEEN).map(([name]) => name);
  const numbers = new Map(names.map((name, index) => [name, index] as const));
  const encode = (rows: readonly (readonly string[])[]): readonly Int32Array[] =>
    rows.map((row) => Int32Array.from(row.flatMap((name) => numbers.get(name) ?? [])));
  const encoded = drafts.map(({ full, bare, allowed }) => ({ full: encode(full), bare: encode(bare), allowed }));
  const size = LABELS.length;
  const { emission, transition } = train({
    labels: size,
    features: names.length,
    epochs: EPOCHS,
    rate: RATE,
    decay: DECAY,
    forbidden: (from, to) => continuesName(to) && (from === size || kindOfLabel(from) !== kindOfLabel(to)),
    *epoch(): Iterable<Example> {
      for (const { full, bare, allowed } of shuffled(encoded, random)) {
        yield { features: random() < WITHOUT_LISTS ? bare : full, allowed };
      }
    },
  });
  return formatNameWeights(
    new Map(names.map((name, at) => [name, Int8Array.from(emission.subarray(at * size, (at + 1) * size), steps)] as const)),
    Int32Array.from(transition, (weight) => (weight < IMPOSSIBLE ? IMPOSSIBLE : Math.round(weight * STEPS))),
  );
}

function steps(weight: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight * STEPS)));
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const drawn = items.map((item) => ({ item, key: random() }));
  return drawn.toSorted((left, right) => left.key - right.key).map(({ item }) => item);
}

/** Numerical Recipes' linear congruence: good enough for an order, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
