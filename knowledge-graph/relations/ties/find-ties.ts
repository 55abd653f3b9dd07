// Facts that the words between two names say: who works for whom, what lies where, who killed whom.
import type { Anchor } from '../../coreference/resolve.ts';
import type { Token } from '../../language/token.ts';
import { isRegion } from '../../lexicon/regions.ts';
import { round } from '../../typing/scores.ts';
import { typeOf } from '../fact.ts';
import type { Fact, SentenceView } from '../fact.ts';
import { readGap } from './gap.ts';
import { TIES } from './patterns.ts';
import type { TiePattern } from './patterns.ts';

const REACH = 5;

export function findTies({ sentence, anchors }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  const named = anchors.filter(({ cluster }) => cluster.kind === 'name');
  const facts: Fact[] = [];
  const add = (subject: Anchor, object: Anchor, predicate: string, confidence: number): void => {
    if (subject.cluster === object.cluster) return;
    if (facts.some((fact) => fact.subject === subject.cluster && fact.object === object.cluster && fact.predicate === predicate)) return;
    const [from, to] = [Math.min(subject.from, object.from), Math.max(subject.to, object.to)];
    facts.push({
      subject: subject.cluster,
      predicate,
      object: object.cluster,
      literal: undefined,
      polarity: 'affirmed',
      modality: 'asserted',
      confidence: round(confidence),
      start: tokens[from]?.start ?? sentence.start,
      end: tokens[to - 1]?.end ?? sentence.end,
    });
  };
  named.forEach((left, index) => {
    for (let ahead = index + 1; ahead < Math.min(named.length, index + REACH); ahead++) {
      const right = named[ahead];
      if (right === undefined || right.from < left.to) continue;
      const [from, to] = [endOf(left), endOf(right)];
      if (from === undefined || to === undefined) continue;
      const gap = readGap(tokens, left.to, right.from, anchors.filter((anchor) => anchor.from >= left.to && anchor.to <= right.from));
      if (gap === undefined) break;
      if (from === 'place' && to === 'place' && gap === ', ' && isContainer(tokens, left, right)) add(left, right, 'locate in', 0.75);
      const pattern = TIES.find((candidate) => candidate.left === from && candidate.right === to && candidate.gap.test(gap));
      if (pattern === undefined) continue;
      const [subject, object] = pattern.turned ? [right, left] : [left, right];
      add(subject, object, pattern.predicate, pattern.confidence);
    }
  });
  return facts;
}

/** What the patterns tell apart; other types have no ties of this kind. */
function endOf({ cluster }: Anchor): TiePattern['left'] | undefined {
  const type = typeOf(cluster);
  if (type === 'organisation' || type === 'institution' || type === 'media') return 'body';
  return type === 'person' || type === 'place' ? type : undefined;
}

const wordsOf = (tokens: readonly Token[], { from, to }: Anchor): string =>
  tokens
    .slice(from, to)
    .map((token) => token.lower)
    .join(' ');

/** "Seoul, South Korea": a town with its country or state; two states are items of a list. */
const isContainer = (tokens: readonly Token[], inner: Anchor, outer: Anchor): boolean =>
  isRegion(wordsOf(tokens, outer).replace(' .', '.')) && !isRegion(wordsOf(tokens, inner));
