// Facts that the words between two names say: who works for whom, what lies where, who killed whom.
import type { EntityType } from '../../contract.ts';
import type { Anchor } from '../../coreference/resolve.ts';
import type { Sentence, Token } from '../../language/token.ts';
import { isRegion } from '../../lexicon/regions.ts';
import { addEvidence } from '../../names/cluster.ts';
import { round } from '../../typing/scores.ts';
import { typeOf } from '../fact.ts';
import type { Fact, SentenceView } from '../fact.ts';
import { isDoubted } from '../hedges.ts';
import { createGapReader } from './gap.ts';
import type { ReadGap } from './gap.ts';
import { APPOSED, OFFICE_AFTER, TIES } from './patterns.ts';
import type { TiePattern } from './patterns.ts';

const REACH = 5;

export function findTies({ sentence, anchors }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  const named = anchors.flatMap((anchor): readonly Named[] => {
    if (anchor.cluster.kind !== 'name') return [];
    const type = typeOf(anchor.cluster);
    const end = endOf(type);
    return end === undefined && type !== 'unknown' ? [] : [{ ...anchor, end }];
  });
  if (named.length < 2) return [];
  const read = createGapReader(tokens, anchors);
  const ties: Tie[] = [];
  named.forEach((left, index) => {
    for (const right of named.slice(index + 1, index + REACH)) {
      if (right.from < left.to) continue;
      const gap = read(left.to, right.from);
      if (gap === undefined) break;
      const tie = readTie({ tokens, read }, left, right, gap);
      if (tie !== undefined) ties.push(tie);
    }
  });
  return [...ties, ...spread(read, named, ties)].flatMap((tie, index, all) =>
    tie.subject.cluster === tie.object.cluster || all.findIndex((other) => isSame(other, tie)) < index
      ? []
      : [toFact(sentence, tie)],
  );
}

interface Named extends Anchor {
  /** Undefined where its type is unknown. */
  readonly end: TiePattern['left'] | undefined;
}

interface Tie {
  readonly subject: Named;
  readonly object: Named;
  readonly predicate: string;
  readonly confidence: number;
}

const isSame = (left: Tie, right: Tie): boolean =>
  left.subject.cluster === right.subject.cluster &&
  left.object.cluster === right.object.cluster &&
  left.predicate === right.predicate;

interface Reading {
  readonly tokens: readonly Token[];
  readonly read: ReadGap;
}

function readTie(reading: Reading, left: Named, right: Named, gap: string): Tie | undefined {
  const { tokens } = reading;
  // An office or a killing says what stands at both ends, even where nothing else does.
  const telling = /ROLE|KILL/.test(gap);
  const placed = /(?:based|born|native) .*(?:in|near|of) (?:mod )*$/.test(gap);
  const dateline = gap === ', ' && isRegion(wordsOf(tokens, right));
  for (const from of endsOf(tokens, left, telling, dateline)) {
    for (const to of endsOf(tokens, right, telling, dateline || placed)) {
      const tie = tieBetween(reading, { left, right, from, to }, gap);
      if (tie === undefined) continue;
      if (left.end !== undefined && right.end !== undefined) return tie;
      settle(left, from);
      settle(right, to);
      return { ...tie, confidence: tie.confidence * GUESSED };
    }
  }
  return undefined;
}

interface Ends {
  readonly left: Named;
  readonly right: Named;
  readonly from: TiePattern['left'];
  readonly to: TiePattern['left'];
}

function tieBetween({ tokens, read }: Reading, { left, right, from, to }: Ends, gap: string): Tie | undefined {
  if (from === 'place' && to === 'place' && gap === ', ' && isContainer(tokens, left, right))
    return { subject: left, object: right, predicate: 'locate in', confidence: 0.75 };
  if (from === 'person' && to !== 'person' && gap !== '' && APPOSED.test(gap)) {
    const after = read(right.to, Math.min(tokens.length, right.to + 5)) ?? '';
    if (OFFICE_AFTER.test(after))
      return { subject: left, object: right, predicate: to === 'body' ? 'work for' : 'live in', confidence: 0.75 };
  }
  const pattern = TIES.find((candidate) => candidate.left === from && candidate.right === to && candidate.gap.test(gap));
  if (pattern === undefined) return undefined;
  const [subject, object] = pattern.turned ? [right, left] : [left, right];
  return { subject, object, predicate: pattern.predicate, confidence: pattern.confidence };
}

const GUESSED = 0.8;

function endsOf(tokens: readonly Token[], anchor: Named, telling: boolean, placed: boolean): readonly TiePattern['left'][] {
  if (anchor.end !== undefined) return [anchor.end];
  if (placed || isRegion(wordsOf(tokens, anchor))) return ['place'];
  return telling ? ['person', 'body'] : [];
}

/** What a tie says of a thing of unknown type. */
function settle(anchor: Named, end: TiePattern['left']): void {
  if (anchor.end === undefined) addEvidence(anchor.cluster, [{ type: end === 'body' ? 'organisation' : end, weight: 1.5 }]);
}

/** What holds further: of the other items of a list ("A and B in C"), and of what the place itself lies in. */
function spread(read: ReadGap, named: readonly Named[], ties: readonly Tie[]): readonly Tie[] {
  const listed = ties.flatMap((tie): readonly Tie[] => {
    const { subject, object } = tie;
    if (tie.predicate === 'kill' || subject.from > object.from) return [];
    const before = named[named.indexOf(subject) - 1];
    const joined = before !== undefined && before.end === subject.end && /^(and )$/.test(read(before.to, subject.from) ?? '');
    return joined ? [{ ...tie, subject: before, confidence: tie.confidence * 0.9 }] : [];
  });
  const wider = [...ties, ...listed].flatMap((tie): readonly Tie[] =>
    !PLACED.has(tie.predicate)
      ? []
      : ties
          .filter((outer) => outer.predicate === 'locate in' && outer.subject === tie.object && outer.object !== tie.subject)
          .map((outer) => ({ ...tie, object: outer.object, confidence: tie.confidence * 0.9 })),
  );
  return [...listed, ...wider];
}

const PLACED: ReadonlySet<string> = new Set(['locate in', 'live in', 'born in']);

function toFact({ tokens, start, end }: Sentence, { subject, object, predicate, confidence }: Tie): Fact {
  const [from, to] = [Math.min(subject.from, object.from), Math.max(subject.to, object.to)];
  return {
    subject: subject.cluster,
    predicate,
    object: object.cluster,
    literal: undefined,
    polarity: 'affirmed',
    modality: isDoubted(tokens.slice(from, to)) ? 'possible' : 'asserted',
    confidence: round(confidence),
    start: tokens[from]?.start ?? start,
    end: tokens[to - 1]?.end ?? end,
  };
}

/** What the patterns tell apart; other types have no ties of this kind. */
function endOf(type: EntityType): TiePattern['left'] | undefined {
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
