// Search over a graph: words (BM25 over passages, claims and names) and structure (personalised PageRank from the
// entities that the query names, over the passage–entity graph), joined into one ranking.
import type { GraphSnapshot, SearchHit, SourceSpan } from '../contract.ts';
import { entitiesByChunk } from '../salience/network.ts';
import { pageRank, sparseGraph } from '../salience/pagerank.ts';
import { createEntityLinker } from './link-entities.ts';
import { createLexicalIndex } from './lexical-index.ts';

const DAMPING = 0.7;
const WALK_ROUNDS = 8;
/** Share of the walkers that start from the passages found by words rather than from named entities. */
const PASSAGE_SEEDS = 0.3;
const KIND_WEIGHT = { passage: 1, claim: 0.9, entity: 0.95 } as const;

/** An entity that the query names stands above the passages that merely speak of it. */
const NAMED = 1.1;

/** Prepares the indexes once; each search is then a few milliseconds at some thousand passages. */
export function createSearch(snapshot: GraphSnapshot): (query: string, k: number) => readonly SearchHit[] {
  const { chunks, claims, entities } = snapshot;
  const texts = new Map(snapshot.documents.map((document) => [document.id, document.text] as const));
  const textOf = (span: SourceSpan): string => texts.get(span.document)?.slice(span.start, span.end) ?? '';
  const passages = createLexicalIndex(chunks.map(textOf));
  const statements = createLexicalIndex(claims.map((claim) => claim.text));
  const names = createLexicalIndex(
    entities.map((entity) => [entity.name, ...entity.aliases.slice(0, 4), entity.subtype ?? ''].join(' ')),
  );
  const link = createEntityLinker(entities);
  const graph = passageGraph(snapshot);

  return (query, k) => {
    if (query.trim() === '' || k <= 0) return [];
    const lexical = normalise(passages.scores(query));
    const linked = link(query);
    const walk =
      linked.length === 0 && !lexical.some((score) => score > 0) ? undefined : walkFrom(graph, linked, lexical, chunks.length);
    const hits: SearchHit[] = [];
    chunks.forEach((chunk, index) => {
      const score =
        0.6 * (lexical[index] ?? 0) +
        0.4 * (walk?.passages[index] ?? 0) * ((lexical[index] ?? 0) > 0 || linked.length > 0 ? 1 : 0);
      push(hits, 'passage', chunk.id, score, { document: chunk.document, start: chunk.start, end: chunk.end });
    });
    const claimScores = normalise(statements.scores(query));
    claims.forEach((claim, index) => push(hits, 'claim', claim.id, claimScores[index] ?? 0, claim.sources[0]));
    const nameScores = normalise(names.scores(query));
    const direct = new Set(linked);
    entities.forEach((entity, index) => {
      const score = direct.has(index)
        ? NAMED
        : 0.5 * (nameScores[index] ?? 0) + 0.2 * (linked.length > 0 ? (walk?.entities[index] ?? 0) : 0);
      push(hits, 'entity', entity.id, score, entity.sources[0]);
    });
    const ranked = hits.toSorted((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1)).slice(0, k);
    return ranked.map((hit) => ({ ...hit, score: Number(hit.score.toFixed(4)), text: textFor(hit) }));
  };

  function textFor(hit: SearchHit): string {
    if (hit.kind !== 'entity') return textOf(hit.source);
    const entity = entities.find((candidate) => candidate.id === hit.id);
    return entity?.description ?? entity?.name ?? hit.id;
  }
}

function push(hits: SearchHit[], kind: SearchHit['kind'], id: string, score: number, source: SourceSpan | undefined): void {
  if (score > 0.02 && source !== undefined) hits.push({ kind, id, score: score * KIND_WEIGHT[kind], text: '', source });
}

/** Nodes are entities first, then passages; an edge says that the passage names the entity, rarer names weigh more. */
function passageGraph(snapshot: GraphSnapshot) {
  const { entities, chunks, mentions } = snapshot;
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

function normalise(scores: Float64Array): Float64Array {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0);
  return highest === 0 ? scores : scores.map((score) => score / highest);
}
