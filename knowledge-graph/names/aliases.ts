// Joins names that one document uses for one thing: "European Central Bank (ECB)", "Mara Voss … Voss".
// Never joins two things whose types are both known and differ, or whose numbers do; notes why it joined.
import type { EntityType, MergeReason } from '../contract.ts';
import { typeOfNameHead } from '../lexicon/heads.ts';
import { isKnownPlace } from '../lexicon/places.ts';
import type { Sentence } from '../language/token.ts';
import { MERGE_SCORES } from './merge-scores.ts';
import { absorb, entityTypeOf, ruledTypeOf } from './cluster.ts';
import type { Cluster, ClusterMention } from './cluster.ts';
import { differInNumber, initials, isGenerational } from './keys.ts';

type Join = (into: Cluster, from: Cluster, reason: MergeReason) => void;

export function joinAliases(clusters: readonly Cluster[], sentences: readonly Sentence[]): readonly Cluster[] {
  const gone = new Set<Cluster>();
  // A shorter form says little by itself: what the recogniser thinks of it does not hold against the longer one.
  const join = (into: Cluster, from: Cluster, reason: MergeReason, typeOf = ruledTypeOf): void => {
    if (into === from || gone.has(into) || gone.has(from) || conflict(into, from, typeOf)) return;
    absorb(into, from, reason, MERGE_SCORES[reason]);
    gone.add(from);
  };
  for (const [long, short] of declared(clusters, sentences)) join(long, short, 'declared-alias');
  const people = clusters.filter((cluster) => isFullPersonName(cluster));
  for (const cluster of clusters) {
    if (cluster.kind !== 'name' || gone.has(cluster) || /\s/.test(surfaceOf(cluster))) continue;
    const part = surfaceOf(cluster).toLowerCase();
    const bearers = people.filter((person) => !gone.has(person) && namePart(person, part));
    const [only] = bearers;
    if (bearers.length === 1 && only !== undefined) join(only, cluster, 'name-part', (name) => entityTypeOf(name));
  }
  const bodies = clusters.filter((cluster) => !gone.has(cluster) && cluster.kind === 'name' && /\s/.test(surfaceOf(cluster)));
  for (const cluster of clusters) if (!gone.has(cluster)) joinShortForm(cluster, bodies, join);
  return clusters.filter((cluster) => !gone.has(cluster));
}

const BODIES = new Set<EntityType>(['organisation', 'institution', 'media', 'place', 'event', 'law']);

/** "the Authority" after "Harbour Authority", "Lumen" after "Lumen Robotics": one word, of no type by itself. */
function joinShortForm(cluster: Cluster, all: readonly Cluster[], join: Join): void {
  const form = surfaceOf(cluster).toLowerCase();
  if (cluster.kind !== 'name' || /\s/.test(form) || ruledTypeOf(cluster) !== 'unknown' || isKnownPlace(form)) return;
  const head = typeOfNameHead(form) !== undefined;
  const bearers = all.filter((other) => {
    const parts = surfaceOf(other).toLowerCase().split(/\s+/);
    if (parts.at(-1) !== form && parts[0] !== form) return false;
    const type = entityTypeOf(other);
    return head ? parts.at(-1) === form && BODIES.has(type) : parts[0] === form && (type === 'organisation' || type === 'media');
  });
  const [first] = bearers.toSorted(
    (left, right) => right.mentions.length - left.mentions.length || (left.key < right.key ? -1 : 1),
  );
  if (first !== undefined && (bearers.length === 1 || head)) join(first, cluster, 'short-form');
}

const surfaceOf = (cluster: Cluster): string => cluster.mentions[0]?.surface ?? '';

const isFullPersonName = (cluster: Cluster): boolean =>
  cluster.kind === 'name' && /\s/.test(surfaceOf(cluster)) && entityTypeOf(cluster) === 'person';

function namePart(person: Cluster, part: string): boolean {
  const parts = surfaceOf(person).toLowerCase().split(/\s+/);
  return (parts[0] === part || parts.at(-1) === part) && !isGenerational(part);
}

function conflict(left: Cluster, right: Cluster, typeOf: (cluster: Cluster) => EntityType): boolean {
  const [first, second] = [typeOf(left), typeOf(right)];
  if (differInNumber(surfaceOf(left), surfaceOf(right))) return true;
  return first !== second && first !== 'unknown' && second !== 'unknown' && left.kind === 'name' && right.kind === 'name';
}

/** Pairs (long, short) from "Long Name (LN)" and "LN (Long Name)". */
function declared(clusters: readonly Cluster[], sentences: readonly Sentence[]): readonly (readonly [Cluster, Cluster])[] {
  const ends = new Map<string, readonly [Cluster, ClusterMention]>();
  const starts = new Map<string, readonly [Cluster, ClusterMention]>();
  for (const cluster of clusters) {
    if (cluster.kind !== 'name' && cluster.kind !== 'concept') continue;
    for (const mention of cluster.mentions) {
      ends.set(`${mention.sentence}:${mention.to}`, [cluster, mention]);
      starts.set(`${mention.sentence}:${mention.from}`, [cluster, mention]);
    }
  }
  const pairs: (readonly [Cluster, Cluster])[] = [];
  sentences.forEach((sentence, index) => {
    sentence.tokens.forEach((token, at) => {
      if (token.text !== '(') return;
      const before = ends.get(`${index}:${at}`);
      const after = starts.get(`${index}:${at + 1}`);
      if (before === undefined || after === undefined || sentence.tokens[after[1].to]?.text !== ')') return;
      const [outer, inner] = [before[1].surface, after[1].surface];
      if (initials(outer) === inner.toUpperCase().replace(/S$/, '')) pairs.push([before[0], after[0]]);
      else if (initials(inner) === outer.toUpperCase().replace(/S$/, '')) pairs.push([after[0], before[0]]);
    });
  });
  return pairs;
}
