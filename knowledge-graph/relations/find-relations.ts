// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import type { Cluster } from '../names/cluster.ts';
import { fact, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { literalFact } from './literals.ts';
import { agentsOf, objectsOf } from './objects.ts';
import { isTypedVerb, readPredicate } from './predicates.ts';
import { continues, subjectOf } from './subjects.ts';
import type { VerbGroup } from './verb-groups.ts';

export function findVerbFacts(view: SentenceView): readonly Fact[] {
  const facts: Fact[] = [];
  let carried: Anchor | undefined;
  view.groups.forEach((group, index) => {
    const found = subjectOf(view, group, view.groups[index - 1]);
    const subject = found ?? (continues(view, group) ? carried : undefined);
    carried = subject;
    if (subject === undefined || (SPEECH_VERBS.has(group.lemma) && !isTypedVerb(group.lemma))) return;
    facts.push(...factsOf(view, group, subject));
  });
  return facts;
}

function factsOf(view: SentenceView, group: VerbGroup, subject: Anchor): readonly Fact[] {
  const { sentence } = view;
  const objects = objectsOf(view, group);
  const phrase = group.particle === undefined ? group.lemma : `${group.lemma} ${group.particle}`;
  if (group.passive) return passiveFacts(view, group, subject);
  if (objects.length === 0) return literalFact(view, group, subject, phrase);
  return objects.flatMap((object): readonly Fact[] => {
    if (object.cluster === subject.cluster) return [];
    if (group.lemma === 'be') return copulaFact(sentence, group, subject, object);
    const reading = readPredicate(phrase, typeOf(subject.cluster), typeOf(object.cluster));
    if (!reading.typed && isVague(subject.cluster, object.cluster)) return [];
    return [fact(sentence, group, subject, object, reading.predicate, reading.typed ? 0.75 : 0.55)];
  });
}

/** Two topics and a verb of any kind say little: an open relation needs a name at one end. */
const isVague = (subject: Cluster, object: Cluster): boolean => subject.kind === 'concept' && object.kind === 'concept';

/** "Bifrost is an AI gateway": only with an article, and only where a kind of thing follows. */
function copulaFact(sentence: Sentence, group: VerbGroup, subject: Anchor, object: Anchor): readonly Fact[] {
  const between = sentence.tokens.slice(group.to, object.from);
  const article = between.some((token) => /^(a|an|the|one)$/.test(token.lower));
  if (!article || group.particle !== undefined || object.cluster.kind !== 'concept' || subject.cluster.kind === 'concept')
    return [];
  return [fact(sentence, group, subject, object, 'be', 0.7)];
}

function passiveFacts(view: SentenceView, group: VerbGroup, patient: Anchor): readonly Fact[] {
  const agents = agentsOf(view, group);
  if (agents.length > 0) {
    return agents.flatMap((agent) => {
      if (agent.cluster === patient.cluster) return [];
      const reading = readPredicate(group.lemma, typeOf(agent.cluster), typeOf(patient.cluster));
      return [fact(view.sentence, group, agent, patient, reading.predicate, reading.typed ? 0.75 : 0.5)];
    });
  }
  if (group.particle === undefined) return [];
  return objectsOf(view, group).flatMap((object) => {
    if (object.cluster === patient.cluster) return [];
    const phrase = `be ${participle(view.sentence, group)} ${group.particle ?? ''}`;
    const reading = readPredicate(`${group.lemma} ${group.particle ?? ''}`, typeOf(patient.cluster), typeOf(object.cluster));
    return [fact(view.sentence, group, patient, object, reading.typed ? reading.predicate : phrase, 0.5)];
  });
}

const participle = (sentence: Sentence, group: VerbGroup): string => sentence.tokens[group.verb]?.lower ?? group.lemma;
