// Local findings of all documents → one set of entities. Names meet by key, then by declared aliases and initials;
// types are decided over the pooled evidence; concepts must earn their place by spread. Never merges two known types.
import type { Block, Document, Entity, EntityType, SourceSpan } from '../contract.ts';
import type { Extraction, ExtractedEntity } from '../extraction/schema.ts';
import { addTo } from '../group.ts';
import { GENERIC_NOUNS } from '../lexicon/function-words.ts';
import { LEGAL_SUFFIXES, typeOfKindNoun, typeOfNameHead } from '../lexicon/heads.ts';
import { bestForm, initials, nameKey, slug } from '../names/keys.ts';
import { decideType } from '../typing/scores.ts';

export interface Finding {
  readonly document: Document;
  readonly extraction: Extraction;
}

/** An entity in the making. */
export interface Merged {
  readonly key: string;
  readonly kind: ExtractedEntity['kind'];
  readonly forms: Map<string, number>;
  readonly scores: Map<EntityType, number>;
  readonly subtypes: Map<string, number>;
  readonly aliases: Set<string>;
  readonly spans: SourceSpan[];
  readonly documents: Set<string>;
  readonly inTitles: Set<string>;
  confidence: number;
  type: EntityType;
}

export interface Resolution {
  readonly merged: readonly Merged[];
  /** Which merged entity a local one became; undefined for dropped concepts. */
  of(finding: number, local: number): Merged | undefined;
  readonly ids: ReadonlyMap<Merged, string>;
}

/** Concepts kept per thousand words, and at most. */
const CONCEPTS_PER_THOUSAND = 8;
/** Share of them that may be a single word. */
const SINGLE_SHARE = 0.25;
const MOST_CONCEPTS = 400;

export function resolveEntities(findings: readonly Finding[]): Resolution {
  const byKey = new Map<string, Merged>();
  const place = new Map<string, Merged>();
  findings.forEach((finding, index) => {
    const titles = finding.document.blocks.filter((block) => block.kind === 'title');
    for (const entity of finding.extraction.entities) {
      const key = `${entity.kind}:${keyOf(entity)}`;
      const merged = byKey.get(key) ?? create(key, entity.kind);
      byKey.set(key, merged);
      pool(merged, entity, finding.document, titles);
      place.set(`${index}:${entity.id}`, merged);
    }
  });
  const all = [...byKey.values()];
  for (const merged of all) decide(merged);
  const target = joinNames(all);
  joinConcepts(all, target);
  const kept = new Set(keepConcepts([...new Set(all.map((merged) => target.get(merged) ?? merged))], findings));
  const ordered = [...kept].toSorted((left, right) => (left.key < right.key ? -1 : 1));
  return {
    merged: ordered,
    of: (finding, local) => {
      const merged = place.get(`${finding}:${local}`);
      const final = merged === undefined ? undefined : (target.get(merged) ?? merged);
      return final !== undefined && kept.has(final) ? final : undefined;
    },
    ids: identify(ordered),
  };
}

function keyOf(entity: ExtractedEntity): string {
  if (entity.kind === 'name') return nameKey(entity.name);
  const lower = entity.name.toLowerCase().replaceAll(/[\s-]+/g, ' ');
  return entity.kind === 'concept' ? singularKey(lower) : lower;
}

/** The head in the singular, so that "MCP gateways" and "MCP gateway" meet across documents. */
function singularKey(phrase: string): string {
  if (/[^aeious]ies$/.test(phrase)) return `${phrase.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes)$/.test(phrase)) return phrase.slice(0, -2);
  return /[a-z]{3,}[^su]s$/.test(phrase) && !/(ics|sis)$/.test(phrase) ? phrase.slice(0, -1) : phrase;
}

const create = (key: string, kind: Merged['kind']): Merged => ({
  key,
  kind,
  forms: new Map(),
  scores: new Map(),
  subtypes: new Map(),
  aliases: new Set(),
  spans: [],
  documents: new Set(),
  inTitles: new Set(),
  confidence: 0,
  type: 'unknown',
});

function pool(merged: Merged, entity: ExtractedEntity, document: Document, titles: readonly Block[]): void {
  const { text, id } = document;
  for (const { start, end } of entity.mentions) {
    merged.spans.push({ document: id, start, end });
    const form = text.slice(start, end).replaceAll(/\s+/g, ' ');
    merged.forms.set(form, (merged.forms.get(form) ?? 0) + 1);
    if (titles.some((title) => start >= title.start && start < title.end)) merged.inTitles.add(id);
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
function addScore(scores: Map<EntityType, number>, type: EntityType, weight: number): void {
  const known = scores.get(type) ?? 0;
  const most = Math.max(known, weight);
  scores.set(type, most + Math.min(Math.min(known, weight) / 3, most / 4));
}

function decide(merged: Merged): void {
  if (merged.kind !== 'name') return;
  const { type, confidence } = decideType(merged.scores);
  merged.type = type;
  merged.confidence = confidence;
}

/** Acronyms that are the initials of exactly one full name join it, a lone given or family name its one bearer; so do declared aliases. */
function joinNames(all: readonly Merged[]): Map<Merged, Merged> {
  const target = new Map<Merged, Merged>();
  const names = all.filter((merged) => merged.kind === 'name').toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const byKey = new Map(names.map((merged) => [merged.key.slice('name:'.length), merged] as const));
  const byInitials = new Map<string, Merged[]>();
  const byPart = new Map<string, Merged[]>();
  const joined = new Set<Merged>();
  for (const merged of names) {
    const letters = initials(bestForm(merged.forms));
    if (letters.length >= 2) addTo(byInitials, letters, merged);
    if (merged.type === 'person') for (const part of outerParts(nameOf(merged))) addTo(byPart, part, merged);
  }
  const join = (into: Merged, from: Merged): void => {
    if (into === from || target.has(from) || target.has(into) || joined.has(from)) return;
    if (into.type !== from.type && into.type !== 'unknown' && from.type !== 'unknown') return;
    absorb(into, from);
    decide(into);
    target.set(from, into);
    joined.add(into);
  };
  for (const merged of names) {
    for (const alias of merged.aliases) {
      const other = byKey.get(nameKey(alias));
      if (other !== undefined && bestForm(other.forms).length < bestForm(merged.forms).length) join(merged, other);
    }
    const form = bestForm(merged.forms);
    if (/^\p{Lu}{3,}$/u.test(form)) joinOnly(byInitials.get(form), merged, join);
    else if (!form.includes(' ')) joinOnly(byPart.get(form.toLowerCase()), merged, join);
  }
  return target;
}

/** Joins a name to its one possible bearer; of two, nobody knows which. */
function joinOnly(bearers: readonly Merged[] | undefined, merged: Merged, join: (into: Merged, from: Merged) => void): void {
  const [only, other] = bearers ?? [];
  if (only !== undefined && other === undefined) join(only, merged);
}

/** First and last word of a full name, lower case; none of a name of one word. */
function outerParts(name: string): readonly string[] {
  const parts = name.toLowerCase().split(' ');
  return parts.length < 2 ? [] : [...new Set([parts[0] ?? '', parts.at(-1) ?? ''])];
}

/** A capitalised phrase of no known type that other texts write in lower case is that concept. */
function joinConcepts(all: readonly Merged[], target: Map<Merged, Merged>): void {
  const concepts = new Map(
    all.filter((merged) => merged.kind === 'concept').map((merged) => [merged.key.slice('concept:'.length), merged] as const),
  );
  for (const merged of all) {
    if (merged.kind !== 'name' || merged.type !== 'unknown' || target.has(merged)) continue;
    const concept = concepts.get(
      singularKey(
        bestForm(merged.forms)
          .toLowerCase()
          .replaceAll(/[\s-]+/g, ' '),
      ),
    );
    if (concept === undefined || concept.spans.length < merged.spans.length) continue;
    absorb(concept, merged);
    for (const [from, into] of target) if (into === merged) target.set(from, concept);
    target.set(merged, concept);
  }
}

function absorb(into: Merged, from: Merged): void {
  for (const [form, count] of from.forms) into.aliases.add(form).add(count > 0 ? form : '');
  into.aliases.delete('');
  into.spans.push(...from.spans);
  for (const [type, weight] of from.scores) addScore(into.scores, type, weight);
  for (const document of from.documents) into.documents.add(document);
  for (const document of from.inTitles) into.inTitles.add(document);
}

/** Names always stay; concepts by spread: used at least twice, and the most telling first. */
function keepConcepts(all: readonly Merged[], findings: readonly Finding[]): readonly Merged[] {
  const wordCount = findings.reduce((sum, { document }) => sum + document.text.length / 6, 0);
  const room = Math.min(MOST_CONCEPTS, Math.max(15, Math.ceil((wordCount * CONCEPTS_PER_THOUSAND) / 1000)));
  const worth = (merged: Merged): number => {
    const length = bestForm(merged.forms).split(/[\s-]/).length;
    return (
      Math.sqrt(merged.spans.length) * (1 + Math.log2(merged.documents.size)) * (length > 1 ? 1.6 : 0.7) +
      merged.inTitles.size * 1.5
    );
  };
  const concepts = all.filter((merged) => merged.kind === 'concept' && earns(merged, findings.length));
  const ranked = concepts.toSorted((left, right) => worth(right) - worth(left) || (left.key < right.key ? -1 : 1));
  const single = ranked.filter((merged) => !isPhrase(merged)).slice(0, Math.ceil(room * SINGLE_SHARE));
  const phrases = ranked.filter((merged) => isPhrase(merged)).slice(0, room - single.length);
  return [...all.filter((merged) => merged.kind !== 'concept'), ...single, ...phrases];
}

const isPhrase = (merged: Merged): boolean => /[\s-]/.test(bestForm(merged.forms));

function earns(merged: Merged, documents: number): boolean {
  const form = bestForm(merged.forms);
  const several = /[\s-]/.test(form);
  if (several) return merged.spans.length >= 2;
  // "the ministry", "residents": words for somebody, not topics.
  const kind = typeOfKindNoun(singularKey(form.toLowerCase()));
  if (GENERIC_NOUNS.has(form.toLowerCase()) || (kind !== undefined && kind !== 'product' && kind !== 'concept' && kind !== 'law'))
    return false;
  return documents >= 3 ? merged.documents.size >= 3 && merged.spans.length >= 5 : merged.spans.length >= 3;
}

/** Ids from type and name; a second one of the same spelling gets a number. */
function identify(ordered: readonly Merged[]): ReadonlyMap<Merged, string> {
  const used = new Set<string>();
  const ids = new Map<Merged, string>();
  for (const merged of ordered) {
    const base = `${merged.type}:${slug(nameOf(merged))}`;
    let id = base;
    for (let number = 2; used.has(id); number++) id = `${base}-${number}`;
    used.add(id);
    ids.set(merged, id);
  }
  return ids;
}

/** The name to show: people in full, concepts in lower case where the texts mostly write them so. */
export function nameOf(merged: Merged): string {
  const used = [...merged.forms].filter(([, count]) => count > 0);
  // "the Authority" is how a text goes on about the Harbour Authority, not what it is called.
  const telling = used.filter(([form]) => merged.kind !== 'name' || typeOfNameHead(form.toLowerCase()) === undefined);
  const forms = new Map(telling.length > 0 ? telling : used);
  if (merged.kind === 'concept') return inLowerCase(forms);
  if (merged.type === 'place') return inTitleCase(bestForm(forms));
  if (merged.type === 'person') {
    const most = Math.max(...[...forms.keys()].map((form) => form.split(' ').length));
    return bestForm(new Map([...forms].filter(([form]) => form.split(' ').length === most)));
  }
  const acronymOnly = [...merged.aliases].some((alias) => /^\p{Lu}{2,}$/u.test(alias));
  if (merged.kind === 'name' && acronymOnly) {
    const long = new Map([...forms].filter(([form]) => /\s/.test(form)));
    if (long.size > 0) return bestForm(long);
  }
  const form = bestForm(forms.size > 0 ? forms : merged.forms);
  // The stop of "Acme Corp." may be the sentence's.
  return LEGAL_SUFFIXES.has(form.split(' ').at(-1)?.toLowerCase() ?? '') ? form.replace(/\.$/, '') : form;
}

/** Topics go without capitals, but for acronyms and names inside them ("AI gateway"). */
function inLowerCase(forms: ReadonlyMap<string, number>): string {
  const plain = [...forms].filter(([form]) => form.split(' ').every((word) => !/^\p{Lu}\p{Ll}+/u.test(word)));
  if (plain.length > 0) return bestForm(new Map(plain));
  return bestForm(forms)
    .split(' ')
    .map((word) => (/^\p{Lu}[\p{Ll}-]+$/u.test(word) ? word.toLowerCase() : word))
    .join(' ');
}

/** Datelines shout: "RIVERTON, 12 May". */
const inTitleCase = (name: string): string => (/^\p{Lu}{5,}$/u.test(name) ? name.charAt(0) + name.slice(1).toLowerCase() : name);

export function toEntity(merged: Merged, id: string, salience: number, description: string | undefined): Entity {
  const name = nameOf(merged);
  const seen = new Set([name.toLowerCase()]);
  const aliases = [...merged.forms.keys(), ...merged.aliases]
    .toSorted((left, right) => (left < right ? -1 : 1))
    .filter((alias) => (seen.has(alias.toLowerCase()) ? false : seen.add(alias.toLowerCase())));
  const subtype = [...merged.subtypes].toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))[0]?.[0];
  return {
    id,
    name,
    type: merged.type,
    subtype,
    aliases: aliases.slice(0, 12),
    confidence: merged.confidence,
    salience,
    description,
    sources: merged.spans.toSorted(bySpan).slice(0, 40),
  };
}

export const bySpan = (left: SourceSpan, right: SourceSpan): number =>
  documentNumber(left) - documentNumber(right) || left.start - right.start || left.end - right.end;
const documentNumber = (span: SourceSpan): number => Number(span.document.slice(1));
