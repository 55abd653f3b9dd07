// Retrieval on a labelled set: the graph's entity part is built as `graph build` does, then every query is searched
// twice, by words alone (BM25) and by words and graph together. Scores as in HippoRAG (arXiv 2405.14831): recall@k is
// the mean share of a query's gold documents among its first k; perfect@8 the share of queries with all of them there.
import type { Document, Entity, Mention } from '../contract.ts';
import { chunkDocuments } from '../chunking/chunks.ts';
import { extractByRules } from '../extraction/skills.ts';
import { resolveEntities, toEntity } from '../resolution/entities.ts';
import { mentionsOf } from '../resolution/mentions.ts';
import { createRanker } from '../retrieval/rank.ts';
import { createBm25 } from './bm25.ts';
import type { Evaluation } from './evaluation.ts';
import { documentsOf, parseRetrievalSet } from './retrieval-data.ts';
import type { RetrievalSet } from './retrieval-data.ts';

type Id = RetrievalSet['docs'][number]['id'];

const CUTS = [2, 5, 8] as const;
/** Documents per query in the predictions file. */
const DEPTH = 20;

/** Throws `invalid_input` where the text is no retrieval set. */
export async function evaluateRetrieval(text: string): Promise<Evaluation> {
  const set = parseRetrievalSet(text);
  const documents = await documentsOf(set);
  const chunks = chunkDocuments(documents);
  const rank = createRanker({ documents, chunks, ...entitiesOf(documents) });
  const baseline = createBm25(documents.map((document) => document.text));
  const place = new Map(documents.map(({ id }, at) => [id, at] as const));
  const idsOf = (places: readonly number[]): readonly Id[] =>
    [...new Set(places)].slice(0, DEPTH).flatMap((at) => set.docs[at]?.id ?? []);
  const predictions = set.queries.map(({ q, gold }) => ({
    q,
    gold,
    retrieved: idsOf(rank(q).passages.map(({ position }) => place.get(chunks[position]?.document ?? '') ?? 0)),
    words: idsOf(byScore(baseline(q))),
  }));
  const graph = scoresOf(predictions.map(({ gold, retrieved }) => ({ gold, retrieved })));
  const words = scoresOf(predictions.map(({ gold, words: retrieved }) => ({ gold, retrieved })));
  return {
    scores: [...graph, ...words.map(({ name, value }) => ({ name: `bm25 ${name}`, value }))],
    table: [
      [`${set.name}: ${set.docs.length} documents, ${set.queries.length} queries`, ...graph.map(({ name }) => name)],
      ['BM25', ...words.map(({ value }) => percent(value))],
      ['BM25 + graph', ...graph.map(({ value }) => percent(value))],
      ['lift, points', ...graph.map(({ value }, at) => signed(100 * (value - (words[at]?.value ?? 0))))],
    ],
    predictions: `${JSON.stringify({ name: set.name, queries: predictions.map(({ q, retrieved }) => ({ q, retrieved })) }, null, 1)}\n`,
  };
}

/** What the rules find in these documents, resolved over all of them. */
function entitiesOf(documents: readonly Document[]): {
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
} {
  const resolution = resolveEntities(documents.map((document) => ({ document, extraction: extractByRules(document) })));
  return {
    entities: resolution.merged.map((merged) =>
      toEntity(merged, {
        id: resolution.ids.get(merged) ?? '',
        name: resolution.names.get(merged) ?? '',
        salience: 0,
        description: undefined,
      }),
    ),
    mentions: mentionsOf(resolution, documents),
  };
}

function scoresOf(answers: readonly { readonly gold: readonly Id[]; readonly retrieved: readonly Id[] }[]): Evaluation['scores'] {
  const recall = (cut: number): readonly number[] =>
    answers.map(({ gold, retrieved }) => {
      const first = new Set(retrieved.slice(0, cut));
      const wanted = new Set(gold);
      return [...wanted].filter((id) => first.has(id)).length / wanted.size;
    });
  return [
    ...CUTS.map((cut) => ({ name: `recall@${cut}`, value: mean(recall(cut)) })),
    { name: 'perfect@8', value: mean(recall(8).map(Math.floor)) },
  ];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Positions with a score, the best first. */
const byScore = (scores: Float64Array): readonly number[] =>
  [...scores.keys()]
    .filter((at) => (scores[at] ?? 0) > 0)
    .toSorted((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right);

const percent = (value: number): string => (100 * value).toFixed(1);
const signed = (points: number): string => `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
