// Whether a model's reading left out what rules found: names outside its mentions are a good alarm, since rules find
// nineteen of twenty entities that models do (measured against published extractions; see docs/knowledge-graph.md).
import type { Passage } from '../passage.ts';
import type { Extraction } from '../schema.ts';

/** One name is no alarm; nor is a small share of many. */
const LEAST_MISSED = 2;
const MISSED_SHARE = 0.2;
const LEAST_CONFIDENCE = 0.5;

/** Names by rules that no mention of the model touches, in reading order; empty where too few to ask again. */
export function missedNames(rules: Extraction, model: Extraction, passage: Passage): readonly string[] {
  const covered = model.entities.flatMap(({ mentions }) => mentions);
  const names = rules.entities.filter(
    ({ kind, confidence, mentions }) =>
      kind === 'name' && confidence >= LEAST_CONFIDENCE && mentions.some((span) => isInside(span, passage)),
  );
  const missed = names.filter(
    ({ mentions }) => !mentions.some((span) => covered.some((other) => span.start < other.end && other.start < span.end)),
  );
  return missed.length >= LEAST_MISSED && missed.length > names.length * MISSED_SHARE ? missed.map(({ name }) => name) : [];
}

/** The second reading's additions behind the first's; what both found stays as the first said it. */
export function joined(first: Extraction, second: Extraction): Extraction {
  const ids = new Map<number, number>();
  const entities = [...first.entities];
  for (const entity of second.entities) {
    const known = entities.find(({ name }) => name.toLowerCase() === entity.name.toLowerCase());
    ids.set(entity.id, known?.id ?? entities.length);
    if (known === undefined) entities.push({ ...entity, id: entities.length });
  }
  const idOf = (id: number): number => ids.get(id) ?? id;
  const said = new Set(first.claims.map(({ start, end }) => `${start}-${end}`));
  return {
    entities,
    relations: [
      ...first.relations,
      ...second.relations.map((relation) => ({
        ...relation,
        subject: idOf(relation.subject),
        ...(relation.object === undefined ? {} : { object: idOf(relation.object) }),
        ...(relation.speaker === undefined ? {} : { speaker: idOf(relation.speaker) }),
      })),
    ],
    claims: [
      ...first.claims,
      ...second.claims
        .filter(({ start, end }) => !said.has(`${start}-${end}`))
        .map((claim) => ({
          ...claim,
          about: claim.about.map(idOf),
          ...(claim.speaker === undefined ? {} : { speaker: idOf(claim.speaker) }),
        })),
    ],
  };
}

const isInside = (span: Passage, passage: Passage): boolean => span.start >= passage.start && span.end <= passage.end;
