// Ranks passages for a query by words (BM25) and by structure: personalised PageRank from the entities that the query
// names, over the passage–entity graph.
import type { GraphSnapshot } from '../contract.ts';
import { entitiesByChunk } from '../salience/network.ts';
import { pageRank, sparseGraph } from '../salience/pagerank.ts';
import { createEntityLinker } from './link-entities.ts';
import { createLexicalIndex } from './lexical-index.ts';

const DAMPING = 0.7;
const WALK_ROUNDS = 8;
/** Share of the walkers that start from the passages found by words rather than from named entities. */
const PASSAGE_SEEDS = 0.3;

/** What ranking reads of a graph. */
export type RankedGraph = Pick<GraphSnapshot, 'documents' | 'chunks' | 'entities' | 'mentions'>;

export interface Ranking {
  /** Positions of the entities that the query names. */
  readonly named: readonly number[];
  /** 0–1 per chunk, by words alone. */
  readonly words: Float64Array;
  /** 0–1 per chunk, by words and structure. */
  readonly passages: Float64Array;
  /** 0–1 per entity, by structure. */
  readonly entities: Float64Array;
}

/** Prepares the indexes once; each ranking is then a few milliseconds at some thousand passages. */
export function createRanker(graph: RankedGraph): (query: string) => Ranking {
  const { chunks, entities } = graph;
  const texts = new Map(graph.documents.map((document) => [document.id, document.text] as const));
  const index = createLexicalIndex(chunks.map(({ document, start, end }) => texts.get(document)?.slice(start, end) ?? ''));
  const link = createEntityLinker(entities);
  const walked = passageGraph(graph);
  return (query) => {
    const words = normalise(index.scores(query));
    const named = link(query);
    const walk = walkFrom(walked, named, words, chunks.length);
    const passages = words.map((score, at) => 0.6 * score + 0.4 * (walk.passages[at] ?? 0));
    return { named, words, passages, entities: walk.entities };
  };
}

/** Nodes are entities first, then passages; an edge says that the passage names the entity, rarer names weigh more. */
function passageGraph({ entities, chunks, mentions }: RankedGraph) {
  const index = new Map(entities.map((entity, position) => [entity.id, position] as const));
  const rows = entitiesByChunk(chunks, mentions, index);
  const spread = new Float64Array(entities.length);
  for (const row of rows) for (const node of row) spread[node] = (spread[node] ?? 0) + 1;
  const edges = rows.flatMap((row, passage) =>
    row.map((node) => ({
      from: node,
      to: entities.length + passage,
      weight: Math.log(1 + chunks.length / (spread[node] || 1)) ** 2,
    })),
  );
  return { entities: entities.length, walk: sparseGraph(entities.length + chunks.length, edges) };
}

function walkFrom(graph: ReturnType<typeof passageGraph>, linked: readonly number[], lexical: Float64Array, passages: number) {
  const seeds = new Float64Array(graph.walk.size);
  const lexicalTotal = lexical.reduce((sum, score) => sum + score, 0);
  const toPassages = linked.length === 0 ? 1 : lexicalTotal === 0 ? 0 : PASSAGE_SEEDS;
  for (const node of linked) seeds[node] = (seeds[node] ?? 0) + (1 - toPassages) / linked.length;
  if (lexicalTotal > 0) lexical.forEach((score, index) => (seeds[graph.entities + index] = (toPassages * score) / lexicalTotal));
  const rank = pageRank(graph.walk, seeds, DAMPING, WALK_ROUNDS);
  return {
    entities: normalise(rank.slice(0, graph.entities)),
    passages: normalise(rank.slice(graph.entities, graph.entities + passages)),
  };
}

export function normalise(scores: Float64Array): Float64Array {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0);
  return highest === 0 ? scores : scores.map((score) => score / highest);
}
