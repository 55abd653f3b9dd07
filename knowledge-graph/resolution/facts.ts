// Local relations and claims → those of the graph: endpoints by id, the same fact said twice once with both places.
import type { Claim, Relation, SourceSpan } from '../contract.ts';
import type { ExtractedRelation } from '../extraction/schema.ts';
import { round } from '../typing/scores.ts';
import { bySpan } from './order.ts';
import type { Resolution } from './entities.ts';
import type { Finding } from './merged.ts';

type Draft = Omit<Relation, 'id'>;

export function resolveRelations(findings: readonly Finding[], resolution: Resolution): readonly Relation[] {
  const byFact = new Map<string, Draft>();
  findings.forEach((finding, index) => {
    for (const relation of finding.extraction.relations) {
      const draft = resolveOne(finding, relation, (local) => resolution.of(index, local), resolution);
      if (draft === undefined) continue;
      const key = [
        draft.subject,
        draft.predicate,
        draft.object ?? `"${draft.literal?.toLowerCase() ?? ''}"`,
        draft.polarity,
        draft.modality,
        draft.speaker ?? '',
        draft.validFrom ?? '',
        draft.validTo ?? '',
      ].join('\u0000');
      const known = byFact.get(key);
      byFact.set(key, known === undefined ? draft : merge(known, draft));
    }
  });
  const ordered = [...byFact.values()].toSorted(
    (left, right) =>
      bySpan(left.sources[0] as SourceSpan, right.sources[0] as SourceSpan) ||
      (left.predicate < right.predicate ? -1 : left.predicate > right.predicate ? 1 : 0),
  );
  return ordered.map((draft, index) => ({ id: `r${index + 1}`, ...draft }));
}

function resolveOne(
  finding: Finding,
  relation: ExtractedRelation,
  of: (local: number) => ReturnType<Resolution['of']>,
  resolution: Resolution,
): Draft | undefined {
  const subject = of(relation.subject);
  const object = relation.object === undefined ? undefined : of(relation.object);
  if (subject === undefined || subject === object) return undefined;
  // A concept that did not earn its place is still worth its words.
  const dropped = relation.object === undefined ? undefined : finding.extraction.entities[relation.object];
  const literal = object === undefined ? (relation.literal ?? dropped?.name) : undefined;
  if (object === undefined && (literal === undefined || subject.type === 'concept')) return undefined;
  const speaker = relation.speaker === undefined ? undefined : of(relation.speaker);
  return {
    subject: resolution.ids.get(subject) ?? '',
    predicate: relation.predicate,
    object: object === undefined ? undefined : resolution.ids.get(object),
    literal,
    polarity: relation.polarity,
    modality: relation.modality,
    speaker: speaker === undefined ? undefined : resolution.ids.get(speaker),
    confidence: relation.confidence,
    validFrom: relation.validFrom,
    validTo: relation.validTo,
    sources: [{ document: finding.document.id, start: relation.start, end: relation.end }],
  };
}

/** Two witnesses are better than one, and never certain. */
function merge(known: Draft, again: Draft): Draft {
  return {
    ...known,
    confidence: round(Math.min(0.98, 1 - (1 - known.confidence) * (1 - again.confidence * 0.5))),
    sources: [...known.sources, ...again.sources].toSorted(bySpan),
  };
}

export function resolveClaims(findings: readonly Finding[], resolution: Resolution): readonly Claim[] {
  const byText = new Map<string, Omit<Claim, 'id'>>();
  findings.forEach((finding, index) => {
    const idOf = (local: number): string | undefined => {
      const merged = resolution.of(index, local);
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
        speaker: claim.speaker === undefined ? undefined : idOf(claim.speaker),
        about: [...new Set(claim.about.flatMap((local) => idOf(local) ?? []))],
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
