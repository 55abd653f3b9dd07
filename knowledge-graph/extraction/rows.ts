// Findings as rows of values without the names of their fields, which would be half of the bytes: positions in lists for
// words of a fixed vocabulary, null for what is absent, places as distances from the one before.
// Invariant: a finding read from its rows equals the finding they were written from.
import { ENTITY_TYPES } from '../contract.ts';
import type { EntityType } from '../contract.ts';
import { MODALITY, POLARITY } from './schema.ts';
import type { ExtractedEntity, ExtractedRelation, Extraction } from './schema.ts';

type ExtractedClaim = Extraction['claims'][number];
type Kind = ExtractedEntity['kind'];

const KINDS: readonly Kind[] = ['name', 'concept', 'date', 'amount'];

export type EntityRow = readonly [
  name: string,
  kind: number,
  type: number,
  confidence: number,
  /** Type, weight, type, weight … */
  scores: readonly number[],
  /** Distance of each mention's start from the start before, and its length. */
  mentions: readonly number[],
  aliases: readonly string[],
  subtype: string | null,
  joins: NonNullable<ExtractedEntity['joins']> | null,
  time: NonNullable<ExtractedEntity['time']> | null,
];

export type RelationRow = readonly [
  subject: number,
  predicate: string,
  object: number | null,
  literal: string | null,
  polarity: number,
  modality: number,
  speaker: number | null,
  confidence: number,
  start: number,
  length: number,
  validFrom: string | null,
  validTo: string | null,
  precision: NonNullable<ExtractedRelation['precision']> | null,
  verified: boolean | null,
];

export type ClaimRow = readonly [
  start: number,
  length: number,
  speaker: number | null,
  about: readonly number[],
  sentiment: number,
  polarity: number,
  modality: number,
  confidence: number,
];

export function entityRow(entity: ExtractedEntity): EntityRow {
  const mentions: number[] = [];
  let before = 0;
  for (const { start, end } of entity.mentions) {
    mentions.push(start - before, end - start);
    before = start;
  }
  return [
    entity.name,
    KINDS.indexOf(entity.kind),
    ENTITY_TYPES.indexOf(entity.type),
    entity.confidence,
    Object.entries(entity.scores).flatMap(([type, weight]) => [ENTITY_TYPES.indexOf(type as EntityType), weight]),
    mentions,
    entity.aliases,
    entity.subtype ?? null,
    entity.joins ?? null,
    entity.time ?? null,
  ];
}

/** `id` is its position among the entities of its document. */
export function entityOfRow(row: EntityRow, id: number): ExtractedEntity {
  const [name, kind, type, confidence, pairs, places, aliases, subtype, joins, time] = row;
  const scores: Partial<Record<EntityType, number>> = {};
  for (let at = 0; at < pairs.length; at += 2) scores[ENTITY_TYPES[pairs[at] ?? 0] ?? 'unknown'] = pairs[at + 1] ?? 0;
  const mentions: { start: number; end: number }[] = [];
  let start = 0;
  for (let at = 0; at < places.length; at += 2) {
    start += places[at] ?? 0;
    mentions.push({ start, end: start + (places[at + 1] ?? 0) });
  }
  return {
    id,
    name,
    kind: KINDS[kind] ?? 'name',
    type: ENTITY_TYPES[type] ?? 'unknown',
    ...(subtype === null ? {} : { subtype }),
    confidence,
    scores,
    aliases: aliases as string[],
    ...(joins === null ? {} : { joins }),
    ...(time === null ? {} : { time }),
    mentions,
  };
}

export const relationRow = (relation: ExtractedRelation): RelationRow => [
  relation.subject,
  relation.predicate,
  relation.object ?? null,
  relation.literal ?? null,
  POLARITY.indexOf(relation.polarity),
  MODALITY.indexOf(relation.modality),
  relation.speaker ?? null,
  relation.confidence,
  relation.start,
  relation.end - relation.start,
  relation.validFrom ?? null,
  relation.validTo ?? null,
  relation.precision ?? null,
  relation.verified ?? null,
];

export function relationOfRow(row: RelationRow): ExtractedRelation {
  const [subject, predicate, object, literal, polarity, modality, speaker, confidence, start, length, ...rest] = row;
  const [validFrom, validTo, precision, verified] = rest;
  return {
    subject,
    predicate,
    ...(object === null ? {} : { object }),
    ...(literal === null ? {} : { literal }),
    polarity: POLARITY[polarity] ?? 'affirmed',
    modality: MODALITY[modality] ?? 'asserted',
    ...(speaker === null ? {} : { speaker }),
    confidence,
    ...(validFrom === null ? {} : { validFrom }),
    ...(validTo === null ? {} : { validTo }),
    ...(precision === null ? {} : { precision }),
    ...(verified === null ? {} : { verified }),
    start,
    end: start + length,
  };
}

export const claimRow = (claim: ExtractedClaim): ClaimRow => [
  claim.start,
  claim.end - claim.start,
  claim.speaker ?? null,
  claim.about,
  claim.sentiment,
  POLARITY.indexOf(claim.polarity),
  MODALITY.indexOf(claim.modality),
  claim.confidence,
];

export function claimOfRow(row: ClaimRow): ExtractedClaim {
  const [start, length, speaker, about, sentiment, polarity, modality, confidence] = row;
  return {
    start,
    end: start + length,
    ...(speaker === null ? {} : { speaker }),
    about: about as number[],
    sentiment,
    polarity: POLARITY[polarity] ?? 'affirmed',
    modality: MODALITY[modality] ?? 'asserted',
    confidence,
  };
}
