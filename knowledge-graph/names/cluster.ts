// One thing as one document speaks of it: all its mentions, with the evidence for its type.
import type { EntityType, TimeInterval } from '../contract.ts';
import type { NameJoin } from '../extraction/schema.ts';
import type { Gender } from '../lexicon/given-names.ts';
import type { TokenSpan } from '../language/token.ts';
import type { Bound } from '../time/dates.ts';
import type { Evidence, TypeScores } from '../typing/scores.ts';
import { evidenceOfWording } from '../typing/wording.ts';
import type { Wording } from '../typing/wording.ts';
import { bestType, decideType, WEAK_CAP } from '../typing/scores.ts';

export interface ClusterMention extends TokenSpan {
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  /** How what is said stands to a date. */
  readonly bound?: Bound;
}

export interface Cluster {
  readonly key: string;
  readonly kind: 'name' | 'concept' | 'date' | 'amount';
  readonly mentions: ClusterMention[];
  readonly scores: TypeScores;
  /** How much weak evidence is in `scores`. */
  readonly weak: TypeScores;
  readonly subtypes: Map<string, { weight: number; readonly type: EntityType }>;
  readonly aliases: Set<string>;
  readonly joins: NameJoin[];
  /** How much of `scores` is the recogniser's opinion of the mentions, by type, and their kinds. */
  readonly worded: TypeScores;
  readonly wordings: Map<string, number>;
  readonly pronouns: { gender: Gender | undefined };
  /** What a date names. */
  readonly time: TimeInterval | undefined;
}

export function createCluster(key: string, kind: Cluster['kind'], gender?: Gender, time?: TimeInterval): Cluster {
  return {
    key,
    kind,
    mentions: [],
    scores: new Map(),
    weak: new Map(),
    subtypes: new Map(),
    aliases: new Set(),
    joins: [],
    worded: new Map(),
    wordings: new Map(),
    pronouns: { gender },
    time,
  };
}

export function addEvidence(cluster: Cluster, evidence: readonly Evidence[]): void {
  for (const { type, weight: full, subtype, weak } of evidence) {
    const used = cluster.weak.get(type) ?? 0;
    const weight = weak === undefined ? full : Math.min(full, WEAK_CAP - used);
    if (weak !== undefined) cluster.weak.set(type, used + weight);
    cluster.scores.set(type, (cluster.scores.get(type) ?? 0) + weight);
    if (subtype === undefined) continue;
    const entry = cluster.subtypes.get(subtype) ?? { weight: 0, type };
    entry.weight += weight;
    cluster.subtypes.set(subtype, entry);
  }
}

/** An opinion that recurs is one opinion: at most this much of it counts per document. */
const MOST_WORDED = 2.4;

/** Adds what the recogniser says of one mention. */
export function addWording(cluster: Cluster, wording: Wording): void {
  for (const { type, weight: full, subtype } of evidenceOfWording(wording)) {
    const used = cluster.worded.get(type) ?? 0;
    const weight = Math.min(full, MOST_WORDED - used);
    cluster.worded.set(type, used + weight);
    addEvidence(cluster, [{ type, weight, ...(subtype === undefined ? {} : { subtype }) }]);
  }
  cluster.wordings.set(wording.kind, (cluster.wordings.get(wording.kind) ?? 0) + 1);
}

/** The type of a cluster by its form and the words around it, whatever the recogniser thinks. */
export function ruledTypeOf(cluster: Cluster): EntityType {
  if (cluster.kind !== 'name') return cluster.kind;
  const rest = new Map([...cluster.scores].map(([other, score]) => [other, score - (cluster.worded.get(other) ?? 0)] as const));
  return bestType(rest);
}

export function typeOfCluster(cluster: Cluster): { readonly type: EntityType; readonly confidence: number } {
  if (cluster.kind === 'concept') return { type: 'concept', confidence: cluster.scores.get('concept') ?? 0.5 };
  if (cluster.kind === 'date') return { type: 'date', confidence: 0.95 };
  if (cluster.kind === 'amount') return { type: 'amount', confidence: 0.9 };
  return decideType(cluster.scores);
}

/** The type of `typeOfCluster` alone. */
export const entityTypeOf = (cluster: Cluster): EntityType => (cluster.kind === 'name' ? bestType(cluster.scores) : cluster.kind);

/** The best supported narrower type that fits the decided type. */
export function subtypeOfCluster(cluster: Cluster, type: EntityType): string | undefined {
  const fitting = [...cluster.subtypes].filter(([, entry]) => entry.type === type);
  return fitting.toSorted((left, right) => right[1].weight - left[1].weight || (left[0] < right[0] ? -1 : 1))[0]?.[0];
}

/** Moves everything of one cluster into another, and notes why. */
export function absorb(into: Cluster, from: Cluster, reason: NameJoin['reason'], score: number): void {
  const [name, of] = [from.mentions[0]?.surface ?? from.key, into.mentions[0]?.surface ?? into.key];
  into.joins.push(...from.joins, { name, into: of, reason, score });
  into.mentions.push(...from.mentions);
  for (const [type, weight] of from.scores) into.scores.set(type, (into.scores.get(type) ?? 0) + weight);
  for (const [subtype, entry] of from.subtypes) {
    const own = into.subtypes.get(subtype) ?? { weight: 0, type: entry.type };
    own.weight += entry.weight;
    into.subtypes.set(subtype, own);
  }
  for (const [type, weight] of from.worded) into.worded.set(type, (into.worded.get(type) ?? 0) + weight);
  for (const [kind, count] of from.wordings) into.wordings.set(kind, (into.wordings.get(kind) ?? 0) + count);
  for (const alias of from.aliases) into.aliases.add(alias);
  for (const mention of from.mentions) into.aliases.add(mention.surface);
}
