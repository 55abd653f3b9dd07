// The circles people belong to: the graph's communities, largest first, and the general public around them.
// Invariant: the general public is always there and always last.
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { IssueReader } from './leaning.ts';

const GENERAL_PUBLIC = 'general public';
const MAX_COMMUNITIES = 12;
/** Share of the crowd that belongs to none of the documents' circles. */
const PUBLIC_SHARE = 0.4;
const MAX_TERMS = 24;

export interface CommunityPlan {
  readonly label: string;
  readonly terms: readonly string[];
  readonly members: readonly string[];
  /** Share of the crowd. */
  readonly share: number;
  /** By issue: what the documents' statements by and about its members lean to, −1 … +1. */
  readonly lean: readonly number[];
}

/** Sizes go by the salience of members, so that a circle around a central actor draws more people. */
export function planCommunities(graph: GraphSnapshot, readers: readonly IssueReader[]): readonly CommunityPlan[] {
  const salience = new Map(graph.entities.map((entity) => [entity.id, entity.salience]));
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  const ranked = graph.communities
    .map((community) => ({ community, weight: community.members.reduce((sum, id) => sum + 0.05 + (salience.get(id) ?? 0), 0) }))
    .filter(({ community }) => community.level === 0 && community.members.length >= 2)
    .toSorted((a, b) => b.weight - a.weight || (a.community.id < b.community.id ? -1 : 1))
    .slice(0, MAX_COMMUNITIES);
  const total = ranked.reduce((sum, { weight }) => sum + weight, 0);
  const labels = new Set<string>([GENERAL_PUBLIC]);
  const circles = ranked.map(({ community, weight }) => ({
    label: uniqueLabel(community.label, labels),
    terms: community.members.slice(0, MAX_TERMS).flatMap((id) => names.get(id)?.toLowerCase() ?? []),
    members: community.members,
    share: ((1 - PUBLIC_SHARE) * weight) / total,
    lean: readers.map((reader) => communityLean(graph, new Set(community.members), reader)),
  }));
  const publicShare = circles.length === 0 ? 1 : PUBLIC_SHARE;
  return [...circles, { label: GENERAL_PUBLIC, terms: [], members: [], share: publicShare, lean: readers.map(() => 0) }];
}

function uniqueLabel(label: string, taken: Set<string>): string {
  let unique = label;
  for (let n = 2; taken.has(unique); n++) unique = `${label} ${n}`;
  taken.add(unique);
  return unique;
}

function communityLean(graph: GraphSnapshot, members: ReadonlySet<string>, reader: IssueReader): number {
  let sum = 0;
  let weight = 2;
  for (const claim of graph.claims) {
    const ofMembers = (claim.speaker !== undefined && members.has(claim.speaker)) || claim.about.some((id) => members.has(id));
    if (!ofMembers || reader.relevance(claim.text) === 0) continue;
    sum += reader.lean(claim.text) * claim.confidence;
    weight += claim.confidence;
  }
  return sum / weight;
}
