// Facts of relations that a person declared for a graph: the verbs they name, between the types they name.
import type { EntityType } from '../contract.ts';
import { fact, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { agentsOf, objectsOf } from './objects.ts';
import { subjectOf } from './subjects.ts';
import type { VerbGroup } from './verb-groups.ts';

export interface DeclaredRelation {
  readonly predicate: string;
  /** By lemma, with a preposition where one belongs to it: "warn", "warn about". */
  readonly verbs: readonly string[];
  /** Types that it ties; any where none is named. */
  readonly from: readonly EntityType[];
  readonly to: readonly EntityType[];
}

const TYPED_CONFIDENCE = 0.75;

export function findDeclaredFacts(view: SentenceView, declared: readonly DeclaredRelation[]): readonly Fact[] {
  if (declared.length === 0) return [];
  return view.groups.flatMap((group, index) => {
    const relations = declared.filter(({ verbs }) => verbs.includes(group.lemma) || verbs.includes(phraseOf(group)));
    if (relations.length === 0) return [];
    const found = subjectOf(view, group, view.groups[index - 1]);
    if (found === undefined) return [];
    const pairs = group.passive
      ? agentsOf(view, group).map((agent) => [agent, found] as const)
      : objectsOf(view, group).map((object) => [found, object] as const);
    return relations.flatMap(({ predicate, from, to }) =>
      pairs
        .filter(([subject, object]) => subject.cluster !== object.cluster)
        .filter(([subject, object]) => fits(from, typeOf(subject.cluster)) && fits(to, typeOf(object.cluster)))
        .map(([subject, object]) => fact(view.sentence, group, subject, object, predicate, TYPED_CONFIDENCE)),
    );
  });
}

const phraseOf = ({ lemma, particle }: VerbGroup): string => (particle === undefined ? lemma : `${lemma} ${particle}`);

const fits = (allowed: readonly EntityType[], type: EntityType): boolean => allowed.length === 0 || allowed.includes(type);
