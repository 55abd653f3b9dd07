// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence, Token } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import { round } from '../typing/scores.ts';
import { isPatient } from './chinese.ts';
import { isPointedAt, subjectsOf } from './clause-subjects.ts';
import { isConditional, isDoubtfulClause } from './doubtful-clauses.ts';
import { fact, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { endOfPhrase, GIVING, literalFact, passiveLiteral } from './literals.ts';
import { agentsOf, objectsOf } from './objects.ts';
import type { Clause } from './open/clauses.ts';
import { confidenceOf } from './open/confidence.ts';
import type { SaidByVerb } from './open/read-clauses.ts';
import { isRelationalNoun, isTypedVerb, readPredicate, relationType } from './predicates.ts';
import { continues, subjectOf } from './subjects.ts';
import { readVerbGroup } from './verb-groups.ts';
import type { VerbGroup } from './verb-groups.ts';

/** Below this an open relation is too unsure to be shown as a fact; a typed one has its signature to speak for it. */
const SURE = 0.45;
const SURE_TYPED = 0.25;
const SURE_OF_TOPICS = 0.42;

export function findVerbFacts(view: SentenceView): readonly Fact[] {
  return view.clauses === undefined ? factsOfGroups(view) : view.clauses.flatMap((relation) => factsOfClause(view, relation));
}

/** Chinese, and whatever else has no clauses: the subject is the nearest fitting thing before the verb. */
function factsOfGroups(view: SentenceView): readonly Fact[] {
  const facts: Fact[] = [];
  let carried: Anchor | undefined;
  view.groups.forEach((group, index) => {
    const found = subjectOf(view, group, view.groups[index - 1]);
    const subject = found ?? (continues(view, group) ? carried : undefined);
    carried = subject;
    if (subject === undefined || isSaying(group) || isPatient(view, subject)) return;
    facts.push(...factsOf(view, group, subject));
  });
  return facts;
}

/** "…", writes X: who said it stands behind, and what stands before is no subject. */
const isSpeechTag = (tokens: readonly Token[], { from, lemma }: VerbGroup): boolean =>
  SPEECH_VERBS.has(lemma) && /^[,"'”’]$/.test(tokens[from - 1]?.text ?? '');

const isSaying = ({ lemma }: VerbGroup): boolean => SPEECH_VERBS.has(lemma) && !isTypedVerb(lemma);

function factsOfClause(view: SentenceView, said: SaidByVerb): readonly Fact[] {
  const { clause, features } = said;
  if (isDoubtfulClause(view, clause)) return [];
  const subjects = subjectsOf(view, clause.link, said.subject);
  if (subjects.length === 0) return [];
  const group = groupOf(view, said);
  if (group === undefined || isSaying(group) || isSpeechTag(view.sentence.tokens, group)) return [];
  const clipped = { ...view, limit: clause.end };
  const facts = subjects.flatMap((anchor) => factsOf(clipped, group, anchor));
  if (facts.length === 0) return [];
  const confidence = confidenceOf(features());
  return facts
    .filter((fact) => confidence >= leastOf(fact))
    .map((fact) => ({ ...fact, confidence: round(fact.confidence * (0.8 + 0.25 * confidence)) }));
}

/** The verb of a clause with its voice, polarity and modality, some of which only the verb before it says: "must be read and signed". */
function groupOf(view: SentenceView, { clause }: SaidByVerb): VerbGroup | undefined {
  const { tokens } = view.sentence;
  const { verb, link } = clause;
  const at = view.groups.findIndex((group) => group.verb === verb.main);
  const known = view.groups[at];
  if (known === undefined && link !== 'participle') return undefined;
  const read = known ?? readVerbGroup(tokens, verb.from, verb.main);
  const isOwn = tokens.slice(read.from, read.verb).some(({ pos }) => pos === 'AUX');
  const before = link === 'shared' && !isOwn ? view.groups[at - 1] : undefined;
  return {
    ...read,
    passive: read.passive || isBareParticiple(tokens, clause) || (before?.passive === true && verb.form === 'participle'),
    polarity: isNothing(tokens[read.to]) || before?.polarity === 'negated' ? opposite(read.polarity) : read.polarity,
    modality: isConditional(tokens, clause) ? 'possible' : (before?.modality ?? read.modality),
  };
}

/** "gives no guarantees" */
const isNothing = (token: Token | undefined): boolean => token?.lower === 'no' && token.pos === 'DET';

const opposite = (polarity: Fact['polarity']): Fact['polarity'] => (polarity === 'affirmed' ? 'negated' : 'affirmed');

/** "directed by", "(written and) directed by": passive without an auxiliary. */
const isBareParticiple = (tokens: readonly Token[], { link, verb }: Clause): boolean =>
  verb.form === 'participle' && (link === 'participle' || tokens[verb.to]?.lower === 'by');

/** A topic has no name to speak for it: what is said of it must be read more surely. */
function leastOf(fact: Fact): number {
  if (fact.subject.kind === 'concept' && fact.object?.kind !== 'name') return SURE_OF_TOPICS;
  return isTyped(fact) ? SURE_TYPED : SURE;
}

const isTyped = ({ predicate }: Fact): boolean => predicate === 'be' || relationType(predicate) !== undefined;

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
    const said = fact(sentence, group, subject, object, reading.predicate, reading.typed ? 0.75 : 0.55);
    if (object.cluster.kind !== 'concept') return [said];
    // "gives enterprises confidence": who receives and what, in one run of nouns.
    if (GIVING.has(group.lemma)) return [];
    if (isPointedAt(sentence.tokens, object)) return [];
    const literal = wordsOf(view, group, object);
    return [{ ...said, literal, end: Math.max(said.end, literal?.end ?? 0) }];
  });
}

/** What a topic is called here, in case it does not become one of the graph: "the highest level of flexibility". */
function wordsOf({ sentence: { tokens }, limit }: SentenceView, group: VerbGroup, { from, to }: Anchor): Fact['literal'] {
  let at = from;
  while (at > group.to && /^(ADJ|NUM|NOUN|PROPN)$/.test(tokens[at - 1]?.pos ?? '')) at--;
  const end = Math.max(to, endOfPhrase(tokens, at, limit));
  const [first, last] = [tokens[at], tokens[end - 1]];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** "Bifrost is an AI gateway": only with an article, and only where a kind of thing follows. */
function copulaFact(sentence: Sentence, group: VerbGroup, subject: Anchor, object: Anchor): readonly Fact[] {
  const between = sentence.tokens.slice(group.to, object.from);
  const article = between.some((token) => /^(a|an|the|one)$/.test(token.lower));
  // "is the capital of": the relation says it, with whose.
  const last = sentence.tokens[object.to - 1];
  if (last !== undefined && isRelationalNoun(last.lemma) && sentence.tokens[object.to]?.lower === 'of') return [];
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
  const { particle } = group;
  const phrase = `be ${participle(view.sentence, group)} ${particle}`;
  const objects = objectsOf(view, group);
  if (objects.length === 0) return passiveLiteral(view, group, patient, phrase);
  return objects.flatMap((object) => {
    if (object.cluster === patient.cluster) return [];
    const reading = readPredicate(`${group.lemma} ${particle}`, typeOf(patient.cluster), typeOf(object.cluster));
    return [fact(view.sentence, group, patient, object, reading.typed ? reading.predicate : phrase, 0.5)];
  });
}

const participle = (sentence: Sentence, group: VerbGroup): string => sentence.tokens[group.verb]?.lower ?? group.lemma;
