// What the documents say, kept apart from what the simulation did: passages word for word, each with its place.
import type { TalkingPoint } from '#engine/contract';
import type { SourceSpan } from '#knowledge-graph/contract';
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { evened, finding, fromSpan, quoted, type Finding, type SectionPlan } from './finding.ts';
import type { Lead } from './lead.ts';

const SHOWN = 6;
const SHORTEST_WORDS = 6;
const LONGEST_CHARACTERS = 360;

export function documentsSection(source: Source, leads: readonly Lead[]): SectionPlan {
  const spans = distinct(source, [
    ...leads.flatMap((lead) => fromPoints(source, lead)),
    ...leads.flatMap((lead) => fromSearch(source, lead)),
  ]);
  const documents = computed(source, 'documents');
  const ground = finding('method', 'ground', {
    documents,
    documentWord: documents.text === '1' ? 'document' : 'documents',
    entities: computed(source, 'entities'),
    relations: computed(source, 'relations'),
    claims: computed(source, 'claims'),
  });
  const passages = spans.slice(0, SHOWN).map((span) => passage(source, span));
  return {
    id: 'documents',
    title: 'What the documents say',
    findings: [ground, ...(passages.length === 0 ? [finding('method', 'documents-none', {})] : passages)],
    figures: [],
  };
}

export function passage(source: Source, span: SourceSpan): Finding {
  return finding(
    'seed-fact',
    'document',
    { document: documentName(source, span.document), quote: quoted(source.graph.quote(span)) },
    [fromSpan(span)],
  );
}

const documentName = (source: Source, id: string): string => {
  const document = source.graph.snapshot.documents.find((candidate) => candidate.id === id);
  return document?.title ?? document?.name ?? id;
};

/** The most pointed statements of the documents on the issue, from both sides in turn. */
export function fromPoints(source: Source, { issue }: Pick<Lead, 'issue'>, side?: 1 | -1): readonly SourceSpan[] {
  const points = source.record.population.talkingPoints.filter(
    (point) => point.origin === 'document' && point.issue === issue.index && (side === undefined || point.lean * side > 0),
  );
  const by = (sign: number): readonly TalkingPoint[] =>
    points
      .filter((point) => Math.sign(point.lean) === sign)
      .toSorted(
        (left, right) => Math.abs(right.lean) * right.arousal - Math.abs(left.lean) * left.arousal || left.index - right.index,
      );
  const [pro, contra, neutral] = [by(1), by(-1), by(0)];
  const turns = Array.from({ length: Math.max(pro.length, contra.length) }, (_, at) => [pro[at], contra[at]]).flat();
  return [...turns, ...neutral].flatMap((point) => point?.source ?? []);
}

function fromSearch(source: Source, { question }: Lead): readonly SourceSpan[] {
  return source.graph
    .search(question.text, 12)
    .filter((hit) => hit.kind === 'claim')
    .map((hit) => hit.source);
}

/** Readable passages only, none inside another. */
function distinct(source: Source, spans: readonly SourceSpan[]): readonly SourceSpan[] {
  const kept: SourceSpan[] = [];
  for (const span of spans) {
    const text = evened(source.graph.quote(span));
    const readable = text.length <= LONGEST_CHARACTERS && text.split(' ').length >= SHORTEST_WORDS;
    const repeats = kept.some(
      (other) =>
        evened(source.graph.quote(other)) === text ||
        (other.document === span.document && other.start < span.end && span.start < other.end),
    );
    if (readable && !repeats) kept.push(span);
  }
  return kept;
}
