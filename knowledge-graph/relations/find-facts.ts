// All facts of one sentence: by roles and titles, by the words between names, by nouns, by example, and by its verbs.
import type { Anchor } from '../coreference/resolve.ts';
import type { Cluster } from '../names/cluster.ts';
import { findChineseFacts } from './chinese.ts';
import { findDeclaredFacts } from './declared.ts';
import type { DeclaredRelation } from './declared.ts';
import { findExampleFacts } from './examples.ts';
import { isThing, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { findVerbFacts } from './find-relations.ts';
import { readClauses } from './open/read-clauses.ts';
import { relationType } from './predicates.ts';
import { findNounFacts } from './relational-nouns.ts';
import { findRoleFacts } from './roles.ts';
import { findTies } from './ties/find-ties.ts';

/** A sentence with the things anchored in it and its verbs. */
export type ReadSentence = Pick<SentenceView, 'sentence' | 'anchors' | 'groups'>;

/** Facts about the things anchored in a sentence; a headline says none that its words alone would prove. */
export function findFacts({ sentence, anchors, groups }: ReadSentence, declared: readonly DeclaredRelation[]): readonly Fact[] {
  if (sentence.headline || !anchors.some(isThing)) return [];
  const { tokens } = sentence;
  const isHan = /\p{Script=Han}/u.test(tokens[0]?.text ?? '');
  const view = { sentence, anchors, groups, clauses: isHan ? undefined : readClauses(tokens, namesOf(anchors)).said };
  const own = findDeclaredFacts(view, declared);
  const found = [
    ...findRoleFacts(view).map((fact) => ({ ...fact, inPassing: true as const })),
    ...findNounFacts(view),
    ...findTies(view).map((fact) => (isPlaceInPlace(fact) ? { ...fact, inPassing: true as const } : fact)),
    ...(isHan ? findChineseFacts(view) : []),
    ...findExampleFacts(view),
    ...findVerbFacts(view),
  ];
  // What a person declared says the same better.
  const isOwn = ({ subject, object, start }: Fact): boolean =>
    own.some((other) => other.subject === subject && other.object === object && other.start === start);
  return withoutRepeats([...own, ...found.filter((fact) => !isOwn(fact)).map(fromTheUsualEnd)]);
}

/** "printed in 1862 at Kyelang, Lahul": the date is of the printing. */
const isPlaceInPlace = ({ predicate, subject, object }: Fact): boolean =>
  predicate === 'locate in' && object !== undefined && typeOf(subject) === 'place' && typeOf(object) === 'place';

const namesOf = (anchors: readonly Anchor[]): readonly Anchor[] =>
  anchors.filter(({ cluster, indirect }) => cluster.kind === 'name' && !indirect);

/** "Acme employs Ada" is "Ada works for Acme": of two names for one relation the first of the table is kept. */
function fromTheUsualEnd(fact: Fact): Fact {
  const inverse = relationType(relationType(fact.predicate)?.inverse ?? '');
  const isUsual = inverse === undefined || inverse.predicate === fact.predicate || !inverse.isUsualEnd;
  return isUsual || fact.object === undefined
    ? fact
    : { ...fact, subject: fact.object, predicate: inverse.predicate, object: fact.subject };
}

/** The same fact found twice, and "works for" beside "leads", say nothing more. The first one is kept. */
function withoutRepeats(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Map<Cluster, Fact[]>();
  return facts.filter((fact) => {
    const known = seen.get(fact.subject) ?? [];
    seen.set(fact.subject, known);
    const repeats = known.some(
      (other) =>
        other.object !== undefined &&
        other.object === fact.object &&
        (other.predicate === fact.predicate || (fact.predicate === 'work for' && other.predicate === 'lead')),
    );
    if (!repeats) known.push(fact);
    return !repeats;
  });
}
