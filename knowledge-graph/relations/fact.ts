// A fact of one sentence, and what it is read from.
import type { EntityType } from '../contract.ts';
import { INDIRECT_CONFIDENCE } from '../coreference/resolve.ts';
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence } from '../language/token.ts';
import { entityTypeOf, typeOfCluster } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import type { SaidByVerb } from './open/read-clauses.ts';
import { round } from '../typing/scores.ts';
import type { VerbGroup } from './verb-groups.ts';

export interface Fact {
  readonly subject: Cluster;
  readonly predicate: string;
  readonly object: Cluster | undefined;
  readonly literal: { readonly start: number; readonly end: number } | undefined;
  readonly polarity: 'affirmed' | 'negated';
  readonly modality: 'asserted' | 'possible' | 'planned' | 'reported';
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  /** Said beside the event of the sentence ("President Ford signed …"): its dates are not this fact's. */
  readonly inPassing?: true;
}

export interface SentenceView {
  readonly sentence: Sentence;
  readonly anchors: readonly Anchor[];
  readonly groups: readonly VerbGroup[];
  /** What its verbs say; undefined in a language whose clauses are not read. */
  readonly clauses: readonly SaidByVerb[] | undefined;
  /** Where what a verb reaches ends, if before the end of the sentence. */
  readonly limit?: number;
}

/** Types that can be what a fact is about; dates and amounts only stand as its literal or its time. */
export const isThing = (anchor: Anchor): boolean => anchor.cluster.kind === 'name' || anchor.cluster.kind === 'concept';

export const typeOf = (cluster: Cluster): EntityType => entityTypeOf(cluster);

export function fact(
  sentence: Sentence,
  group: VerbGroup,
  subject: Anchor,
  object: Anchor,
  predicate: string,
  base: number,
): Fact {
  const indirect = subject.indirect || object.indirect ? INDIRECT_CONFIDENCE : 1;
  const types = Math.min(typeOfCluster(subject.cluster).confidence, typeOfCluster(object.cluster).confidence);
  const from = Math.min(subject.from, object.from);
  const to = Math.max(object.to, group.to, subject.to);
  return {
    subject: subject.cluster,
    predicate,
    object: object.cluster,
    literal: undefined,
    polarity: group.polarity,
    modality: group.modality,
    confidence: round(base * indirect * (0.75 + 0.25 * types)),
    start: sentence.tokens[from]?.start ?? sentence.start,
    end: sentence.tokens[to - 1]?.end ?? sentence.end,
  };
}
