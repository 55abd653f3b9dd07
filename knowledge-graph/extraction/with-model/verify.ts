// Keeps of a model's answer what the text bears out: names must stand in the passage, and a relation whose quote is not
// found there is marked unverified. A date must be licensed by the passage or by the date of the document.
import type { Document } from '../../contract.ts';
import { locate } from '../locate.ts';
import type { Passage } from '../passage.ts';
import type { ExtractedClaim, ExtractedEntity, ExtractedRelation, Extraction } from '../schema.ts';
import { fitting } from './answer.ts';
import type { AnsweredClaim, AnsweredRelation, PassageAnswer } from './answer.ts';

type IdOf = (name: string | null | undefined) => number | undefined;

const SURE = 0.8;
/** A relation between two names of the passage that no words of it were given for. */
const UNVERIFIED = 0.3;

export function verify(answer: PassageAnswer, document: Document, passage: Passage): Extraction {
  const entities: ExtractedEntity[] = [];
  const byName = new Map<string, number>();
  for (const { name, type, subtype, aliases } of fitting(answer.entities)) {
    const forms = [name, ...aliases].filter((form) => form.trim() !== '');
    const mentions = forms
      .flatMap((form) => locate.all(document.text, form, passage))
      .toSorted((left, right) => left.start - right.start);
    const apart = mentions.filter((mention, index) => index === 0 || mention.start >= (mentions[index - 1]?.end ?? 0));
    if (apart.length === 0 || byName.has(name.toLowerCase())) continue;
    const id = entities.length;
    for (const form of forms) if (!byName.has(form.toLowerCase())) byName.set(form.toLowerCase(), id);
    entities.push({
      id,
      name,
      kind: type === 'concept' || type === 'date' || type === 'amount' ? type : 'name',
      type,
      ...(!subtype ? {} : { subtype }),
      confidence: 0.85,
      scores: type === 'unknown' ? {} : { [type]: 4 },
      aliases,
      mentions: apart,
    });
  }
  const idOf: IdOf = (name) => (!name ? undefined : byName.get(name.trim().toLowerCase()));
  return {
    entities,
    relations: fitting(answer.relations).flatMap((relation) => verifyRelation(relation, document, passage, idOf) ?? []),
    claims: fitting(answer.claims).flatMap((claim) => verifyClaim(claim, document, passage, idOf) ?? []),
  };
}

function verifyRelation(
  relation: AnsweredRelation,
  document: Document,
  passage: Passage,
  idOf: IdOf,
): ExtractedRelation | undefined {
  const span = locate.first(document.text, relation.quote, passage);
  const subject = idOf(relation.subject);
  const object = idOf(relation.object);
  // Without its words, at least both ends must be named in the passage.
  if (subject === undefined || (span === undefined && object === undefined)) return undefined;
  const speaker = idOf(relation.speaker);
  const validFrom = licensed(relation.validFrom, document, passage);
  const validTo = licensed(relation.validTo, document, passage);
  return {
    subject,
    predicate: relation.predicate.toLowerCase(),
    ...(object === undefined ? { literal: relation.object } : { object }),
    polarity: relation.polarity,
    modality: relation.modality,
    ...(speaker === undefined ? {} : { speaker }),
    confidence: span === undefined ? UNVERIFIED : SURE,
    ...(span === undefined ? { verified: false } : {}),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    start: span?.start ?? passage.start,
    end: span?.end ?? passage.end,
  };
}

function verifyClaim(claim: AnsweredClaim, document: Document, passage: Passage, idOf: IdOf): ExtractedClaim | undefined {
  const span = locate.first(document.text, claim.quote, passage);
  if (span === undefined) return undefined;
  const speaker = idOf(claim.speaker);
  return {
    ...span,
    ...(speaker === undefined ? {} : { speaker }),
    about: claim.about.flatMap((name) => idOf(name) ?? []),
    sentiment: claim.sentiment,
    polarity: claim.polarity,
    modality: claim.modality,
    confidence: SURE,
  };
}

/** An ISO 8601 date whose year the passage names, or which is reckoned from the year of the document. */
function licensed(date: string | null | undefined, document: Document, { start, end }: Passage): string | undefined {
  const year = date === null || date === undefined ? undefined : /^-?(\d{4})(-\d{2}(-\d{2})?)?$/.exec(date)?.[1];
  if (year === undefined || date === null) return undefined;
  const written = document.text.slice(start, end).includes(year);
  const published = Number(document.publishedAt?.slice(0, 4) ?? Number.NaN);
  return written || Math.abs(Number(year) - published) <= 1 ? date : undefined;
}
