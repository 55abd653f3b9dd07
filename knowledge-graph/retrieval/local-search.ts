// What is nearest to a query: passages by words and structure, claims by words, entities by name and structure, and at
// a date the facts that held then; one list, best first.
import type { EntityType, GraphSnapshot, Relation, SearchHit, SourceSpan } from '../contract.ts';
import { holdsAt, isPublished } from '../time/valid.ts';
import type { Rank, Ranking } from './rank.ts';
import type { ModeSearch } from './search.ts';
import { createWordIndex } from './word-index.ts';
import type { Scored } from './word-index.ts';

/** Of every kind, so many more than asked for are looked at, since a date leaves some out. */
const SPARE = 4;
/** An entity that the query names stands above the passages that merely speak of it. */
const NAMED = 1.1;
/** Asked for a date, a fact with its time is the answer. */
const FACT = 1.2;
const UNDATED_FACT = 0.7;
const CLAIM = 0.9;
const [NAME_SHARE, WALK_SHARE] = [0.5, 0.2];
/** Entities looked at for being near in the graph. */
const NEAR = 100;
/** Dates and amounts answer when they are asked for, not for standing nearby. */
const LITERALS: ReadonlySet<EntityType> = new Set(['date', 'amount']);

export function createLocalSearch(snapshot: GraphSnapshot, rank: Rank): ModeSearch {
  const { chunks, claims, documents, entities, relations } = snapshot;
  const byId = new Map(documents.map((document) => [document.id, document] as const));
  const entityNames = new Map(entities.map(({ id, name }) => [id, name] as const));
  const textOf = ({ document, start, end }: SourceSpan): string => byId.get(document)?.text.slice(start, end) ?? '';
  const statements = createWordIndex(claims.map((claim) => claim.text));
  const names = createWordIndex(
    entities.map(({ name, aliases, subtype }) => [name, ...aliases.slice(0, 4), subtype ?? ''].join(' ')),
  );
  const nameOf = (id: string | undefined): string => (id === undefined ? '' : (entityNames.get(id) ?? ''));
  const isLiteral = (position: number): boolean => LITERALS.has(entities[position]?.type ?? 'unknown');
  const facts = createWordIndex(
    relations.map(({ subject, predicate, object, literal }) => `${nameOf(subject)} ${predicate} ${literal ?? nameOf(object)}`),
  );

  return (query, k, asOf, vector) => {
    const hits: SearchHit[] = [];
    const known = (span: SourceSpan): boolean => asOf === undefined || isPublished(byId.get(span.document)?.publishedAt, asOf);
    const add = (kind: SearchHit['kind'], id: string, score: number, text: string, sources: readonly SourceSpan[]): void => {
      // A fact that held then may be told by whoever wrote of it later.
      const source = kind === 'fact' ? sources[0] : sources.find(known);
      if (source === undefined) return;
      const { document, start, end } = source;
      hits.push({ kind, id, score, text, source: { document, start, end } });
    };
    const ranking = rank(query, vector);
    for (const { position, score } of ranking.passages.slice(0, SPARE * k)) {
      const chunk = chunks[position];
      // The ranking's scores lie close together; squared they compare with those of other kinds.
      if (chunk !== undefined) add('passage', chunk.id, score * score, textOf(chunk), [chunk]);
    }
    for (const { position, score } of relative(statements.find(query, SPARE * k))) {
      const claim = claims[position];
      if (claim !== undefined) add('claim', claim.id, CLAIM * score, claim.text, claim.sources);
    }
    for (const [position, score] of scoreEntities(ranking, relative(names.find(query, SPARE * k)), isLiteral)) {
      const entity = entities[position];
      if (entity !== undefined) add('entity', entity.id, score, entity.description ?? entity.name, entity.sources);
    }
    if (asOf !== undefined) {
      for (const { position, score } of relative(facts.find(query, SPARE * k))) {
        const fact = relations[position];
        const [source] = fact?.sources ?? [];
        if (fact !== undefined && source !== undefined && holdsAt(fact, asOf))
          add('fact', fact.id, score * (isDated(fact) ? FACT : UNDATED_FACT), textOf(source), fact.sources);
      }
    }
    return hits
      .toSorted((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
      .slice(0, k)
      .map((hit) => ({ ...hit, score: Number(hit.score.toFixed(4)) }));
  };
}

/** Named in the query; else like a word of it, or near it in the graph. */
function scoreEntities(
  { named, entities }: Ranking,
  byName: readonly Scored[],
  isLiteral: (position: number) => boolean,
): ReadonlyMap<number, number> {
  const scores = new Map(byName.map(({ position, score }) => [position, NAME_SHARE * score] as const));
  const near = named.size === 0 ? [] : entities.slice(0, NEAR).filter(({ position }) => !isLiteral(position));
  for (const { position, score } of near) scores.set(position, (scores.get(position) ?? 0) + WALK_SHARE * score);
  for (const [position, weight] of named) scores.set(position, Math.max(scores.get(position) ?? 0, NAMED * weight));
  return scores;
}

const isDated = ({ validFrom, validTo }: Relation): boolean => validFrom !== undefined || validTo !== undefined;

const relative = (scored: readonly Scored[]): readonly Scored[] =>
  scored.map(({ position, score }) => ({ position, score: score / (scored[0]?.score ?? 1) }));
