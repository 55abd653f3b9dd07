// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { Anchor } from '../coreference/resolve.ts';
import { startsCapital } from '../language/token.ts';
import type { Sentence, Token } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import type { Cluster } from '../names/cluster.ts';
import { round } from '../typing/scores.ts';
import { isPatient } from './chinese.ts';
import { fact, isThing, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { literalFact } from './literals.ts';
import { agentsOf, objectsOf } from './objects.ts';
import type { Clause } from './open/clauses.ts';
import type { Span } from './open/subject-phrase.ts';
import { confidenceOf } from './open/confidence.ts';
import type { SaidByVerb } from './open/read-clauses.ts';
import { isPossessive } from './open/noun-phrases.ts';
import { isRelationalNoun, isTypedVerb, readPredicate, relationType } from './predicates.ts';
import { continues, subjectOf } from './subjects.ts';
import { readVerbGroup } from './verb-groups.ts';
import type { VerbGroup } from './verb-groups.ts';

/** Below this an open relation is too unsure to be shown as a fact; a typed one has its signature to speak for it. */
const SURE = 0.45;
const SURE_TYPED = 0.25;

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

function factsOfClause(view: SentenceView, { clause, subject, features }: SaidByVerb): readonly Fact[] {
  if (isDoubtful(view.sentence.tokens, clause)) return [];
  const subjects = subjectsOf(view, clause.link, subject);
  if (subjects.length === 0) return [];
  const { tokens } = view.sentence;
  const { verb } = clause;
  const known = view.groups.find((group) => group.verb === verb.main);
  if (known === undefined && clause.link !== 'participle') return [];
  const read = known ?? readVerbGroup(tokens, verb.from, verb.main);
  const group = {
    ...read,
    passive: read.passive || isBareParticiple(tokens, clause),
    modality: isConditional(tokens, clause) ? ('possible' as const) : read.modality,
  };
  if (isSaying(group) || isSpeechTag(tokens, group)) return [];
  const clipped = { ...view, limit: clause.end };
  const facts = subjects.flatMap((anchor) => factsOf(clipped, group, anchor));
  if (facts.length === 0) return [];
  const confidence = confidenceOf(features());
  return facts
    .filter((fact) => confidence >= (isTyped(fact) ? SURE_TYPED : SURE))
    .map((fact) => ({ ...fact, confidence: round(fact.confidence * (0.8 + 0.25 * confidence)) }));
}

/** A capital within a sentence opens a title, not a verb; "a layer using keys" may say "using" of anything before. */
const isDoubtful = (tokens: readonly Token[], { verb, link, start }: Clause): boolean =>
  (verb.main > 0 && startsCapital(tokens[verb.main]?.text ?? '')) ||
  (link === 'participle' && verb.form === 'gerund' && start === verb.from);

/** "directed by", "(written and) directed by": passive without an auxiliary. */
const isBareParticiple = (tokens: readonly Token[], { link, verb }: Clause): boolean =>
  verb.form === 'participle' && (link === 'participle' || tokens[verb.to]?.lower === 'by');

const isTyped = ({ predicate }: Fact): boolean => predicate === 'be' || relationType(predicate) !== undefined;

/** "if X …", "whether X …", and questions. */
function isConditional(tokens: readonly Token[], { start, subject }: Clause): boolean {
  for (let at = Math.max(0, start - 1); at < subject.from; at++)
    if (/^(if|unless|whether)$/.test(tokens[at]?.lower ?? '')) return true;
  return tokens.at(-1)?.text === '?';
}

/** "Its robot, the Atlas 3, is …": the name in an aside says what the noun before it is. */
function subjectsOf(view: SentenceView, link: Clause['link'], subject: Span): readonly Anchor[] {
  const own = subjectsIn(view, subject);
  if (link !== 'aside' || own.some(({ cluster }) => cluster.kind === 'name')) return own;
  const { tokens } = view.sentence;
  const at = tokens[subject.to + 1]?.pos === 'DET' ? subject.to + 2 : subject.to + 1;
  const aside = view.anchors.find(({ from, to, cluster }) => from === at && cluster.kind === 'name' && tokens[to]?.text === ',');
  return aside === undefined ? own : [aside];
}

/** The things that a subject is about: the head of each of its joined phrases, not what hangs on a preposition. */
function subjectsIn({ sentence, anchors }: SentenceView, { from, to }: Span): readonly Anchor[] {
  const { tokens } = sentence;
  let hanging = false;
  let expected = from;
  return anchors.filter((anchor) => {
    if (anchor.from < from || anchor.to > to || !isThing(anchor) || anchor.from < expected) return false;
    for (let at = expected; at < anchor.from; at++) {
      const { pos = 'X', lower = '' } = tokens[at] ?? {};
      if (pos === 'ADP') hanging = true;
      if (pos === 'CCONJ' || lower === ',') hanging = false;
    }
    expected = anchor.to;
    const next = tokens[anchor.to];
    // "its director": whose, not who.
    if (anchor.to < to && /^(its|his|her|their)$/.test(tokens[anchor.from]?.lower ?? '')) return false;
    const isHead = anchor.to >= to || !/^(NOUN|PROPN|ADJ)$/.test(next?.pos ?? '');
    return !hanging && isHead && !isPossessive(next) && next?.text !== '-';
  });
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
  return objectsOf(view, group).flatMap((object) => {
    if (object.cluster === patient.cluster) return [];
    const phrase = `be ${participle(view.sentence, group)} ${group.particle ?? ''}`;
    const reading = readPredicate(`${group.lemma} ${group.particle ?? ''}`, typeOf(patient.cluster), typeOf(object.cluster));
    return [fact(view.sentence, group, patient, object, reading.typed ? reading.predicate : phrase, 0.5)];
  });
}

const participle = (sentence: Sentence, group: VerbGroup): string => sentence.tokens[group.verb]?.lower ?? group.lemma;
