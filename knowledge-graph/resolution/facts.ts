// Local relations and claims → those of the graph: endpoints by id, the same fact said twice once with both places.
import type { Claim, Relation, SourceSpan } from '../contract.ts';
import type { ExtractedRelation } from '../extraction/schema.ts';
import { round } from '../typing/scores.ts';
import { bySpan } from './order.ts';
import { addTo } from '../group.ts';
import type { RelationVocabulary } from '../ontology/vocabulary.ts';
import type { Resolution } from './entities.ts';
import type { Finding, Merged } from './merged.ts';
import { relateInTime } from './succession.ts';

type Draft = Omit<Relation, 'id'>;

/** Every relation of the documents, each once, related to the others in time. */
export function resolveRelations(
  findings: readonly Finding[],
  resolution: Resolution,
  vocabulary: RelationVocabulary,
): readonly Relation[] {
  const byFact = new Map<string, Draft[]>();
  findings.forEach((finding, index) => {
    let entities: Finding['extraction']['entities'] | undefined;
    // Opened once for a document, and only where a dropped concept is asked for.
    const wordsOf = (local: number): string | undefined => (entities ??= finding.extraction.entities)[local]?.name;
    for (const relation of finding.extraction.relations) {
      const of = (local: number): Merged | undefined => resolution.of(index, local, relation);
      const draft = resolveOne(finding.document.id, relation, { of, wordsOf }, resolution, vocabulary);
      if (draft !== undefined) addTo(byFact, factKey(draft), draft);
    }
  });
  const ordered = [...byFact]
    .map(([key, drafts]) => ({ key, draft: merge(drafts) }))
    .toSorted(
      (left, right) =>
        bySpan(left.draft.sources[0] as SourceSpan, right.draft.sources[0] as SourceSpan) || (left.key < right.key ? -1 : 1),
    );
  const relations = ordered.map(({ draft }, index) => ({ id: `r${index + 1}`, ...draft }));
  const documents = [...new Set(findings.map(({ document }) => document))];
  return relateInTime(relations, documents, (predicate) => vocabulary.traitsOf(predicate));
}

const factKey = (draft: Draft): string =>
  [
    draft.subject,
    draft.predicate,
    draft.object ?? `"${draft.literal?.toLowerCase() ?? ''}"`,
    draft.polarity,
    draft.modality,
    draft.speaker ?? '',
    draft.validFrom ?? '',
    draft.validTo ?? '',
  ].join('\u0000');

/** What the local entities of a document became, and how it called them. */
interface Locals {
  readonly of: (local: number) => Merged | undefined;
  readonly wordsOf: (local: number) => string | undefined;
}

function resolveOne(
  document: string,
  relation: ExtractedRelation,
  { of, wordsOf }: Locals,
  { ids }: Resolution,
  vocabulary: RelationVocabulary,
): Draft | undefined {
  const subject = of(relation.subject);
  const object = relation.object === undefined ? undefined : of(relation.object);
  if (subject === undefined || subject === object) return undefined;
  // A concept that did not earn its place is still worth its words.
  const dropped = (): string | undefined => (relation.object === undefined ? undefined : wordsOf(relation.object));
  const literal = object === undefined ? (relation.literal ?? dropped()) : undefined;
  if (object === undefined && literal === undefined) return undefined;
  const predicate = vocabulary.predicateOf(relation.predicate, subject.type, object?.type);
  if (predicate === undefined) return undefined;
  const speaker = relation.speaker === undefined ? undefined : of(relation.speaker);
  return {
    subject: ids.get(subject) ?? '',
    predicate,
    object: object === undefined ? undefined : ids.get(object),
    literal,
    polarity: relation.polarity,
    modality: relation.modality,
    speaker: speaker === undefined ? undefined : ids.get(speaker),
    confidence: relation.confidence,
    validFrom: relation.validFrom,
    validTo: relation.validTo,
    precision: relation.precision,
    recorded: Number(document.slice(1)),
    expired: undefined,
    supersededBy: undefined,
    verified: relation.verified !== false,
    contradicts: [],
    sources: [{ document, start: relation.start, end: relation.end }],
  };
}

/** Two witnesses are better than one, and never certain. The same in any order of the witnesses. */
function merge(drafts: readonly Draft[]): Draft {
  const ranked = drafts.toSorted(
    (left, right) => right.confidence - left.confidence || bySpan(left.sources[0] as SourceSpan, right.sources[0] as SourceSpan),
  );
  const [best, ...others] = ranked as [Draft, ...Draft[]];
  const doubt = others.reduce((left, { confidence }) => left * (1 - confidence * 0.5), 1 - best.confidence);
  return {
    ...best,
    confidence: others.length === 0 ? best.confidence : round(Math.min(0.98, 1 - doubt)),
    verified: drafts.some(({ verified }) => verified),
    recorded: Math.min(...drafts.map(({ recorded }) => recorded)),
    sources: drafts.flatMap(({ sources }) => sources).toSorted(bySpan),
  };
}

export function resolveClaims(findings: readonly Finding[], resolution: Resolution): readonly Claim[] {
  const byText = new Map<string, Omit<Claim, 'id'>>();
  findings.forEach((finding, index) => {
    const idOf = (local: number, place: { readonly start: number; readonly end: number }): string | undefined => {
      const merged = resolution.of(index, local, place);
      return merged === undefined ? undefined : resolution.ids.get(merged);
    };
    for (const claim of finding.extraction.claims) {
      const text = finding.document.text.slice(claim.start, claim.end);
      const source = { document: finding.document.id, start: claim.start, end: claim.end };
      const known = byText.get(text);
      if (known !== undefined) {
        byText.set(text, { ...known, sources: [...known.sources, source] });
        continue;
      }
      byText.set(text, {
        text,
        speaker: claim.speaker === undefined ? undefined : idOf(claim.speaker, claim),
        about: [...new Set(claim.about.flatMap((local) => idOf(local, claim) ?? []))],
        sentiment: claim.sentiment,
        polarity: claim.polarity,
        modality: claim.modality,
        confidence: claim.confidence,
        sources: [source],
      });
    }
  });
  const ordered = [...byText.values()].toSorted((left, right) =>
    bySpan(left.sources[0] as SourceSpan, right.sources[0] as SourceSpan),
  );
  return ordered.map((claim, index) => ({ id: `c${index + 1}`, ...claim }));
}
