// What is known of a named actor, gathered from the graph: the whole of what a persona may say, and the form of the
// answer that says it.
import { z } from 'zod';
import type { Entity, GraphSnapshot } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { aboutActors } from './about-actors.ts';
import type { ActorStance } from './actor-stances.ts';

const PersonaText = z.object({
  name: z.string(),
  bio: z.string().min(3).max(600),
  role: z.string().min(2).max(120),
  goals: z.array(z.string().min(3).max(300)).max(4),
  voice: z.string().min(3).max(300),
});
export type PersonaText = z.infer<typeof PersonaText>;
export const PersonaTexts = z.object({ personas: z.array(PersonaText) });

/** What is known of an actor: the whole of what a persona may say. */
const ActorFacts = z.object({
  name: z.string(),
  type: z.enum(['person', 'organisation', 'media', 'institution']),
  subtype: z.string().optional(),
  description: z.string().optional(),
  /** Subject, verb phrase, object, as plain words. */
  relations: z.array(z.object({ predicate: z.string(), object: z.string(), negated: z.boolean() })),
  /** Things that the documents name beside this actor, the most frequent first. */
  mentionedWith: z.array(z.string()),
  statements: z.array(z.string()),
  stances: z.array(z.object({ label: z.string(), proposition: z.string(), opinion: z.number(), evidence: z.int() })),
});
export type ActorFacts = z.infer<typeof ActorFacts>;
export const PersonaInput = z.object({ actors: z.array(ActorFacts) });

const MAX_RELATIONS = 8;
const MAX_STATEMENTS = 4;

const describedAs = (text: string | undefined): { readonly description?: string } =>
  text === undefined ? {} : { description: text.replaceAll(/\s+/g, ' ').slice(0, 500) };

export function actorFacts(
  graph: GraphSnapshot,
  actors: readonly Entity[],
  stances: readonly (readonly ActorStance[])[],
  issues: readonly Issue[],
): readonly ActorFacts[] {
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  const relations = Map.groupBy(graph.relations, (relation) => relation.subject);
  const claims = Map.groupBy(graph.claims, (claim) => claim.speaker);
  const about = aboutActors(graph);
  return actors.map((entity, agent) => ({
    name: entity.name,
    type: entity.type as ActorFacts['type'],
    ...(entity.subtype === undefined ? {} : { subtype: entity.subtype }),
    ...describedAs(about.subjectSentence(entity) ?? entity.description),
    relations: (relations.get(entity.id) ?? [])
      .filter((relation) => relation.modality === 'asserted' || relation.modality === 'reported')
      .toSorted((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1))
      .slice(0, MAX_RELATIONS)
      .map((relation) => ({
        predicate: relation.predicate,
        object: names.get(relation.object ?? '') ?? relation.literal ?? '',
        negated: relation.polarity === 'negated',
      })),
    mentionedWith: [...about.companions(entity)],
    statements: (claims.get(entity.id) ?? [])
      .slice(0, MAX_STATEMENTS)
      .map((claim) => claim.text.replaceAll(/\s+/g, ' ').slice(0, 300)),
    stances: issues.map((issue, index) => ({
      label: issue.label,
      proposition: issue.proposition,
      opinion: Math.round((stances[agent]?.[index]?.opinion ?? 0) * 100) / 100,
      evidence: stances[agent]?.[index]?.evidence ?? 0,
    })),
  }));
}
