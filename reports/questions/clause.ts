// Turning a question's word order into a statement's: where the subject ends, and how a verb agrees with it.
import { isNominal, textOf, type Token } from './tagger.ts';

export const MODALS = ['will', 'would', 'should', 'shall', 'can', 'could', 'may', 'might', 'must'];
export const BE = ['is', 'are', 'was', 'were'];
export const DO = ['do', 'does', 'did'];
const HAVE = ['has', 'have', 'had'];
export const AUXILIARIES: readonly string[] = [...MODALS, ...BE, ...DO, ...HAVE];

/** Index after the subject that starts at `from`, or undefined where no predicate follows. */
export function subjectEnd(tokens: readonly Token[], from: number, auxiliary: string): number | undefined {
  return BE.includes(auxiliary) ? endBeforePredicate(tokens, from) : endBeforeVerb(tokens, from, HAVE.includes(auxiliary));
}

function endBeforeVerb(tokens: readonly Token[], from: number, participle: boolean): number | undefined {
  let relatives = 0;
  for (let i = from + 1; i < tokens.length; i++) {
    const token = tokens[i];
    const previous = tokens[i - 1];
    if (token === undefined || previous === undefined) break;
    if (['who', 'that', 'which'].includes(token.lower)) relatives++;
    const verbal = token.pos === 'VERB' || token.pos === 'AUX';
    if (!verbal || previous.lower === 'to' || previous.pos === 'DET') continue;
    if (!participle && token.lower !== token.lemma && !looksBase(token.lower)) continue;
    if (relatives > 0) {
      relatives--;
      continue;
    }
    let end = i;
    while (end - 1 > from && tokens[end - 1]?.pos === 'ADV') end--;
    return end;
  }
  return endByPosition(tokens, from);
}

/** British spellings ("legalise") keep their form though the lemma is American. */
const looksBase = (word: string): boolean => !/(?:ed|ing|s)$/.test(word);

/** The tagger saw no verb ("the price close above 40"): the word before the first preposition or article is taken as it. */
function endByPosition(tokens: readonly Token[], from: number): number | undefined {
  for (let i = from + 2; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (['ADP', 'DET', 'SCONJ', 'PUNCT', 'PART'].includes(token.pos) && !["'s", '’s', 'of'].includes(token.lower)) return i - 1;
  }
  return tokens.length - from >= 2 ? tokens.length - 1 : undefined;
}

function endBeforePredicate(tokens: readonly Token[], from: number): number | undefined {
  let i = from + 1;
  for (; i < tokens.length; i++) {
    const token = tokens[i];
    const previous = tokens[i - 1];
    if (token === undefined) break;
    if (['VERB', 'ADV', 'SCONJ'].includes(token.pos) || token.lower === 'to') return i;
    if (['DET', 'ADJ', 'PRON'].includes(token.pos) && isNominal(previous)) return i;
    if (token.pos !== 'ADP' || !isNominal(previous)) continue;
    const phraseEnd = afterNounPhrase(tokens, i + 1);
    const next = tokens[phraseEnd];
    // "the toll in Northport | fair" goes on after the phrase; "the toll | in the public interest" is the predicate.
    if (token.lower !== 'of' && (next === undefined || !['ADJ', 'VERB', 'DET', 'ADV'].includes(next.pos))) return i;
    i = phraseEnd - 1;
  }
  return i > from + 1 && tokens.length - from >= 2 ? tokens.length - 1 : undefined;
}

function afterNounPhrase(tokens: readonly Token[], from: number): number {
  let i = from;
  if (['DET', 'PRON'].includes(tokens[i]?.pos ?? '')) i++;
  while (tokens[i]?.pos === 'ADJ') i++;
  while (isNominal(tokens[i]) || ["'s", '’s'].includes(tokens[i]?.lower ?? '')) i++;
  return i;
}

/** "Does X help Y" → "helps Y": the predicate as it stands behind its subject. */
export function predicate(auxiliary: string, rest: readonly Token[]): string {
  if (auxiliary === 'do') return textOf(rest);
  if (auxiliary !== 'does') return `${auxiliary} ${textOf(rest)}`;
  const adverbs = rest.findIndex((token) => token.pos !== 'ADV');
  const verb = rest[Math.max(adverbs, 0)];
  if (verb === undefined) return auxiliary;
  return [textOf(rest.slice(0, Math.max(adverbs, 0))), thirdPerson(verb.text), textOf(rest.slice(Math.max(adverbs, 0) + 1))]
    .filter((part) => part !== '')
    .join(' ');
}

function thirdPerson(verb: string): string {
  if (verb === 'have') return 'has';
  if (verb === 'be') return 'is';
  if (/(?:s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

export function capitalised(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
  return text === '' ? '' : first.toUpperCase() + text.slice(first.length);
}

/** What is true if the proposition is not: "The council will not adopt the toll". */
export function negate(proposition: string): string {
  const words = proposition.split(' ');
  const at = words.findIndex((word, index) => index > 0 && [...MODALS, ...BE, 'has', 'had'].includes(word));
  if (at < 0) return `It is not the case that ${lowerFirst(proposition)}`;
  if (words[at + 1] === 'not') return words.toSpliced(at + 1, 1).join(' ');
  return words.toSpliced(at + 1, 0, 'not').join(' ');
}

/** Lower-cases an article or pronoun at the start, so that a sentence can stand inside another. */
export function lowerFirst(sentence: string): string {
  return /^(?:The|A|An|This|That|These|Those|It|They|He|She|We|Our|Their|Its|Most|Many|Some|Few|No|All|Every|People|There)\b/.test(
    sentence,
  )
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}
