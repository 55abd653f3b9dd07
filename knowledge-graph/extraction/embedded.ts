// Extraction by rules: one document in, its entities, relations and claims out. Pure and deterministic.
import type { Document } from '../contract.ts';
import { findClaims, polarityOf } from '../claims/find-claims.ts';
import { findAttribution } from '../claims/attribution.ts';
import { withReferences } from '../coreference/resolve.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { analyse } from '../language/analyse.ts';
import type { Taggers } from '../language/taggers.ts';
import type { Sentence } from '../language/token.ts';
import { bestForm } from '../names/keys.ts';
import { subtypeOfCluster, typeOfCluster } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import { findClusters } from '../names/find-clusters.ts';
import type { DeclaredRelation } from '../relations/declared.ts';
import type { Fact } from '../relations/fact.ts';
import { findFacts } from '../relations/find-facts.ts';
import type { ReadSentence } from '../relations/find-facts.ts';
import { findRowFacts } from '../relations/row-facts.ts';
import { findVerbGroups } from '../relations/verb-groups.ts';
import type { DateSpan } from '../time/dates.ts';
import { timeOfFact } from '../time/fact-time.ts';
import { round } from '../typing/scores.ts';
import type { Extraction, ExtractedEntity, ExtractedRelation } from './schema.ts';

/** `declared` are relations of this graph beside the built-in ones. */
export function extractDocument(document: Document, taggers: Taggers, declared: readonly DeclaredRelation[] = []): Extraction {
  const sentences = analyse(document, taggers);
  const clusters = findClusters(document, sentences);
  const anchors = withReferences(sentences, anchorsOf(clusters, sentences.length));
  const ids = new Map(clusters.map((cluster, index) => [cluster, index] as const));
  const idOf = (cluster: Cluster): number => ids.get(cluster) ?? 0;
  const groups = sentences.map((sentence) => (sentence.depth === 'names' ? [] : findVerbGroups(sentence)));
  const told = findRowFacts(document, sentences, anchors).map((fact) => relationOf(document, fact, idOf));
  const said = sentences.flatMap((sentence, index) =>
    sentence.depth === 'names'
      ? []
      : relationsOf(document, { sentence, anchors: anchors[index] ?? [], groups: groups[index] ?? [] }, idOf, declared),
  );
  return {
    relations: [...told, ...said],
    verbs: [...new Set(groups.flatMap((row) => row.map(({ lemma }) => lemma)))].toSorted(),
    // After relations: roles that they found ("mayor of …") are evidence for types.
    entities: clusters.map((cluster, index) => entityOf(cluster, index)),
    claims: findClaims(sentences, anchors).map(({ speaker, about, ...claim }) => ({
      ...claim,
      ...(speaker === undefined ? {} : { speaker: idOf(speaker) }),
      about: about.map(idOf),
    })),
  };
}

function anchorsOf(clusters: readonly Cluster[], count: number): readonly (readonly Anchor[])[] {
  const rows: Anchor[][] = Array.from({ length: count }, () => []);
  for (const cluster of clusters) {
    for (const { sentence, from, to } of cluster.mentions) rows[sentence]?.push({ sentence, from, to, cluster, indirect: false });
  }
  return rows.map((row) => row.toSorted((left, right) => left.from - right.from));
}

function entityOf(cluster: Cluster, id: number): ExtractedEntity {
  const { type, confidence } = typeOfCluster(cluster);
  const subtype = subtypeOfCluster(cluster, type);
  const forms = new Map<string, number>();
  for (const { surface } of cluster.mentions) {
    const form = surface.replaceAll(/\s+/g, ' ');
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  const own = [...forms.keys()];
  const name = cluster.kind === 'name' ? fullest(forms, type === 'person') : bestForm(forms);
  return {
    id,
    name,
    kind: cluster.kind,
    type,
    ...(subtype === undefined ? {} : { subtype }),
    confidence,
    scores: Object.fromEntries([...cluster.scores].map(([key, value]) => [key, round(value)])),
    aliases: [...new Set([...own, ...cluster.aliases])]
      .filter((alias) => alias !== name)
      .toSorted((left, right) => (left < right ? -1 : 1)),
    ...(cluster.joins.length === 0 ? {} : { joins: cluster.joins }),
    ...(cluster.time === undefined ? {} : { time: cluster.time }),
    mentions: cluster.mentions.map(({ start, end }) => ({ start, end })).toSorted((left, right) => left.start - right.start),
  };
}

const wordCount = (form: string): number => form.split(' ').length;

/** People go by their full name; everything else by what it is mostly called, written out where an acronym is. */
function fullest(forms: ReadonlyMap<string, number>, person: boolean): string {
  if (forms.size === 1) return bestForm(forms);
  const most = Math.max(...[...forms.keys()].map(wordCount));
  const spelledOut = most > 1 && [...forms.keys()].some((form) => /^\p{Lu}{2,}$/u.test(form));
  return bestForm(person || spelledOut ? new Map([...forms].filter(([form]) => wordCount(form) === most)) : forms);
}

function relationsOf(
  document: Document,
  read: ReadSentence,
  idOf: (cluster: Cluster) => number,
  declared: readonly DeclaredRelation[],
): readonly ExtractedRelation[] {
  const { sentence, anchors } = read;
  const facts = findFacts(read, declared);
  if (facts.length === 0) return [];
  const attribution = findAttribution(sentence, anchors);
  const dates = datesOf(anchors);
  return facts.map((fact) => {
    const reported =
      attribution !== undefined &&
      isInside(sentence, fact, attribution.from, attribution.to) &&
      fact.subject !== attribution.speaker.cluster;
    return {
      ...relationOf(document, fact, idOf),
      polarity: polarityOf(fact.polarity, reported ? attribution : undefined),
      ...(reported ? { modality: 'reported' as const, speaker: idOf(attribution.speaker.cluster) } : {}),
      ...timeOfFact(fact, dates, document.text.slice(0, sentence.end)),
    };
  });
}

const relationOf = (document: Document, fact: Fact, idOf: (cluster: Cluster) => number): ExtractedRelation => ({
  subject: idOf(fact.subject),
  predicate: fact.predicate,
  ...(fact.object === undefined ? {} : { object: idOf(fact.object) }),
  ...(fact.literal === undefined
    ? {}
    : { literal: document.text.slice(fact.literal.start, fact.literal.end).replaceAll(/\s+/g, ' ') }),
  polarity: fact.polarity,
  modality: fact.modality,
  confidence: fact.confidence,
  start: fact.start,
  end: fact.end,
});

const isInside = (sentence: Sentence, fact: Fact, from: number, to: number): boolean =>
  fact.start >= (sentence.tokens[from]?.start ?? 0) && fact.end <= (sentence.tokens[to - 1]?.end ?? 0);

/** The dates of a sentence, with what is said of each: since it, until it, at it. */
function datesOf(anchors: readonly Anchor[]): readonly DateSpan[] {
  return anchors.flatMap(({ sentence, from, cluster: { time, mentions } }) => {
    const mention = time && mentions.find((candidate) => candidate.sentence === sentence && candidate.from === from);
    if (time === undefined || mention === undefined) return [];
    return [{ ...time, start: mention.start, end: mention.end, bound: mention.bound ?? 'at' }];
  });
}
