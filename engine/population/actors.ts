// The named actors: entities of the graph that can speak, the most central first, and what the documents' relations
// make of the ties between them.
import { randomKey } from '#foundation';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { Entity, GraphSnapshot } from '#knowledge-graph/contract';
import { EDUCATION, GENDERS, TRAITS, VALUES } from '../contract.ts';
import type { PopulationColumns } from '../contract.ts';
import type { ActorStance } from './actor-stances.ts';
import { reachQuantile } from './crowd.ts';
import { NORMAL_DRAWS, boundedNormal, clamp } from './draws.ts';
import { rhythmIndex } from './rhythms.ts';
import { OPPOSE_PREDICATES, SUPPORT_PREDICATES } from './stance-words.ts';
import type { ActorTie } from './tie-rows.ts';

const actorTypes: readonly string[] = ACTOR_TYPES;
const MIN_CONFIDENCE = 0.25;

/** At most `limit` actors, by falling salience, then by id. */
export function selectActors(graph: GraphSnapshot, limit: number): readonly Entity[] {
  return graph.entities
    .filter((entity) => actorTypes.includes(entity.type) && entity.confidence >= MIN_CONFIDENCE)
    .toSorted((a, b) => b.salience - a.salience || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

const WORKS_FOR =
  /\b(work|employ|join|belong|member|lead|head|chair|direct|run|manage|found|own|serve|represent|speak for|report to|acquire|part of)\b/;
const ALLY = /\b(partner|ally|meet|cooperate|collaborate|agree|negotiate|advise|marry|thank|help|integrate)\b/;
const COVERS = /\b(report|publish|cover|interview|quote|write|tell|say|ask)\b/;

/** Follow ties that a relation makes: strength and whether the other side follows back. */
function tieOf(predicate: string): { readonly strength: number; readonly mutual: boolean } {
  if (WORKS_FOR.test(predicate)) return { strength: 0.9, mutual: true };
  if (ALLY.test(predicate)) return { strength: 0.75, mutual: true };
  // Rivals watch each other, but not as friends do.
  if (OPPOSE_PREDICATES.test(predicate)) return { strength: 0.35, mutual: true };
  if (SUPPORT_PREDICATES.test(predicate)) return { strength: 0.7, mutual: false };
  if (COVERS.test(predicate)) return { strength: 0.6, mutual: false };
  return { strength: 0.5, mutual: false };
}

export function actorTies(graph: GraphSnapshot, agentOf: ReadonlyMap<string, number>): readonly ActorTie[] {
  const strongest = new Map<string, ActorTie>();
  const add = (tie: ActorTie): void => {
    const id = `${tie.from}:${tie.to}`;
    if (tie.from !== tie.to && tie.strength > (strongest.get(id)?.strength ?? 0)) strongest.set(id, tie);
  };
  for (const relation of graph.relations) {
    const from = agentOf.get(relation.subject);
    const to = agentOf.get(relation.object ?? '');
    if (from === undefined || to === undefined) continue;
    const { strength, mutual } = tieOf(relation.predicate.toLowerCase());
    add({ from, to, strength });
    if (mutual) add({ from: to, to: from, strength });
  }
  return [...strongest.values()].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Agents of every hundred thousand that reach as far, by type: news outlets furthest. Bodies and people follow. */
const REACH_RANK = { media: 3, institution: 8, organisation: 14, person: 20 } as const;
const ACTIVITY = { media: 0.85, institution: 0.4, organisation: 0.45, person: 0.35 } as const;

export interface ActorRows {
  readonly seed: number;
  readonly entities: readonly Entity[];
  readonly stances: readonly (readonly ActorStance[])[];
  readonly communityOf: (entity: string) => number;
  /** Index into regions of the place that the documents tie the actor to, or of the main place. */
  readonly regionOf: (entity: string) => number;
  /** First of BODY_OCCUPATIONS in the lexicon. */
  readonly bodyOccupation: number;
  readonly reachExponent: number;
}

/** Fills rows 0 … entities.length − 1. */
export function fillActors(columns: PopulationColumns, rows: ActorRows): void {
  const size = columns.age.length;
  const key = randomKey(rows.seed, 'actor-character');
  rows.entities.forEach((entity, agent) => {
    const type = entity.type as (typeof ACTOR_TYPES)[number];
    const isPerson = type === 'person';
    const normal = (slot: number): number => boundedNormal(key, agent, slot * NORMAL_DRAWS);
    columns.actorType[agent] = ACTOR_TYPES.indexOf(type);
    columns.community[agent] = rows.communityOf(entity.id);
    columns.region[agent] = rows.regionOf(entity.id);
    columns.occupation[agent] = rows.bodyOccupation + ACTOR_TYPES.indexOf(type);
    // Documents seldom give these, so a person's are typical of public life and an organisation has none.
    columns.age[agent] = isPerson ? clamp(Math.round(50 + 9 * normal(0)), 28, 78) : 0;
    columns.gender[agent] = GENDERS.indexOf('not applicable');
    columns.education[agent] = EDUCATION.indexOf(normal(1) > 0.4 ? 'postgraduate' : 'bachelor');
    for (let t = 0; t < TRAITS.length; t++)
      columns.traits[agent * TRAITS.length + t] = clamp(0.52 + 0.14 * normal(2 + t), 0.05, 0.95);
    for (let v = 0; v < VALUES.length; v++)
      columns.values[agent * VALUES.length + v] = clamp(0.5 + 0.14 * normal(10 + v), 0.05, 0.95);
    columns.activity[agent] = clamp(ACTIVITY[type] + 0.25 * entity.salience + 0.08 * normal(15), 0.15, 0.95);
    columns.rhythm[agent] = rhythmIndex(type === 'media' ? 'newsroom' : isPerson ? 'commuter' : 'office hours');
    const rank = (REACH_RANK[type] * (1.6 - entity.salience)) / (0.4 + entity.salience);
    // In a small world the furthest voice reaches most of it; in a large one the law of the crowd's tail sets the scale.
    const tail = clamp(rank / Math.max(2 * size, 2000), 0.000_002, 0.5);
    columns.reach[agent] = clamp(reachQuantile(tail, rows.reachExponent, size) * (1 + 0.15 * normal(16)), 2, Math.max(2, size));
    rows.stances[agent]?.forEach((stance, issue) => {
      const at = agent * (columns.opinion.length / size) + issue;
      columns.opinion[at] = stance.opinion;
      columns.certainty[at] = stance.certainty;
      columns.salience[at] = stance.salience;
    });
  });
}
