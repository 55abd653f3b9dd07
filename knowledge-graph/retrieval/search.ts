// Search over a graph: words (BM25 over passages, claims and names) and structure (personalised PageRank from the
// entities that the query names, over the passage–entity graph), joined into one ranking.
import type { GraphSnapshot, SearchHit, SourceSpan } from '../contract.ts';
import { createLexicalIndex } from './lexical-index.ts';
import { createRanker, normalise } from './rank.ts';

const KIND_WEIGHT = { passage: 1, claim: 0.9, entity: 0.95 } as const;

/** An entity that the query names stands above the passages that merely speak of it. */
const NAMED = 1.1;

/** Prepares the indexes once; each search is then a few milliseconds at some thousand passages. */
export function createSearch(snapshot: GraphSnapshot): (query: string, k: number) => readonly SearchHit[] {
  const { chunks, claims, entities } = snapshot;
  const texts = new Map(snapshot.documents.map((document) => [document.id, document.text] as const));
  const textOf = (span: SourceSpan): string => texts.get(span.document)?.slice(span.start, span.end) ?? '';
  const statements = createLexicalIndex(claims.map((claim) => claim.text));
  const names = createLexicalIndex(
    entities.map((entity) => [entity.name, ...entity.aliases.slice(0, 4), entity.subtype ?? ''].join(' ')),
  );
  const rank = createRanker(snapshot);

  return (query, k) => {
    if (query.trim() === '' || k <= 0) return [];
    const ranking = rank(query);
    const hits: SearchHit[] = [];
    chunks.forEach((chunk, index) => push(hits, 'passage', chunk.id, ranking.passages[index] ?? 0, chunk));
    const claimScores = normalise(statements.scores(query));
    claims.forEach((claim, index) => push(hits, 'claim', claim.id, claimScores[index] ?? 0, claim.sources[0]));
    const nameScores = normalise(names.scores(query));
    const direct = new Set(ranking.named);
    entities.forEach((entity, index) => {
      const score = direct.has(index)
        ? NAMED
        : 0.5 * (nameScores[index] ?? 0) + 0.2 * (direct.size > 0 ? (ranking.entities[index] ?? 0) : 0);
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
  if (score <= 0.02 || source === undefined) return;
  const { document, start, end } = source;
  hits.push({ kind, id, score: score * KIND_WEIGHT[kind], text: '', source: { document, start, end } });
}
