// Facts of one sentence from its verb groups: who did what to whom. Prefers silence to guessing: subject and object
// must be the heads of the phrases next to the verb.
import type { EntityType } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { INDIRECT_CONFIDENCE } from '../coreference/resolve.ts';
import type { Sentence, Token } from '../language/token.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
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
    return anchor.from >= floor || adjacent ? anchor : undefined;
  }
  return undefined;
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
    const reading = bestReading(phrase, group.lemma, subject.cluster, object.cluster);
    return [fact(sentence, group, subject, object, reading.predicate, reading.typed ? 0.75 : 0.55)];
  });
}

function bestReading(
  phrase: string,
  lemma: string,
  from: Cluster,
  to: Cluster,
): { readonly predicate: string; readonly typed: boolean } {
  const full = readPredicate(phrase, typeOf(from), typeOf(to));
  if (full.typed || phrase === lemma) return full;
  return full;
}

/** "Bifrost is an AI gateway": only with an article, and only where a kind of thing follows. */
function copulaFact(sentence: Sentence, group: VerbGroup, subject: Anchor, object: Anchor): readonly Fact[] {
  const between = sentence.tokens.slice(group.to, object.from);
  const article = between.some((token) => /^(a|an|the|one)$/.test(token.lower));
  if (!article || group.particle !== undefined || object.cluster.kind !== 'concept' || subject.cluster.kind === 'concept')
    return [];
  return [fact(sentence, group, subject, object, 'be', 0.7)];
}

function passiveFacts(view: SentenceView, group: VerbGroup, patient: Anchor): readonly Fact[] {
  if (group.particle === 'by') {
    return objectsOf(view, group).flatMap((agent) => {
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
      if (!isHead(tokens, anchor)) return objects;
      objects.push(anchor);
      const joint = jointAfter(tokens, anchor.to);
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

/** Where the next item of a list starts, if this is one. */
function jointAfter(tokens: readonly Token[], at: number): number | undefined {
  let next = at;
  if (tokens[next]?.text === ',') next++;
  if (tokens[next]?.pos === 'CCONJ' && tokens[next]?.lower !== 'but') next++;
  if (next === at) return undefined;
  while (/^(DET|ADJ)$/.test(tokens[next]?.pos ?? '')) next++;
  return next;
}

/** A typed verb whose object is no entity keeps it as words: "approved a new toll on lorries". */
function literalFact({ sentence }: SentenceView, group: VerbGroup, subject: Anchor, phrase: string): readonly Fact[] {
  const { tokens } = sentence;
  const verb = isTypedVerb(phrase) ? phrase : group.lemma;
  if (!isTypedVerb(verb) || subject.cluster.kind === 'concept') return [];
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
    (/^(ADP|PRON)$/.test(first.pos) && !/^(its|their|his|her)$/.test(first.lower))
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
