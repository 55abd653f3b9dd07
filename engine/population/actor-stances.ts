// What the documents say that an actor thinks: its own statements, its acts toward the issue, and the company it
// keeps. Invariant: no evidence means a mild prior with low certainty, never a confident guess.
import { randomKey } from '#foundation';
import type { Entity, GraphSnapshot } from '#knowledge-graph/contract';
import { boundedNormal, clamp } from './draws.ts';
import type { IssueReader } from './leaning.ts';
import { OPPOSE_PREDICATES, SUPPORT_PREDICATES } from './stance-words.ts';

export interface ActorStance {
  readonly opinion: number;
  readonly certainty: number;
  readonly salience: number;
  /** How many statements and acts it rests on. */
  readonly evidence: number;
}

interface Tally {
  sum: number;
  weight: number;
  count: number;
}

/** By actor (in the order given), by issue. `prior(actor, issue)` is the lean of the actor's circle. */
export function actorStances(
  graph: GraphSnapshot,
  actors: readonly Entity[],
  readers: readonly IssueReader[],
  prior: (actor: number, issue: number) => number,
  seed: number,
): readonly (readonly ActorStance[])[] {
  const place = new Map(actors.map((actor, index) => [actor.id, index]));
  const tallies = actors.map(() => readers.map((): Tally => ({ sum: 0, weight: 0, count: 0 })));
  const add = (actor: number | undefined, issue: number, lean: number, weight: number): void => {
    const tally = actor === undefined ? undefined : tallies[actor]?.[issue];
    if (tally === undefined || lean === 0) return;
    tally.sum += lean * weight;
    tally.weight += weight;
    tally.count += 1;
  };
  readers.forEach((reader, issue) => {
    for (const claim of graph.claims) {
      if (claim.speaker === undefined) continue;
      const about = reader.relevance(claim.text) > 0 ? 1 : claim.about.some((id) => reader.subjects.has(id)) ? 0.6 : 0;
      if (about === 0) continue;
      const lean = reader.lean(claim.text) || reader.towards(claim.sentiment);
      add(place.get(claim.speaker), issue, Math.sign(lean) * (0.4 + 0.6 * Math.abs(lean)), about * claim.confidence);
    }
    for (const relation of graph.relations) {
      const side = predicateSide(relation.predicate) * (relation.polarity === 'negated' ? -1 : 1);
      if (side === 0) continue;
      const literal = relation.literal ?? '';
      const onIssue =
        (relation.object !== undefined && reader.subjects.has(relation.object)) ||
        reader.relevance(literal) > 0 ||
        reader.names(literal);
      // Towards the thing itself, seen through the proposition: backing a toll speaks against scrapping it.
      if (onIssue) add(place.get(relation.subject), issue, side * thingSide(reader), 1.2 * relation.confidence);
    }
  });
  alliances(graph, place, tallies);
  const key = randomKey(seed, 'actor-prior');
  return tallies.map((row, actor) =>
    row.map((tally, issue) => {
      const noise = 0.12 * boundedNormal(key, actor, issue * 2);
      const shrunk = (tally.sum + 0.3 * prior(actor, issue)) / (tally.weight + 0.3);
      if (tally.count === 0) {
        return { opinion: clamp(0.5 * prior(actor, issue) + noise, -0.4, 0.4), certainty: 0.2, salience: 0.25, evidence: 0 };
      }
      const strength = tally.weight / (tally.weight + 1);
      return {
        opinion: clamp(shrunk + 0.3 * noise, -1, 1),
        certainty: clamp(0.4 + 0.5 * strength, 0, 0.95),
        salience: clamp(0.5 + 0.5 * strength, 0, 1),
        evidence: tally.count,
      };
    }),
  );
}

const predicateSide = (predicate: string): number => {
  const lower = predicate.toLowerCase();
  return OPPOSE_PREDICATES.test(lower) ? -1 : SUPPORT_PREDICATES.test(lower) ? 1 : 0;
};

/** +1 where supporting the thing supports the proposition, −1 where the proposition asks for its end. */
const thingSide = (reader: IssueReader): number => (reader.towards(1) < 0 ? -1 : 1);

/** Who leads, speaks for or works for a body mostly thinks as it does, and the body as those who speak for it. */
const AFFILIATION = /^(lead|work for|represent|speak for|member of|found|own)$/;
const ALLY_WEIGHT = 0.4;
const AFFILIATE_WEIGHT = 0.6;

/**
 * The company that an actor keeps: backing or opposing another counts, weakly, for or against what that one says;
 * belonging together counts in both directions. One step, from first-hand evidence only.
 */
function alliances(graph: GraphSnapshot, place: ReadonlyMap<string, number>, tallies: readonly (readonly Tally[])[]): void {
  const known = tallies.map((row) => row.map((tally) => (tally.weight > 0 ? tally.sum / tally.weight : 0)));
  const lend = (to: number, from: number, share: number, weight: number): void => {
    tallies[to]?.forEach((tally, issue) => {
      const other = known[from]?.[issue] ?? 0;
      if (other === 0) return;
      tally.sum += share * other * weight;
      tally.weight += weight;
      tally.count += 1;
    });
  };
  for (const relation of graph.relations) {
    const subject = place.get(relation.subject);
    const object = relation.object === undefined ? undefined : place.get(relation.object);
    if (subject === undefined || object === undefined || subject === object) continue;
    const affirmed = relation.polarity === 'affirmed';
    if (affirmed && AFFILIATION.test(relation.predicate)) {
      lend(subject, object, 0.9, AFFILIATE_WEIGHT * relation.confidence);
      lend(object, subject, 0.9, AFFILIATE_WEIGHT * relation.confidence);
    }
    const side = predicateSide(relation.predicate) * (affirmed ? 1 : -1);
    if (side !== 0) lend(subject, object, 0.5 * side, ALLY_WEIGHT * relation.confidence);
  }
}
