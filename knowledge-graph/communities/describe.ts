// Labels and summaries of communities. A summary is a few sentences of the documents themselves, chosen to speak of
// many members without repeating each other.
import type { Community, Document, Entity, Mention, SourceSpan } from '../contract.ts';
import { addTo } from '../group.ts';
import { bySpan } from '../resolution/order.ts';

const SUMMARY_SENTENCES = 3;
const SMALLEST = 2;

interface Sentence {
  readonly span: SourceSpan;
  readonly text: string;
  readonly entities: ReadonlySet<string>;
}

export function describeCommunities(
  groups: readonly (readonly number[])[],
  entities: readonly Entity[],
  mentions: readonly Mention[],
  documents: readonly Document[],
  sentences: readonly SourceSpan[],
): readonly Community[] {
  const material = readSentences(sentences, mentions, documents);
  const groupsKept = groups.filter((members) => members.length >= SMALLEST);
  const communityOf = new Map(
    groupsKept.flatMap((members, group) => members.map((node) => [entities[node]?.id ?? '', group] as const)),
  );
  const bySentence = new Map<number, Sentence[]>();
  for (const sentence of material) {
    for (const group of new Set([...sentence.entities].flatMap((id) => communityOf.get(id) ?? []))) {
      addTo(bySentence, group, sentence);
    }
  }
  return groupsKept.map((members, group) => {
    const ranked = members
      .flatMap((node) => entities[node] ?? [])
      .toSorted((left, right) => right.salience - left.salience || (left.id < right.id ? -1 : 1));
    const weights = new Map(ranked.map((entity) => [entity.id, entity.salience] as const));
    const summary = pickSentences(bySentence.get(group) ?? [], weights);
    return {
      id: `m${group + 1}`,
      label: labelOf(ranked),
      members: ranked.map((entity) => entity.id),
      summary: summary.map(({ text, span }) => ({ text, source: span })),
      sources: summary.map(({ span }) => span),
    };
  });
}

/** The most central members that say something, at most three. */
function labelOf(ranked: readonly Entity[]): string {
  const telling = ranked.filter((entity) => entity.type !== 'unknown');
  return (telling.length > 0 ? telling : ranked)
    .slice(0, 3)
    .map((entity) => entity.name)
    .join(', ');
}

function readSentences(
  spans: readonly SourceSpan[],
  mentions: readonly Mention[],
  documents: readonly Document[],
): readonly Sentence[] {
  const texts = new Map(documents.map((document) => [document.id, document.text] as const));
  const ordered = mentions.toSorted(bySpan);
  let at = 0;
  return spans.toSorted(bySpan).flatMap((span) => {
    while (at < ordered.length && bySpan(ordered[at] as Mention, span) < 0) at++;
    const entities = new Set<string>();
    for (let next = at; next < ordered.length; next++) {
      const mention = ordered[next];
      if (mention === undefined || mention.document !== span.document || mention.start >= span.end) break;
      entities.add(mention.entity);
    }
    const text = texts.get(span.document)?.slice(span.start, span.end) ?? '';
    return entities.size === 0 ? [] : [{ span, text, entities }];
  });
}

/** Maximal marginal relevance: each next sentence adds members that the ones before did not name. */
function pickSentences(sentences: readonly Sentence[], weights: ReadonlyMap<string, number>): readonly Sentence[] {
  const picked: Sentence[] = [];
  const named = new Set<string>();
  while (picked.length < SUMMARY_SENTENCES) {
    let best: Sentence | undefined;
    let bestGain = 0;
    for (const sentence of sentences) {
      if (picked.some((other) => other.text === sentence.text)) continue;
      let gain = 0;
      for (const id of sentence.entities) gain += (weights.get(id) ?? 0) * (named.has(id) ? 0.15 : 1);
      const value = gain / Math.sqrt(8 + sentence.text.length / 20);
      if (value > bestGain) [best, bestGain] = [sentence, value];
    }
    if (best === undefined) break;
    picked.push(best);
    for (const id of best.entities) named.add(id);
  }
  return picked.toSorted((left, right) => bySpan(left.span, right.span));
}
