// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { Anchor } from '../coreference/resolve.ts';
import { isVerbal, startsCapital } from '../language/token.ts';
import type { Sentence, Token } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import type { Cluster } from '../names/cluster.ts';
import { round } from '../typing/scores.ts';
import { isPatient } from './chinese.ts';
import { fact, isThing, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { endOfPhrase, GIVING, literalFact, passiveLiteral } from './literals.ts';
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
  if (isDoubtful(view.sentence, clause) || (clause.link === 'shared' && isAnothers(view, clause))) return [];
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

/** A capital within a sentence opens a title, not a verb; in notes a past form may be what was done to the thing. */
function isDoubtful({ tokens }: Sentence, { verb, link, start, subject }: Clause): boolean {
  if (verb.main > 0 && startsCapital(tokens[verb.main]?.text ?? '')) return true;
  if (link === 'purpose' && verb.passive) return true;
  const before = tokens[subject.from - 1];
  // "the book by Ada is …", "a firm based in Bern founded by Ada": of what stands further before, perhaps.
  if ((link === 'direct' || (link === 'participle' && start === verb.from)) && isHung(before)) return true;
  // "Built by Ada and sold to Bo, the house, …": the subject must follow at once.
  if (link === 'fronted' && before?.text !== ',') return true;
  if (opensWithGerund(tokens, subject) || isCaused(tokens, subject)) return true;
  if (verb.form === 'participle' && link === 'direct' && isModifier(tokens, verb, subject)) return true;
  // "a layer using keys", "explains how to build it, using keys": may say "using" of anything before.
  if (link === 'participle' && verb.form === 'gerund')
    return (
      start === verb.from ||
      tokens.slice(0, subject.from).some(isVerbal) ||
      tokens.slice(subject.to, start).filter(({ pos }) => pos === 'VERB').length > 1
    );
  return !isClosed(tokens) && (link !== 'direct' || !isOvertlyFinite(tokens, verb));
}

const isHung = (token: Token | undefined): boolean =>
  token?.pos === 'ADP' && /^(by|of|with|from|at|on|for|in|into)$/.test(token.lower);

/** "asks them to read it or sign it", "explains how it works with emulation or dedicated hardware": not what the subject does. */
function isAnothers({ sentence: { tokens }, groups }: SentenceView, { verb, subject }: Clause): boolean {
  if (tokens.slice(verb.from, verb.main).some(({ pos }) => pos === 'AUX')) return false;
  const before = groups.findLast((group) => group.verb < verb.main);
  const isChained = (at: number): boolean => groups.some((group) => group.from < at && at < group.verb);
  for (let at = subject.to; at < verb.from; at++) if (opensInfinitive(tokens, at) && !isChained(at)) return true;
  const earlier = tokens[before?.verb ?? -1];
  const isPast = earlier === undefined || (earlier.lower !== earlier.lemma && !earlier.lower.endsWith('s'));
  return verb.form === 'participle' && !isPast;
}

/** "to read", "to either read" */
function opensInfinitive(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (/^(ADV|CCONJ)$/.test(tokens[next]?.pos ?? '')) next++;
  return tokens[at]?.lower === 'to' && tokens[next]?.pos === 'VERB';
}

/** "Raising the limit requires …": the doing is the subject, not what is done to. */
function opensWithGerund(tokens: readonly Token[], { from }: Span): boolean {
  let at = from;
  if (/^(DET|ADJ|NUM)$/.test(tokens[at - 1]?.pos ?? '')) at--;
  const isDoing = (token: Token | undefined): boolean =>
    token !== undefined && token.lower.length > 5 && token.lower.endsWith('ing') && /^(VERB|NOUN|PROPN|ADJ)$/.test(token.pos);
  const opens = (place: number): boolean => place === 0 || /^(CCONJ|PUNCT|SCONJ)$/.test(tokens[place - 1]?.pos ?? '');
  const before = tokens[at - 1];
  if (isDoing(before)) return opens(at - 1);
  return isDoing(tokens[from]) && opens(from) && /^(DET|ADJ|NOUN|PROPN)$/.test(tokens[from + 1]?.pos ?? '');
}

/** "a U.S. based operator", "the storage required for the tools": says which, and is no clause. */
function isModifier(tokens: readonly Token[], { from, main, to }: Clause['verb'], subject: Span): boolean {
  if (tokens.slice(from, main).some(({ pos }) => pos === 'AUX')) return false;
  const next = tokens[to];
  if (
    /^(required|needed|used|based|intended|designed|known|called|named)$/.test(tokens[main]?.lower ?? '') &&
    next?.pos === 'ADP'
  )
    return true;
  return /^(NOUN|ADJ)$/.test(next?.pos ?? '') && /^an?$/.test(tokens[subject.from]?.lower ?? '');
}

/** "helps the maintainers provide …", "lets users choose …": what is made possible, not what is done. */
function isCaused(tokens: readonly Token[], { from }: Span): boolean {
  let at = from - 1;
  while (/^(DET|ADJ|NUM|NOUN|PROPN)$/.test(tokens[at]?.pos ?? '') || isPossessive(tokens[at])) at--;
  return tokens[at]?.pos === 'VERB' && /^(help|let|make|have|see|watch|hear)$/.test(tokens[at]?.lemma ?? '');
}

const isClosed = (tokens: readonly Token[]): boolean => /^[.!?…"”’)。！？:;]$/.test(tokens.at(-1)?.text ?? '');

/** "sees", "is read", "can read": no note leaves that open. */
function isOvertlyFinite(tokens: readonly Token[], { from, main }: Clause['verb']): boolean {
  const verb = tokens[main];
  return (
    tokens.slice(from, main + 1).some(({ pos }) => pos === 'AUX') ||
    (verb !== undefined && verb.lower !== verb.lemma && verb.lower.endsWith('s'))
  );
}

/** "directed by", "(written and) directed by": passive without an auxiliary. */
const isBareParticiple = (tokens: readonly Token[], { link, verb }: Clause): boolean =>
  verb.form === 'participle' && (link === 'participle' || tokens[verb.to]?.lower === 'by');

/** A topic has no name to speak for it: what is said of it must be read more surely. */
function leastOf(fact: Fact): number {
  if (fact.subject.kind === 'concept' && fact.object?.kind !== 'name') return SURE_OF_TOPICS;
  return isTyped(fact) ? SURE_TYPED : SURE;
}

const isTyped = ({ predicate }: Fact): boolean => predicate === 'be' || relationType(predicate) !== undefined;

/** "if X …", "whether X …", "when X is …", and questions. */
function isConditional(tokens: readonly Token[], { start, subject, verb }: Clause): boolean {
  for (let at = Math.max(0, start - 1); at < subject.from; at++) {
    const word = tokens[at]?.lower ?? '';
    if (/^(if|unless|whether|until)$/.test(word) || (/^(when|whenever|once)$/.test(word) && isPresent(tokens[verb.from])))
      return true;
  }
  return tokens.at(-1)?.text === '?';
}

const isPresent = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.lower === token.lemma || token.lower.endsWith('s') || /^(are|am)$/.test(token.lower)) &&
  token.lower !== 'was';

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
    // "tier 1": one of its kind, which the topic alone does not name.
    const isNumbered = anchor.cluster.kind === 'concept' && next?.pos === 'NUM';
    const isHead =
      (anchor.to >= to || !/^(NOUN|PROPN|ADJ)$/.test(next?.pos ?? '')) && !isNumbered && !isPointedAt(tokens, anchor, PARTIAL);
    return !hanging && isHead && !isPossessive(next) && next?.text !== '-';
  });
}

const POINTING = /^(this|that|these|those|such)$/;
const PARTIAL = /^(this|that|these|those|such|some|many|few|several|no|other|another|its|their|his|her|my|our|your)$/;

/** "this approach", "some teams": a topic of which only something nearby, or a part, is meant. */
function isPointedAt(tokens: readonly Token[], { from, cluster }: Anchor, pointers: RegExp): boolean {
  if (cluster.kind !== 'concept') return false;
  let at = from - 1;
  while (/^(ADJ|NUM|NOUN)$/.test(tokens[at]?.pos ?? '')) at--;
  return pointers.test(tokens[at]?.lower ?? '');
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
    const said = fact(sentence, group, subject, object, reading.predicate, reading.typed ? 0.75 : 0.55);
    if (object.cluster.kind !== 'concept') return [said];
    // "gives enterprises confidence": who receives and what, in one run of nouns.
    if (GIVING.has(group.lemma)) return [];
    if (isPointedAt(sentence.tokens, object, POINTING)) return [];
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
