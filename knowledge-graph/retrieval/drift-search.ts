// From the near to the wider: a local search, then follow-ups with what it and the communities around it bring up, two
// steps deep (after DRIFT of GraphRAG, with the graph's own entities in place of a model's questions). Lists are joined
// by reciprocal rank (Cormack et al. 2009), later steps counting half.
import type { GraphSnapshot, SearchHit } from '../contract.ts';
import type { Rank } from './rank.ts';
import type { ModeSearch } from './search.ts';

const DEPTH = 2;
const FOLLOW_UPS = 3;
const COMMUNITIES = 3;
/** Communities come up in one list only, what is near in several. */
const PRIMER = 1.5;
/** How slowly the weight of a place falls. */
const RANK_OFFSET = 10;

export function createDriftSearch(
  { communities, entities }: GraphSnapshot,
  rank: Rank,
  local: ModeSearch,
  global: ModeSearch,
): ModeSearch {
  const positions = new Map(entities.map(({ id }, position) => [id, position] as const));
  const centres = new Map(communities.map(({ id, members }) => [id, members] as const));

  return (query, k, asOf, vector) => {
    const fused = new Map<string, SearchHit>();
    const add = (hits: readonly SearchHit[], weight: number): void =>
      hits.forEach((hit, at) => {
        const key = `${hit.kind}:${hit.id}`;
        const score = (fused.get(key)?.score ?? 0) + (weight * (RANK_OFFSET + 1)) / (RANK_OFFSET + at + 1);
        fused.set(key, { ...hit, score });
      });
    const primer = global(query, COMMUNITIES, asOf);
    add(local(query, k, asOf, vector), 1);
    add(primer, PRIMER);
    const { named, entities: near } = rank(query, vector);
    const seen = new Set(named.keys());
    const around = primer.flatMap(({ id }) => (centres.get(id) ?? []).slice(0, 1)).flatMap((id) => positions.get(id) ?? []);
    let open = [...near.slice(0, 2 * FOLLOW_UPS).map(({ position }) => position), ...around];
    for (let [depth, weight] = [0, 0.5]; depth < DEPTH; depth++, weight /= 2) {
      const next: number[] = [];
      for (const position of open.filter((entity) => !seen.has(entity)).slice(0, FOLLOW_UPS)) {
        seen.add(position);
        const followUp = `${query} ${entities[position]?.name ?? ''}`;
        add(local(followUp, k, asOf), weight / FOLLOW_UPS);
        next.push(
          ...rank(followUp)
            .entities.slice(0, FOLLOW_UPS)
            .map((reached) => reached.position),
        );
      }
      open = next;
    }
    return [...fused.values()]
      .toSorted((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
      .slice(0, k)
      .map((hit) => ({ ...hit, score: Number(hit.score.toFixed(4)) }));
  };
}
