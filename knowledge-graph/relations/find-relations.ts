// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { EntityType } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { INDIRECT_CONFIDENCE } from '../coreference/resolve.ts';
import type { Sentence, Token } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { words } from '../lexicon/words.ts';
import { typeOfCluster } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import { round } from '../typing/scores.ts';
import { isTypedVerb, readPredicate } from './predicates.ts';
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
}

export interface SentenceView {
  readonly sentence: Sentence;
  readonly anchors: readonly Anchor[];
  readonly groups: readonly VerbGroup[];
}

/** Types that can be what a fact is about; dates and amounts only stand as its literal or its time. */
const isThing = (anchor: Anchor): boolean => anchor.cluster.kind === 'name' || anchor.cluster.kind === 'concept';
const typeOf = (cluster: Cluster): EntityType => typeOfCluster(cluster).type;

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

/** "…, and adds": the subject of the verb before goes on. */
function continues({ sentence, anchors }: SentenceView, group: VerbGroup): boolean {
  const previous = sentence.tokens[group.from - 1];
  return previous?.pos === 'CCONJ' && !anchors.some((anchor) => anchor.to === group.from);
}

function subjectOf(
  { sentence, anchors }: SentenceView,
  group: VerbGroup,
  previousGroup: VerbGroup | undefined,
): Anchor | undefined {
  const { tokens } = sentence;
  const floor = previousGroup?.to ?? 0;
  const before = anchors.filter((anchor) => isThing(anchor) && anchor.to <= group.from);
  for (const anchor of before.toReversed()) {
    const gap = tokens.slice(anchor.to, group.from);
    if (gap.some((token) => /^(VERB|AUX|SCONJ)$/.test(token.pos)) && !isBracketed(gap)) return undefined;
    if (gap.length > 14) return undefined;
    const adjacent = gap.length === 0 || isRelative(gap) || isBracketed(gap) || isRoleTail(gap);
    if (!adjacent) {
      if (gap.some((token) => /^(NOUN|PRON)$/.test(token.pos)) && !isOfPhrase(gap)) return undefined;
      if (!isOfPhrase(gap)) continue;
    }
    if (hangsOnPreposition(tokens, anchor)) continue;
    return anchor.from >= floor || adjacent ? named(before, anchor, tokens) : undefined;
  }
  return undefined;
}

/** "Its robot, the Atlas 3, is …": the name in apposition says what the noun before it is. */
function named(before: readonly Anchor[], anchor: Anchor, tokens: readonly Token[]): Anchor {
  if (anchor.cluster.kind === 'name' || tokens[anchor.to]?.text !== ',') return anchor;
  const at = /^(DET)$/.test(tokens[anchor.to + 1]?.pos ?? '') ? anchor.to + 2 : anchor.to + 1;
  return before.find((other) => other.from === at && other.cluster.kind === 'name' && tokens[other.to]?.text === ',') ?? anchor;
}

const isRelative = (gap: readonly Token[]): boolean => /^,? ?(which|that|who)$/.test(gap.map((token) => token.lower).join(' '));
/** ", the mayor of Riverton," and "(PTY)": an aside between subject and verb. */
const isBracketed = (gap: readonly Token[]): boolean =>
  gap.length >= 2 &&
  ((gap[0]?.text === ',' && gap.at(-1)?.text === ',') ||
    (gap[0]?.text === '(' && gap.at(-1)?.text === ')') ||
    (/^[–—]$/.test(gap[0]?.text ?? '') && /^[–—]$/.test(gap.at(-1)?.text ?? '')));
const isRoleTail = (gap: readonly Token[]): boolean => gap.length === 1 && /^["”'’)]$/.test(gap[0]?.text ?? '');
const isOfPhrase = (gap: readonly Token[]): boolean =>
  /^(of|in|at|for|from)$/.test(gap[0]?.lower ?? '') && gap.length <= 6 && !gap.some((token) => token.text === ',');

/** "of Riverton", "in the region": the head of that phrase stands before the preposition. */
function hangsOnPreposition(tokens: readonly Token[], anchor: Anchor): boolean {
  let at = anchor.from - 1;
  while (at >= 0 && /^(DET|ADJ|NUM)$/.test(tokens[at]?.pos ?? '')) at--;
  const word = tokens[at];
  return (
    word !== undefined &&
    (word.pos === 'ADP' ||
      (word.pos === 'NOUN' && at === anchor.from - 1 && anchor.cluster.kind === 'concept') ||
      word.lower === 'than')
  );
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

/** Who a passive says did it: after "by", within the clause. */
function agentsOf(view: SentenceView, group: VerbGroup): readonly Anchor[] {
  const { tokens } = view.sentence;
  for (let at = group.verb + 1; at < Math.min(tokens.length, group.verb + 11); at++) {
    const token = tokens[at];
    if (token === undefined || /^(VERB|AUX|SCONJ)$/.test(token.pos) || token.text === ';') return [];
    if (token.lower === 'by') return objectsOf(view, { ...group, to: at + 1 });
  }
  return [];
}

const participle = (sentence: Sentence, group: VerbGroup): string => sentence.tokens[group.verb]?.lower ?? group.lemma;

function fact(sentence: Sentence, group: VerbGroup, subject: Anchor, object: Anchor, predicate: string, base: number): Fact {
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

/** The first thing in the noun phrase after the verb, and those joined to it by commas and "and". */
function objectsOf({ sentence, anchors }: SentenceView, group: VerbGroup): readonly Anchor[] {
  const { tokens } = sentence;
  const objects: Anchor[] = [];
  let at = group.to;
  let skipped = 0;
  while (at < tokens.length && skipped <= 6) {
    const anchor = anchors.find((candidate) => candidate.from === at && isThing(candidate));
    if (anchor !== undefined) {
      // "Edith Marr, the clerk": an aside says what a name is; it is not the next item.
      if (objects[0]?.cluster.kind === 'name' && anchor.cluster.kind !== 'name') return objects;
      if (!isHead(tokens, anchor)) return objects;
      objects.push(anchor);
      const joint = jointAfter(tokens, anchor.to, anchors);
      if (joint === undefined || objects.length >= 6) return objects;
      at = joint;
      skipped = 4;
      continue;
    }
    const token = tokens[at];
    if (token === undefined || !/^(DET|ADJ|NUM|ADV|PART|PRON|NOUN|PROPN)$/.test(token.pos)) return objects;
    if (token.pos === 'PRON' && !/^(its|their|his|her|our|your|my)$/.test(token.lower)) return objects;
    if (token.pos === 'PART' && token.lower === 'to') return objects;
    at++;
    skipped++;
  }
  return objects;
}

/** Whether a thing is what the phrase is about, not what it merely qualifies: not "OpenAI" in "OpenAI-compatible APIs". */
function isHead(tokens: readonly Token[], anchor: Anchor): boolean {
  const next = tokens[anchor.to];
  if (next === undefined) return true;
  if (next.text === "'s" || next.text === '’s' || (next.text === '-' && !next.spaced)) return false;
  return !/^(NOUN|PROPN)$/.test(next.pos);
}

/** Where the next item of a list starts, if this is one: a comma alone joins only while the list goes on. */
function jointAfter(tokens: readonly Token[], at: number, anchors: readonly Anchor[]): number | undefined {
  let next = at;
  if (tokens[next]?.text === ',') next++;
  const conjunction = tokens[next]?.pos === 'CCONJ' && tokens[next]?.lower !== 'but';
  if (conjunction) next++;
  if (next === at) return undefined;
  const opensItem = (at: number): boolean => anchors.some((anchor) => anchor.from === at);
  while (!opensItem(next) && /^(DET|ADJ)$/.test(tokens[next]?.pos ?? '')) next++;
  const item = anchors.find((anchor) => anchor.from === next);
  const after = item === undefined ? undefined : tokens[item.to];
  return conjunction || after?.text === ',' || after?.pos === 'CCONJ' ? next : undefined;
}

const EMPTY_VERBS = words(
  'have do get go come see seem look make take keep let say think know become mean want try start turn stand sit happen appear remain feel find put help',
);

const BODY_PARTS = words('head hand hands eye eyes face shoulder shoulders arm arms lip lips mouth breath teeth voice');

/** A typed verb whose object is no entity keeps it as words: "approved a new toll on lorries". */
function literalFact({ sentence }: SentenceView, group: VerbGroup, subject: Anchor, phrase: string): readonly Fact[] {
  const { tokens } = sentence;
  if (subject.cluster.kind === 'concept' || group.lemma === 'be')
    return group.lemma === 'be' ? kindFact(sentence, group, subject) : [];
  const verb = isTypedVerb(phrase) || EMPTY_VERBS.has(group.lemma) ? phrase : group.lemma;
  if (EMPTY_VERBS.has(group.lemma) && !isTypedVerb(verb)) return [];
  const from = verb === phrase ? group.to : group.verb + 1;
  let to = from;
  while (
    to < tokens.length &&
    to - from < 10 &&
    /^(DET|ADJ|NUM|NOUN|PROPN|SYM|ADP|PRON|PART)$/.test(tokens[to]?.pos ?? '') &&
    tokens[to]?.lower !== 'to'
  )
    to++;
  while (to > from && !/^(NOUN|PROPN|NUM|SYM)$/.test(tokens[to - 1]?.pos ?? '')) to--;
  const first = tokens[from];
  const last = tokens[to - 1];
  if (
    first === undefined ||
    last === undefined ||
    to - from < 2 ||
    (/^(ADP|PRON)$/.test(first.pos) && !/^(its|their|his|her)$|^\p{Script=Han}/u.test(first.lower))
  )
    return [];
  // "works best as …", "shook his head": manner and gesture, no object.
  if (
    /^(more|most|best|better|less|well)$/.test(first.lower) ||
    (/^(his|her|their)$/.test(first.lower) && BODY_PARTS.has(last.lower))
  )
    return [];
  const reading = readPredicate(verb, typeOf(subject.cluster), undefined);
  return [
    {
      subject: subject.cluster,
      predicate: reading.predicate,
      object: undefined,
      literal: { start: first.start, end: last.end },
      polarity: group.polarity,
      modality: group.modality,
      confidence: round((reading.typed ? 0.6 : 0.45) * (subject.indirect ? INDIRECT_CONFIDENCE : 1)),
      start: tokens[Math.min(subject.from, group.from)]?.start ?? sentence.start,
      end: last.end,
    },
  ];
}

/** "Helicone is an open-source platform …": what a name is, in the words of the text. */
function kindFact(sentence: Sentence, group: VerbGroup, subject: Anchor): readonly Fact[] {
  const { tokens } = sentence;
  const article = tokens[group.to];
  if (subject.cluster.kind === 'concept' || group.particle !== undefined || !/^(a|an|the)$/.test(article?.lower ?? '')) return [];
  const from = group.to + 1;
  let to = from;
  while (to < tokens.length && to - from < 6 && /^(ADJ|NOUN|PROPN|NUM)$/.test(tokens[to]?.pos ?? '')) to++;
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last?.pos !== 'NOUN' || typeOfKindNoun(last.lemma) === undefined) return [];
  return [
    {
      subject: subject.cluster,
      predicate: 'be',
      object: undefined,
      literal: { start: first.start, end: last.end },
      polarity: group.polarity,
      modality: group.modality,
      confidence: round(0.65 * (subject.indirect ? INDIRECT_CONFIDENCE : 1)),
      start: tokens[Math.min(subject.from, group.from)]?.start ?? sentence.start,
      end: last.end,
    },
  ];
}

/** "observability platforms like Helicone and Langfuse": each of the names is one of those. */
export function findExampleFacts({ sentence, anchors }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  return anchors.flatMap((kind): readonly Fact[] => {
    if (kind.cluster.kind !== 'concept') return [];
    const opening = tokens
      .slice(kind.to, kind.to + 2)
      .map((token) => token.lower)
      .join(' ');
    const at = opening === 'such as' ? kind.to + 2 : /^(like|including) /.test(`${opening} `) ? kind.to + 1 : undefined;
    if (at === undefined) return [];
    const group: VerbGroup = {
      from: kind.to,
      to: at,
      verb: kind.to,
      lemma: 'be',
      particle: undefined,
      passive: false,
      polarity: 'affirmed',
      modality: 'asserted',
      infinitive: false,
    };
    return objectsOf({ sentence, anchors, groups: [] }, group)
      .filter((example) => example.cluster.kind === 'name' && example.cluster !== kind.cluster)
      .map((example) => fact(sentence, group, example, kind, 'be', 0.65));
  });
}
