// Passages near by their vectors beside those near by words and names.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { LanguageModel } from '#foundation';
import { embedPassages, openGraph, passageVectors } from '#knowledge-graph';
import type { VectorCache } from '#knowledge-graph/contract';
import { createVectorIndex } from '../../../knowledge-graph/retrieval/vector-index.ts';
import { meaningOf } from '../../fixtures/meaning.ts';
import { buildText } from '../corpora.ts';

const TEXTS = [
  'The ferry to the islands will be dearer from May.',
  'Every physician of the county clinic took part in a walkout over lengthy shifts.',
  'Pupils of the harbour school had no lessons on Monday.',
  'The old bakery sells its last loaf this week, the owner said.',
];
/** Shares no word and no name with the passage that answers it; shares "the", "county" with none but by chance. */
const PARAPHRASE = 'Why have doctors, each doctor on long hours, stopped work?';

const unit = (values: readonly number[]): Float32Array => {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(values, (value) => value / length);
};
const vectorOf = (text: string): Float32Array => unit(meaningOf(text));

interface Counting extends Pick<LanguageModel, 'embed'> {
  readonly asked: string[];
}
function countingModel(): Counting {
  const asked: string[] = [];
  return {
    asked,
    embed: (texts) => {
      asked.push(...texts);
      const usage = { inputTokens: texts.length * 10, outputTokens: 0, cachedInputTokens: 0 };
      return Promise.resolve({ vectors: texts.map(vectorOf), usage, costNanoUsd: texts.length * 3 });
    },
  };
}
function memoryCache(): VectorCache {
  const kept = new Map<string, Float32Array>();
  return {
    has: (key) => kept.has(key),
    get: (key) => kept.get(key),
    put: (entries) => entries.forEach(([key, vector]) => kept.set(key, vector)),
  };
}
describe('search with vectors', () => {
  it('finds a paraphrase that words alone miss, and puts it first', async () => {
    const snapshot = await buildText(...TEXTS);
    const cache = memoryCache();
    await embedPassages(snapshot.documents, { embeddingModel: 'a/meaning', model: countingModel(), cache });
    const graph = openGraph(snapshot, passageVectors(snapshot, 'a/meaning', cache));
    const passages = (vector?: Float32Array): readonly string[] =>
      graph
        .search(PARAPHRASE, 5, vector === undefined ? {} : { vector })
        .filter(({ kind }) => kind === 'passage')
        .map(({ text }) => text);
    expect(passages()).not.toContain(TEXTS[1]);
    expect(passages(vectorOf(PARAPHRASE))[0]).toBe(TEXTS[1]);
    const drift = graph.search(PARAPHRASE, 8, { mode: 'drift', vector: vectorOf(PARAPHRASE) });
    expect(drift.map(({ text }) => text)).toContain(TEXTS[1]);
  });

  it('answers the same as ever where the graph has no vectors, or the query none', async () => {
    const snapshot = await buildText(...TEXTS);
    const plain = openGraph(snapshot).search('When is the ferry dearer?', 5);
    expect(openGraph(snapshot).search('When is the ferry dearer?', 5, { vector: vectorOf('boat') })).toEqual(plain);
    expect(
      openGraph(
        snapshot,
        snapshot.chunks.map(() => vectorOf('boat')),
      ).search('When is the ferry dearer?', 5),
    ).toEqual(plain);
  });
});

describe('embedding passages', () => {
  it('asks for each passage once per model, and for new ones only when the graph grows', async () => {
    const cache = memoryCache();
    const first = countingModel();
    const { documents } = await buildText(...TEXTS.slice(0, 2));
    const use = await embedPassages(documents, { embeddingModel: 'a/one', model: first, cache });
    expect(use).toEqual({ embeddingModel: 'a/one', embedded: 2, kept: 0, inputTokens: 20, costNanoUsd: 6 });
    const second = countingModel();
    const grown = await buildText(...TEXTS);
    expect(await embedPassages(grown.documents, { embeddingModel: 'a/one', model: second, cache })).toMatchObject({
      embedded: 2,
      kept: 2,
    });
    expect(second.asked).toHaveLength(2);
    expect(passageVectors(grown, 'a/one', cache).every((vector) => vector !== undefined)).toBe(true);
    expect(passageVectors(grown, 'a/two', cache).every((vector) => vector === undefined)).toBe(true);
  });

  it('keeps what came before a fault, which keeps its code and says what else can be done', async () => {
    const cache = memoryCache();
    const long = Array.from({ length: 150 }, (_, index) => `Notice ${index} of the harbour board, posted for all to read.`);
    const { documents } = await buildText(...long);
    const model = countingModel();
    let calls = 0;
    const failing: Pick<LanguageModel, 'embed'> = {
      embed: (...request) =>
        ++calls === 1 ? model.embed(...request) : Promise.reject(new ShoalError('model_timeout', 'No answer came.')),
    };
    const failure = await embedPassages(documents, { embeddingModel: 'a/slow', model: failing, cache }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'model_timeout', hint: expect.stringContaining('without vectors') as unknown });
    const use = await embedPassages(documents, { embeddingModel: 'a/slow', model, cache });
    expect(use.kept).toBeGreaterThan(50);
    expect(use.kept + use.embedded).toBe(150);
  });

  it('refuses an answer with too few vectors', async () => {
    const { documents } = await buildText(...TEXTS);
    const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };
    const model = { embed: () => Promise.resolve({ vectors: [vectorOf('a')], usage, costNanoUsd: 0 }) };
    await expect(embedPassages(documents, { embeddingModel: 'a/short', model, cache: memoryCache() })).rejects.toMatchObject({
      code: 'model_invalid_output',
      message: 'a/short was asked for 4 vectors and gave 1.',
    });
  });
});

describe('the vector index', () => {
  it('puts the nearest first and leaves out what is farther than the mean', () => {
    const vectors = [unit([1, 0, 0]), unit([1, 1, 0]), undefined, unit([0, 1, 0]), unit([0, 0, 1])];
    const found = createVectorIndex(vectors).find(unit([1, 0.1, 0]), 10);
    expect(found.map(({ position }) => position)).toEqual([0, 1]);
    expect(found[0]?.score).toBe(1);
    expect(createVectorIndex(vectors).find(unit([1, 0.1, 0]), 1)).toEqual([{ position: 0, score: 1 }]);
    expect(createVectorIndex([]).find(unit([1]), 3)).toEqual([]);
  });

  it('says where a query’s vector has another length', () => {
    expect(() => createVectorIndex([unit([1, 0])]).find(unit([1, 0, 0]), 3)).toThrow(/3 numbers came where the graph's have 2/);
  });
});
