// The shortest chain of facts between two entities: breadth first (Moore 1959), so no chain has fewer facts; among equally
// short ones the surest, and among equally sure ones always the same. A denied fact ties nothing.
import type { Relation } from '../contract.ts';

interface Reached {
  readonly by: Relation | undefined;
  readonly from: string | undefined;
  /** Sum of what each fact of the chain lacks to being sure. */
  readonly doubt: number;
}

const START: Reached = { by: undefined, from: undefined, doubt: 0 };

/**
 * The facts in order of the way, from the one entity to the other; empty from an entity to itself, undefined where no chain
 * leads there. `touching` gives the facts of an entity in a fixed order.
 */
export function shortestPath(
  from: string,
  to: string,
  touching: (entity: string) => readonly Relation[],
): readonly Relation[] | undefined {
  const reached = new Map<string, Reached>([[from, START]]);
  let ring: readonly string[] = [from];
  while (ring.length > 0 && !reached.has(to)) {
    const next = nextRing(ring, reached, touching);
    for (const [entity, step] of next) reached.set(entity, step);
    ring = [...next.keys()];
  }
  return reached.has(to) ? chainTo(to, reached) : undefined;
}

function nextRing(
  ring: readonly string[],
  reached: ReadonlyMap<string, Reached>,
  touching: (entity: string) => readonly Relation[],
): ReadonlyMap<string, Reached> {
  const next = new Map<string, Reached>();
  for (const entity of ring) {
    const before = reached.get(entity)?.doubt ?? 0;
    for (const relation of touching(entity)) {
      const other = relation.subject === entity ? relation.object : relation.subject;
      if (other === undefined || relation.polarity === 'negated' || reached.has(other)) continue;
      const doubt = before + 1 - relation.confidence;
      const known = next.get(other);
      if (known === undefined || doubt < known.doubt) next.set(other, { by: relation, from: entity, doubt });
    }
  }
  return next;
}

function chainTo(to: string, reached: ReadonlyMap<string, Reached>): readonly Relation[] {
  const chain: Relation[] = [];
  let step = reached.get(to);
  while (step?.by !== undefined && step.from !== undefined) {
    chain.push(step.by);
    step = reached.get(step.from);
  }
  return chain.toReversed();
}
