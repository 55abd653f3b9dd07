// The appendix: every event, passage and measure that a claim cites, once, in the order of first citation.
import { MEASURES } from '#engine/contract';
import type { Citation, Evidence, ReportSection } from './contract.ts';
import { formatNumber } from './numbers/format.ts';
import type { Source } from './numbers/source.ts';
import { measureUnit } from './numbers/table.ts';

export function evidenceId(citation: Citation): string {
  if (citation.kind === 'event') return `event-${citation.seq}`;
  if (citation.kind === 'span') return `span-${citation.span.document}-${citation.span.start}-${citation.span.end}`;
  return `measure-${citation.name}-${citation.round < 0 ? 'start' : citation.round}`;
}

export function evidenceOf(source: Source, sections: readonly ReportSection[]): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const citation of sections.flatMap((section) => section.claims.flatMap((claim) => claim.citations))) {
    const id = evidenceId(citation);
    if (!found.has(id)) found.set(id, { id, kind: citation.kind, ...describe(source, citation) });
  }
  return [...found.values()];
}

function describe(source: Source, citation: Citation): Omit<Evidence, 'id' | 'kind'> {
  if (citation.kind === 'event') return describeEvent(source, citation.seq);
  if (citation.kind === 'measure') return describeMeasure(source, citation.name, citation.round);
  const { document: id, start, end } = citation.span;
  const document = source.graph.snapshot.documents.find((candidate) => candidate.id === id);
  return { label: document?.name ?? id, text: document?.text.slice(start, end) ?? '', place: `characters ${start}–${end}` };
}

function describeEvent(source: Source, seq: number): Omit<Evidence, 'id' | 'kind'> {
  const post = source.record.post(seq);
  const event = source.record.event(seq);
  if (post === undefined)
    return { label: `Event ${seq}`, text: event?.kind ?? '', place: event === undefined ? '' : `round ${event.round}` };
  const author =
    post.authorType === 'intervention' ? 'news (intervention)' : `${post.authorName} (@${post.authorHandle.replace(/^@/, '')})`;
  const words = post.writtenBy === 'model' ? ', words by a model' : '';
  return {
    label: `Event ${seq}, ${author}`,
    text: post.text,
    place: `round ${post.round}, ${post.platform}, ${post.kind}${words}`,
  };
}

function describeMeasure(source: Source, name: string, round: number): Omit<Evidence, 'id' | 'kind'> {
  const [base = name, index] = name.split(':');
  const spec = MEASURES.find((measure) => measure.name === base);
  const issue = index === undefined ? undefined : source.record.framing.issues[Number(index)];
  const value = source.measure(name, round);
  const soFar =
    spec?.unit === 'events' && round > 0
      ? `; ${formatNumber(totalUntil(source, name, round), 'count')} in all rounds so far`
      : '';
  return {
    label: `Measure ${base}${issue === undefined ? '' : `, ${issue.label}`}`,
    text:
      value === undefined || !Number.isFinite(value)
        ? 'no value'
        : `${formatNumber(value, measureUnit(name))} (${spec?.meaning ?? base})${soFar}`,
    place: round < 0 ? 'before the first round' : `end of round ${round}`,
  };
}

const totalUntil = (source: Source, name: string, round: number): number =>
  source
    .series(name)
    .slice(0, round + 1)
    .reduce((sum, count) => sum + count, 0);
