// An entity in the making: what several documents say of one name, pooled. Evidence adds up, but the same hint in
// ten documents stays one hint.
import type { Block, Document, EntityType, SourceSpan } from '../contract.ts';
import type { ExtractedEntity, Extraction } from '../extraction/schema.ts';
import { nameKey } from '../names/keys.ts';
import { SmallMap, SmallSet } from './small-collections.ts';
import { decideType } from '../typing/scores.ts';

export interface Finding {
  readonly document: Document;
  readonly extraction: Extraction;
}

/** An entity in the making. */
export interface Merged {
  readonly key: string;
  readonly kind: ExtractedEntity['kind'];
  readonly forms: SmallMap<string, number>;
  readonly scores: SmallMap<EntityType, number>;
  readonly subtypes: SmallMap<string, number>;
  readonly aliases: SmallSet<string>;
  readonly spans: SourceSpan[];
  /** Places that stand behind it without naming it: the documents of an author whom their texts do not name. */
  readonly origins: SourceSpan[];
  readonly documents: SmallSet<string>;
  readonly inTitles: SmallSet<string>;
  confidence: number;
  type: EntityType;
}

export function keyOf(entity: ExtractedEntity): string {
  if (entity.kind === 'name') return nameKey(entity.name);
  const lower = entity.name.toLowerCase().replaceAll(/[\s-]+/g, ' ');
  return entity.kind === 'concept' ? singularKey(lower) : lower;
}

/** The head in the singular, so that "MCP gateways" and "MCP gateway" meet across documents. */
export function singularKey(phrase: string): string {
  if (/[^aeious]ies$/.test(phrase)) return `${phrase.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes)$/.test(phrase)) return phrase.slice(0, -2);
  return /[a-z]{3,}[^su]s$/.test(phrase) && !/(ics|sis)$/.test(phrase) ? phrase.slice(0, -1) : phrase;
}

export const create = (key: string, kind: Merged['kind']): Merged => ({
  key,
  kind,
  forms: new SmallMap(),
  scores: new SmallMap(),
  subtypes: new SmallMap(),
  aliases: new SmallSet(),
  spans: [],
  origins: [],
  documents: new SmallSet(),
  inTitles: new SmallSet(),
  confidence: 0,
  type: 'unknown',
});

export function pool(merged: Merged, entity: ExtractedEntity, document: Document, titles: readonly Block[]): void {
  const { text, id } = document;
  for (const { start, end } of entity.mentions) {
    merged.spans.push({ document: id, start, end });
    const form = text.slice(start, end).replaceAll(/\s+/g, ' ');
    merged.forms.set(form, (merged.forms.get(form) ?? 0) + 1);
    if (titles.some((title) => start >= title.start && start < title.end)) merged.inTitles.add(id);
  }
  if (entity.mentions.length === 0) {
    const [head] = document.blocks;
    merged.origins.push({ document: id, start: head?.start ?? 0, end: head?.end ?? Math.min(80, text.length) });
  }
  merged.documents.add(id);
  // A name that the text never spells so (a model's canonical form) still counts as a form.
  if (!merged.forms.has(entity.name)) merged.forms.set(entity.name, entity.kind === 'name' ? 1 : 0);
  for (const [type, weight] of Object.entries(entity.scores) as [EntityType, number][]) addScore(merged.scores, type, weight);
  if (entity.subtype !== undefined)
    merged.subtypes.set(entity.subtype, (merged.subtypes.get(entity.subtype) ?? 0) + entity.mentions.length);
  for (const alias of entity.aliases) merged.aliases.add(alias);
  merged.confidence = Math.max(merged.confidence, entity.confidence);
  if (entity.kind !== 'name') merged.type = entity.type;
}

/** The strongest document counts in full, each other by a third: the same hint in ten documents is one hint. */
function addScore(scores: SmallMap<EntityType, number>, type: EntityType, weight: number): void {
  const known = scores.get(type) ?? 0;
  const most = Math.max(known, weight);
  scores.set(type, most + Math.min(Math.min(known, weight) / 3, most / 4));
}

export function decide(merged: Merged): void {
  if (merged.kind !== 'name') return;
  const { type, confidence } = decideType(merged.scores);
  merged.type = type;
  merged.confidence = confidence;
}

export function absorb(into: Merged, from: Merged): void {
  for (const [form] of from.forms) into.aliases.add(form);
  for (const span of from.spans) into.spans.push(span);
  into.origins.push(...from.origins);
  for (const [type, weight] of from.scores) addScore(into.scores, type, weight);
  for (const document of from.documents) into.documents.add(document);
  for (const document of from.inTitles) into.inTitles.add(document);
}
