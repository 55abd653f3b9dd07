// An entity in the making: what several documents say of one name, pooled. Evidence adds up, but the same hint in
// ten documents stays one hint. Pooling is the same in any order of the documents.
import type { Block, Document, EntityType, SourceSpan, TimeInterval } from '../contract.ts';
import type { ExtractedEntity, Extraction, NameJoin } from '../extraction/schema.ts';
import { nameKey } from '../names/keys.ts';
import { findDates } from '../time/dates.ts';
import { SmallMap, SmallSet } from './small-collections.ts';
import { decideType } from '../typing/scores.ts';

export interface Finding {
  readonly document: Document;
  readonly extraction: Extraction;
  /** The rules stood in for a model whose answer stayed unusable. */
  readonly fallback?: true;
}

/** An entity in the making. */
export interface Merged {
  readonly key: string;
  readonly kind: ExtractedEntity['kind'];
  /** Keys of all that was joined into it, its own among them. */
  readonly keys: SmallSet<string>;
  readonly forms: SmallMap<string, number>;
  /** Evidence of every document, for each type. */
  readonly scores: SmallMap<EntityType, number[]>;
  readonly subtypes: SmallMap<string, number>;
  readonly aliases: SmallSet<string>;
  readonly joins: NameJoin[];
  readonly spans: SourceSpan[];
  /** Places that stand behind it without naming it: the documents of an author whom their texts do not name. */
  readonly origins: SourceSpan[];
  readonly documents: SmallSet<string>;
  readonly inTitles: SmallSet<string>;
  confidence: number;
  type: EntityType;
  /** What a person decided that it is called. */
  called: string | undefined;
  /** What a date names. */
  time: TimeInterval | undefined;
}

export function keyOf(entity: ExtractedEntity): string {
  if (entity.kind === 'name') return nameKey(entity.name);
  const time = timeOf(entity);
  if (time !== undefined) return `${time.from}/${time.to}/${time.precision}`;
  return entity.kind === 'concept' ? conceptKey(entity.name) : spaced(entity.name);
}

const spaced = (name: string): string => name.toLowerCase().replaceAll(/[\s-]+/g, ' ');

/** What makes two spellings one topic: case, dashes and the plural of the head do not count. */
export const conceptKey = (name: string): string => singularKey(spaced(name));

/** What a date names; a model that found it says it in words only. */
function timeOf({ kind, name, time }: ExtractedEntity): TimeInterval | undefined {
  if (kind !== 'date' || time !== undefined) return time;
  const [date] = findDates(name, undefined);
  if (date === undefined || date.end - date.start !== name.length) return undefined;
  return { from: date.from, to: date.to, precision: date.precision };
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
  keys: new SmallSet<string>().add(key),
  forms: new SmallMap(),
  scores: new SmallMap(),
  subtypes: new SmallMap(),
  aliases: new SmallSet(),
  joins: [],
  spans: [],
  origins: [],
  documents: new SmallSet(),
  inTitles: new SmallSet(),
  confidence: 0,
  type: 'unknown',
  called: undefined,
  time: undefined,
});

export function pool(merged: Merged, entity: ExtractedEntity, document: Document, titles: readonly Block[]): void {
  const { text, id } = document;
  for (const { start, end } of entity.mentions) {
    merged.spans.push({ document: id, start, end });
    const form = formOf(text, start, end);
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
  for (const [type, weight] of Object.entries(entity.scores) as [EntityType, number][]) addScores(merged.scores, type, [weight]);
  if (entity.subtype !== undefined)
    merged.subtypes.set(entity.subtype, (merged.subtypes.get(entity.subtype) ?? 0) + entity.mentions.length);
  for (const alias of entity.aliases) merged.aliases.add(alias);
  merged.joins.push(...(entity.joins ?? []));
  merged.confidence = Math.max(merged.confidence, entity.confidence);
  merged.time ??= timeOf(entity);
  if (entity.kind !== 'name') merged.type = entity.type;
}

/** How a text spells something, without its line breaks. */
export const formOf = (text: string, start: number, end: number): string => text.slice(start, end).replaceAll(/\s+/g, ' ');

function addScores(scores: SmallMap<EntityType, number[]>, type: EntityType, weights: readonly number[]): void {
  const known = scores.get(type);
  if (known === undefined) scores.set(type, [...weights]);
  else known.push(...weights);
}

/** The strongest document counts in full, each other by a third and never by more than a quarter of the strongest. */
function total(weights: readonly number[]): number {
  const [most = 0, ...others] = weights.toSorted((left, right) => right - left);
  return others.reduce((sum, weight) => sum + Math.min(weight / 3, most / 4), most);
}

export function decide(merged: Merged): void {
  if (merged.kind !== 'name') return;
  const { type, confidence } = decideType(new Map([...merged.scores].map(([key, weights]) => [key, total(weights)] as const)));
  merged.type = type;
  merged.confidence = confidence;
}

export function absorb(into: Merged, from: Merged): void {
  for (const key of from.keys) into.keys.add(key);
  for (const [form] of from.forms) into.aliases.add(form);
  for (const join of from.joins) into.joins.push(join);
  for (const span of from.spans) into.spans.push(span);
  into.origins.push(...from.origins);
  for (const [type, weights] of from.scores) addScores(into.scores, type, weights);
  for (const document of from.documents) into.documents.add(document);
  for (const document of from.inTitles) into.inTitles.add(document);
}
