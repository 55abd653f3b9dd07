// Objects that are no entity, kept as words: "approved a new toll on lorries", "is an open-source platform".
import { INDIRECT_CONFIDENCE } from '../coreference/resolve.ts';
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence, Token } from '../language/token.ts';
import { GENERIC_NOUNS } from '../lexicon/function-words.ts';
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { words } from '../lexicon/words.ts';
import { round } from '../typing/scores.ts';
import { typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { isRelationalNoun, isTypedVerb, readPredicate, relationType } from './predicates.ts';
import type { VerbGroup } from './verb-groups.ts';

const EMPTY_VERBS = words(
  'have do get go come see seem look make take keep let say think know become mean want try start turn stand sit happen appear remain feel find put help',
);

/** Verbs that name first who receives: "gives users an idea". */
export const GIVING = words('give send offer show teach tell lend grant hand bring cost');

const BODY_PARTS = words('head hand hands eye eyes face shoulder shoulders arm arms lip lips mouth breath teeth voice');

/** A typed verb whose object is no entity keeps it as words: "approved a new toll on lorries". */
export function literalFact(view: SentenceView, group: VerbGroup, subject: Anchor, phrase: string): readonly Fact[] {
  const { sentence, limit } = view;
  const { tokens } = sentence;
  const amount = amountFact(view, group, subject, phrase);
  if (amount !== undefined) return [amount];
  if (group.lemma === 'be') return kindFact(sentence, group, subject);
  const verb = isTypedVerb(phrase) || EMPTY_VERBS.has(group.lemma) ? phrase : group.lemma;
  const isPart = group.lemma === 'have' && typeOf(subject.cluster) !== 'person';
  if (EMPTY_VERBS.has(group.lemma) && !isTypedVerb(verb) && !isPart) return [];
  let after = verb === phrase ? group.to : group.verb + 1;
  while (tokens[after]?.pos === 'ADV') after++;
  const receiver = GIVING.has(group.lemma) ? endOfPhrase(tokens, after, limit) : after;
  const from = receiver > after && opensAnother(tokens, receiver) ? receiver : after;
  const to = endOfPhrase(tokens, from, limit);
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
  // "further on 1 March": a preposition after no noun.
  const preposition = tokens.slice(from, to).findIndex(({ pos }) => pos === 'ADP');
  if (preposition > 0 && !/^(NOUN|PROPN|NUM|SYM)$/.test(tokens[from + preposition - 1]?.pos ?? '')) return [];
  // "those responsibilities", "the same information": only what stands before says which.
  if (/^(this|that|these|those|such)$/.test(first.lower) || tokens[from + 1]?.lower === 'same') return [];
  // "a flexible way", "the results": without what follows they say nothing.
  const telling = tokens.slice(from, to).filter(({ pos }) => pos !== 'DET' && pos !== 'PRON');
  if (telling.length <= 2 && GENERIC_NOUNS.has(last.lower)) return [];
  // A topic that does something to "the target": which one, nothing says.
  if ((subject.cluster.kind === 'concept' || isPart) && telling.length < 2) return [];
  const reading = readPredicate(verb, typeOf(subject.cluster), undefined);
  // Where only a place or a person can stand, other words say nothing.
  if (reading.typed && relationType(reading.predicate)?.to.includes('concept') !== true) return [];
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

/** "is stored in a single file", "were merged into one package": where or what for, word for word. */
export function passiveLiteral(
  { sentence, anchors, limit }: SentenceView,
  group: VerbGroup,
  patient: Anchor,
  predicate: string,
): readonly Fact[] {
  const { tokens } = sentence;
  const to = endOfPhrase(tokens, group.to, limit);
  const [first, last] = [tokens[group.to], tokens[to - 1]];
  const telling = tokens.slice(group.to, to).filter(({ pos }) => pos !== 'DET');
  if (first === undefined || last === undefined || telling.length < 2 || !/^(DET|ADJ|NOUN|NUM)$/.test(first.pos)) return [];
  if (/^(this|that|these|those|such)$/.test(first.lower) || telling[0]?.lower === 'same') return [];
  // "was opened in March 2026": the time of the fact, not its object.
  if (anchors.some(({ cluster, from, to: end }) => /^(date|amount)$/.test(cluster.kind) && from < to && end > group.to))
    return [];
  return [
    {
      subject: patient.cluster,
      predicate,
      object: undefined,
      literal: { start: first.start, end: last.end },
      polarity: group.polarity,
      modality: group.modality,
      confidence: round(0.45 * (patient.indirect ? INDIRECT_CONFIDENCE : 1)),
      start: tokens[Math.min(patient.from, group.from)]?.start ?? sentence.start,
      end: last.end,
    },
  ];
}

/** The end of the noun phrase that starts here, with what hangs on it by prepositions; `from` where there is none. */
export function endOfPhrase(tokens: readonly Token[], from: number, limit = tokens.length): number {
  let to = from;
  while (
    to < Math.min(tokens.length, limit) &&
    to - from < LONGEST &&
    /^(DET|ADJ|NUM|NOUN|PROPN|SYM|ADP|PRON|PART)$/.test(tokens[to]?.pos ?? '') &&
    !/^(to|as|than|not)$/.test(tokens[to]?.lower ?? '') &&
    !opensAnother(tokens, to)
  )
    to++;
  while (to > from && !/^(NOUN|PROPN|NUM|SYM)$/.test(tokens[to - 1]?.pos ?? '')) to--;
  return to;
}

/** "every request that flows", "gives users an idea": an article after a noun opens another phrase. */
const opensAnother = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.pos === 'DET' && /^(NOUN|PROPN)$/.test(tokens[at - 1]?.pos ?? '');

/** In tokens. */
const LONGEST = 14;

/** "fell 6%", "costs about €10 a month", "raised by 3 points": the amount with its unit, word for word. */
function amountFact(
  { sentence, anchors, limit }: SentenceView,
  group: VerbGroup,
  subject: Anchor,
  phrase: string,
): Fact | undefined {
  const { tokens } = sentence;
  if (EMPTY_VERBS.has(group.lemma) || group.lemma === 'be') return undefined;
  let at = group.to;
  while (/^(ADP|ADV|DET)$/.test(tokens[at]?.pos ?? '') && at < group.to + 2) at++;
  const amount = anchors.find(
    ({ from, to, cluster }) => cluster.kind === 'amount' && from === at && to <= (limit ?? tokens.length),
  );
  const [first, last] = [tokens[amount?.from ?? -1], tokens[(amount?.to ?? 0) - 1]];
  // "3 % of voters": how many of what; the amount is no value of its own.
  if (amount === undefined || first === undefined || last === undefined || tokens[amount.to]?.lower === 'of') return undefined;
  return {
    subject: subject.cluster,
    predicate: readPredicate(phrase, typeOf(subject.cluster), undefined).predicate,
    object: undefined,
    literal: { start: first.start, end: last.end },
    polarity: group.polarity,
    modality: group.modality,
    confidence: round(0.6 * (subject.indirect ? INDIRECT_CONFIDENCE : 1)),
    start: tokens[Math.min(subject.from, group.from)]?.start ?? sentence.start,
    end: last.end,
  };
}

/** "Helicone is an open-source platform …": what a name is, in the words of the text. */
function kindFact(sentence: Sentence, group: VerbGroup, subject: Anchor): readonly Fact[] {
  const { tokens } = sentence;
  const article = tokens[group.to];
  if (group.particle !== undefined || !/^(a|an|the)$/.test(article?.lower ?? '')) return [];
  const from = group.to + 1;
  let to = from;
  // "film and television director"
  while (to < tokens.length && to - from < 8 && /^(ADJ|NOUN|PROPN|NUM|CCONJ)$/.test(tokens[to]?.pos ?? '')) to++;
  const endsInKind = (at: number): boolean =>
    tokens[at - 1]?.pos === 'NOUN' && typeOfKindNoun(tokens[at - 1]?.lemma ?? '') !== undefined;
  while (to > from && !endsInKind(to)) to = tokens.slice(0, to).findLastIndex(({ pos }, at) => at > from && pos === 'CCONJ');
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last === undefined || to <= from) return [];
  // "is the father of …": without the rest it says nothing.
  if (isRelationalNoun(last.lemma) && tokens[to]?.lower === 'of') return [];
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
