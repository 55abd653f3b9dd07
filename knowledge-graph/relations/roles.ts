// Offices told without a verb: "Mara Voss, mayor of Riverton", "Acme CEO Jane Doe". They say what somebody is, too.
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence, Token } from '../language/token.ts';
import { HONORIFICS, isRole, LEADING_ROLES, ROLE_MODIFIERS } from '../lexicon/titles.ts';
import { addEvidence, entityTypeOf } from '../names/cluster.ts';
import { round } from '../typing/scores.ts';
import type { Fact, SentenceView } from './fact.ts';

const typeOf = (anchor: Anchor): string => entityTypeOf(anchor.cluster);
const isBody = (anchor: Anchor): boolean =>
  ['organisation', 'institution', 'media', 'place', 'unknown', 'product'].includes(typeOf(anchor));
const isPerson = (anchor: Anchor): boolean => typeOf(anchor) === 'person' || typeOf(anchor) === 'unknown';

export function findRoleFacts({ sentence, anchors }: SentenceView): readonly Fact[] {
  const facts: Fact[] = [];
  const named = anchors.filter((anchor) => anchor.cluster.kind === 'name');
  named.forEach((left, index) => {
    const right = named[index + 1];
    if (right === undefined || left.cluster === right.cluster) return;
    const gap = sentence.tokens.slice(left.to, right.from);
    const role = roleIn(gap);
    const tied = role === undefined ? undefined : roleTie(sentence, left, right, gap, role);
    if (tied !== undefined) facts.push(tied);
  });
  return facts;
}

/** The role noun of a gap, with its modifiers: "deputy mayor". */
function roleIn(gap: readonly Token[]): string | undefined {
  if (gap.length === 0 || gap.length > 9 || gap.some((token) => /^(VERB|SCONJ)$/.test(token.pos))) return undefined;
  const at = gap.findLastIndex((token) => isRole(token.lower));
  if (at < 0) return undefined;
  let from = at;
  while (from > 0 && (ROLE_MODIFIERS.has(gap[from - 1]?.lower ?? '') || isRole(gap[from - 1]?.lower ?? ''))) from--;
  return gap
    .slice(from, at + 1)
    .map((token) => token.lower)
    .join(' ');
}

function roleTie(sentence: Sentence, left: Anchor, right: Anchor, gap: readonly Token[], role: string): Fact | undefined {
  const first = gap[0];
  const after = gap.slice(gap.findLastIndex((token) => isRole(token.lower)) + 1).map((token) => token.lower);
  const predicate =
    LEADING_ROLES.has(role.split(' ').at(-1) ?? '') && !/^(former|deputy|vice|assistant)/.test(role) ? 'lead' : 'work for';
  // "Mara Voss, (the) mayor of Riverton", "Mara Voss is (the) mayor of Riverton"
  const opens = first?.text === ',' || first?.lemma === 'be' || first?.text === '(';
  if (opens && isPerson(left) && isBody(right) && /^(of|at|for|in)( the)?$/.test(after.join(' '))) {
    addEvidence(left.cluster, [{ type: 'person', weight: 2, subtype: role }]);
    return tie(sentence, left, right, predicate, 0.85);
  }
  // "Acme CEO Jane Doe", "Acme's CEO, Jane Doe", "the Riverton mayor Mara Voss"
  const possessive = first?.text === "'s" || first?.text === '’s' || left.indirect;
  if (
    isBody(left) &&
    isPerson(right) &&
    (possessive || isRole(first?.lower ?? '') || ROLE_MODIFIERS.has(first?.lower ?? '')) &&
    after.every((word) => word === ',' || HONORIFICS.has(word))
  ) {
    addEvidence(right.cluster, [{ type: 'person', weight: 2, subtype: role }]);
    return tie(sentence, right, left, predicate, 0.8);
  }
  return undefined;
}

function tie(sentence: Sentence, subject: Anchor, object: Anchor, predicate: string, confidence: number): Fact {
  const first = Math.min(subject.from, object.from);
  const last = Math.max(subject.to, object.to);
  return {
    subject: subject.cluster,
    predicate,
    object: object.cluster,
    literal: undefined,
    polarity: 'affirmed',
    modality: 'asserted',
    confidence: round(confidence),
    start: sentence.tokens[first]?.start ?? sentence.start,
    end: sentence.tokens[last - 1]?.end ?? sentence.end,
  };
}
