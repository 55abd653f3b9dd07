// The words and phrases by which text is recognised as being about an issue. Lower case, longest first.
import type { Candidate } from './candidates.ts';
import { textOf, type Tagger, type Token } from './tagger.ts';

const MOST_TERMS = 16;
const WEAK = new Set([
  'year',
  'month',
  'week',
  'day',
  'time',
  'people',
  'answer',
  'end',
  'way',
  'good',
  'harm',
  'future',
  'thing',
  'question',
]);

/** Noun phrases of the proposition, their words, and its verbs' objects: "bridge toll", "toll", "bridge", "council". */
export function propositionTerms(proposition: string, tag: Tagger): readonly string[] {
  const phrases: Token[][] = [];
  let open: Token[] = [];
  for (const token of [...tag(proposition), undefined]) {
    if (token !== undefined && (['NOUN', 'PROPN'].includes(token.pos) || (token.pos === 'ADJ' && open.length === 0)))
      open.push(token);
    else {
      if (open.some((word) => word.pos !== 'ADJ')) phrases.push(open);
      open = [];
    }
  }
  const words = phrases.flat().filter((token) => token.pos !== 'ADJ' && token.lower.length > 2);
  return tidy([...phrases.map((phrase) => textOf(phrase).toLowerCase()), ...words.flatMap((word) => [word.lower, word.lemma])]);
}

/** The option's own name, aliases and telling words; words shared with another option mark neither. */
export function optionTerms(option: Candidate, all: readonly Candidate[]): readonly string[] {
  const shared = (lemma: string): boolean => all.some((other) => other !== option && other.lemmas.includes(lemma));
  const words = option.lemmas.filter((lemma) => lemma.length > 3 && !shared(lemma));
  return tidy([
    option.inSentence.toLowerCase(),
    ...option.aliases.map((alias) => alias.toLowerCase()),
    option.lemmas.join(' '),
    ...words,
  ]);
}

function tidy(terms: readonly string[]): readonly string[] {
  const clean = terms.map((term) => term.replaceAll(/\s+/g, ' ').trim()).filter((term) => term.length > 1 && !WEAK.has(term));
  return [...new Set(clean)]
    .toSorted((left, right) => right.length - left.length || (left < right ? -1 : 1))
    .slice(0, MOST_TERMS);
}
