// How central each entity is to these documents: mentions, spread over documents, titles, early place, PageRank.
import type { Document, EntityType } from '../contract.ts';
import type { Merged } from '../resolution/merged.ts';
import { portableLog } from '#foundation';
import { bestForm } from '../names/keys.ts';
import { round } from '../typing/scores.ts';

const DAMPED: Readonly<Partial<Record<EntityType, number>>> = { date: 0.25, amount: 0.25, unknown: 0.6 };
/** How far into a document a first mention still counts as its lead. */
const LEAD_CHARACTERS = 600;

/** 0–1 per entity, the most central at 1. `ranks` is the PageRank of each. */
export function scoreSalience(merged: readonly Merged[], documents: readonly Document[], ranks: Float64Array): readonly number[] {
  const highestRank = ranks.reduce((highest, rank) => Math.max(highest, rank), 1e-12);
  const raw = merged.map((entity, index) => {
    const mentions = portableLog(1 + entity.spans.length + entity.origins.length);
    const spread = entity.documents.size / Math.max(1, documents.length);
    const titles = entity.inTitles.size / Math.max(1, documents.length);
    const lead = entity.spans.some((span) => span.start < LEAD_CHARACTERS) ? 1 : 0;
    const rank = (ranks[index] ?? 0) / highestRank;
    // A topic of one word is in half of all sentences; that does not make it central.
    const single = entity.type === 'concept' && !/[\s-]/.test(bestForm(entity.forms)) ? 0.55 : 1;
    return single * (mentions * (0.5 + 0.5 * spread) + 1.2 * titles + 0.3 * lead + 1.5 * rank) * (DAMPED[entity.type] ?? 1);
  });
  const highest = raw.reduce((most, score) => Math.max(most, score), 1e-12);
  return raw.map((score) => round(score / highest, 4));
}
