// What a model is asked to answer. Items are judged one by one: a fact that does not fit the form is left out, and the
// others stay. References are by name, evidence is quoted word for word.
import { z } from 'zod';
import { ENTITY_TYPES } from '../../contract.ts';
import { MODALITY, POLARITY } from '../schema.ts';

const text = z.string().trim().min(1);

/** A list whose misshapen items come out as null. */
const salvaged = <T extends z.ZodType>(item: T) => z.array(item.nullable().catch(null)).default([]);

const AnsweredEntity = z.object({
  name: text.describe('the fullest name in the passage'),
  type: z.enum(ENTITY_TYPES).catch('unknown').describe('`unknown` when unsure'),
  subtype: z.string().nullish().describe('narrower kind, e.g. minister, newspaper'),
  aliases: z.array(z.string()).default([]).describe('other spellings used in the passage'),
});

const AnsweredRelation = z.object({
  subject: text,
  predicate: text.describe('verb phrase in its base form, e.g. work for'),
  object: text.describe('name of an entity, or the literal words'),
  polarity: z.enum(POLARITY).default('affirmed'),
  modality: z.enum(MODALITY).default('asserted'),
  speaker: z.string().nullish().describe('who says so, if it is reported'),
  validFrom: z.string().nullish().describe('ISO 8601, only where the passage dates it'),
  validTo: z.string().nullish().describe('ISO 8601, only where the passage dates it'),
  quote: text.describe('the clause, word for word from the passage'),
});
export type AnsweredRelation = z.infer<typeof AnsweredRelation>;

const AnsweredClaim = z.object({
  quote: text.describe('a self-contained statement, word for word, 40 to 280 characters'),
  speaker: z.string().nullish(),
  about: z.array(z.string()).default([]).describe('names of entities'),
  sentiment: z.number().min(-1).max(1).default(0),
  polarity: z.enum(POLARITY).default('affirmed'),
  modality: z.enum(MODALITY).default('asserted'),
});
export type AnsweredClaim = z.infer<typeof AnsweredClaim>;

export const PassageAnswer = z.object({
  entities: salvaged(AnsweredEntity),
  relations: salvaged(AnsweredRelation),
  claims: salvaged(AnsweredClaim),
});
export type PassageAnswer = z.infer<typeof PassageAnswer>;

/** The types that these documents call for, proposed before they are read closely. */
export const OntologyAnswer = z.object({
  entityTypes: salvaged(
    z.object({
      type: z.enum(ENTITY_TYPES),
      subtype: text.max(60).describe('narrower kind in one or two words, e.g. port authority'),
    }),
  ),
  relationTypes: salvaged(
    z.object({
      predicate: text.max(60).describe('verb phrase in its base form'),
      from: z.array(z.enum(ENTITY_TYPES)).min(1),
      to: z.array(z.enum(ENTITY_TYPES)).min(1),
    }),
  ),
});

export const MergeAnswer = z.object({
  same: z.array(z.int().min(0)).default([]).describe('numbers of the pairs that are one and the same thing'),
});

/** The items that fit the form. */
export function fitting<T>(items: readonly (T | null)[]): readonly T[] {
  return items.filter((item): item is T => item !== null);
}
