// Noun phrases worth being topics: "prompt caching", "audit logs", "MCP gateway". Says what could be one; which are
// kept is decided over all documents together (resolution), where their spread is known.
import { EMPTY_MODIFIERS, GENERIC_NOUNS, STOP_WORDS, VAGUE_ALONE } from '../lexicon/function-words.ts';
import { GENERIC_ACRONYMS } from '../lexicon/gazetteer.ts';
import { DEMONYMS } from '../lexicon/places.ts';
import { isAcronym, isWord, startsCapital } from '../language/token.ts';
import type { Sentence, Token, TokenSpan } from '../language/token.ts';
import type { CaseCounts } from './case-counts.ts';

const LONGEST = 4;

/** `taken` says which tokens already belong to a name, date or amount. */
export function findConcepts(
  sentences: readonly Sentence[],
  cases: CaseCounts,
  taken: (sentence: number, token: number) => boolean,
): readonly TokenSpan[] {
  return sentences.flatMap((sentence, index) => {
    const spans: TokenSpan[] = [];
    if (sentence.depth === 'names') return spans;
    let from = 0;
    while (from < sentence.tokens.length) {
      let to = from;
      while (to < sentence.tokens.length && !taken(index, to) && isPhraseWord(sentence.tokens, to, sentence.headline, cases))
        to++;
      const span = trim(sentence, index, from, to);
      if (span !== undefined) spans.push(span);
      from = Math.max(to, from) + 1;
    }
    return spans;
  });
}

function isPhraseWord(tokens: readonly Token[], at: number, headline: boolean, cases: CaseCounts): boolean {
  const token = tokens[at];
  if (token === undefined || !isWord(token.text) || !/^[\p{L}\d][\p{L}\d'’.&-]*$/u.test(token.text)) return false;
  if (/['’]/.test(token.text) || (!token.spaced && tokens[at - 1]?.text === '-')) return false;
  if (STOP_WORDS.has(token.lower)) return false;
  if (token.pos === 'NOUN' || token.pos === 'ADJ') return true;
  if (isAcronym(token.text) || GENERIC_ACRONYMS.has(token.text)) return true;
  // In a headline every word is capitalised: only what prose writes as a common noun can be a topic there.
  if (token.pos === 'PROPN') return !startsCapital(token.text) || ((headline || at === 0) && cases.lower(token.lower) > 0);
  return token.pos === 'VERB' && isGerundHead(tokens, at);
}

/** "caching" in "prompt caching," is the head of a phrase, not a verb with an object. */
function isGerundHead(tokens: readonly Token[], at: number): boolean {
  if (!tokens[at]?.lower.endsWith('ing')) return false;
  const previous = tokens[at - 1];
  if (
    previous === undefined ||
    !/^(NOUN|ADJ|PROPN)$/.test(previous.pos) ||
    (previous.pos === 'PROPN' && at > 1 && !isAcronym(previous.text))
  )
    return false;
  const next = tokens[at + 1];
  return next === undefined || /^(PUNCT|CCONJ|VERB|AUX|ADP|NOUN)$/.test(next.pos);
}

/** Strips empty openings and refuses phrases that end in a word for anything at all. */
function trim(sentence: Sentence, index: number, start: number, end: number): TokenSpan | undefined {
  const { tokens } = sentence;
  let from = start;
  let to = end;
  while (from < to && isEmptyOpening(tokens[from])) from++;
  while (to > from && !isHead(tokens[to - 1])) to--;
  if (to - from > LONGEST) from = to - LONGEST;
  while (from < to && isEmptyOpening(tokens[from])) from++;
  const head = tokens[to - 1];
  if (from >= to || head === undefined) return undefined;
  const length = to - from;
  if (length === 1) {
    if (isAcronym(head.text)) return GENERIC_ACRONYMS.has(head.text) ? undefined : { sentence: index, from, to };
    return head.pos === 'NOUN' &&
      head.lower.length > (isHan(head.text) ? 1 : 3) &&
      !isVague(head) &&
      !GENERIC_NOUNS.has(head.lower) &&
      !GENERIC_NOUNS.has(head.lemma)
      ? { sentence: index, from, to }
      : undefined;
  }
  const rest = tokens.slice(from, to - 1);
  // A general head is saved by a modifier that is a noun or an acronym: "routing rules" yes, "complex system" no.
  const general = GENERIC_NOUNS.has(head.lower) || GENERIC_NOUNS.has(head.lemma);
  if (general && !rest.some((token) => isAcronym(token.text) || (token.pos === 'NOUN' && !GENERIC_NOUNS.has(token.lower))))
    return undefined;
  return { sentence: index, from, to };
}

const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);
const isVague = (token: Token): boolean => VAGUE_ALONE.has(token.lower) || VAGUE_ALONE.has(token.lemma);

const isEmptyOpening = (token: Token | undefined): boolean =>
  token === undefined ||
  EMPTY_MODIFIERS.has(token.lower) ||
  GENERIC_NOUNS.has(token.lower) ||
  DEMONYMS.has(token.lower) ||
  (/(ly|est)$/.test(token.lower) && token.pos !== 'NOUN');

const isHead = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.pos === 'NOUN' ||
    isAcronym(token.text) ||
    (token.pos === 'PROPN' && token.lower.length > 3) ||
    (token.pos === 'VERB' && token.lower.endsWith('ing')));

/** What makes two phrases one concept: lower case, the head in the singular, hyphens as spaces. */
export function conceptKey(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (index === tokens.length - 1 ? singular(token) : token.lower))
    .join(' ')
    .replaceAll('-', ' ');
}

function singular(token: Token): string {
  if (token.lemma !== token.lower && token.pos === 'NOUN') return token.lemma;
  if (isAcronym(token.text) && token.text.endsWith('s')) return token.lower.slice(0, -1);
  if (/[^aeious]ies$/.test(token.lower)) return `${token.lower.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(token.lower)) return token.lower;
  return /[a-z]{3,}s$/.test(token.lower) ? token.lower.slice(0, -1) : token.lower;
}
