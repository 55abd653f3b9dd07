// Verb phrases of a sentence with their form: "has had to close", "was brought", "taking", "known". What is finite
// can head a clause of its own; the others lean on one.
import type { Token } from '../../language/token.ts';
import { words } from '../../lexicon/words.ts';
import type { NounPhrases } from './noun-phrases.ts';

export interface VerbPhrase {
  /** Tokens `[from, to)`: adverbs before it, auxiliaries, verb, and verbs chained by "to". */
  readonly from: number;
  readonly to: number;
  /** The verb that says what is done. */
  readonly main: number;
  readonly form: 'finite' | 'gerund' | 'participle' | 'infinitive';
  readonly passive: boolean;
  readonly copula: boolean;
}

/** Pasts that are no participles: always finite. */
const PAST_ONLY = words(
  'was were went took gave began became came did saw wrote rose fell knew grew drew flew threw broke spoke chose drove ate sang swam ran shook stole wore tore swore froze forgot hid bit got',
);
const MODAL = words("can could will would may might shall should must cannot 'll ’ll do does did");
const CONJUNCTIVE = words('when where while though although however therefore instead because rather');
/** Forms in "-ing" that work as prepositions. */
const PREPOSITIONAL = words('including regarding concerning according notwithstanding excluding during');
const BE = words('be is are was were am been being');

export function findVerbPhrases(tokens: readonly Token[], nouns: NounPhrases): readonly VerbPhrase[] {
  const phrases: VerbPhrase[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || nouns.startOf(at) >= 0 || !(token.pos === 'VERB' || token.pos === 'AUX')) continue;
    if (!/^[\p{L}'’]/u.test(token.text) || PREPOSITIONAL.has(token.lower)) continue;
    const phrase = read(tokens, at, nouns);
    phrases.push(phrase);
    at = phrase.to - 1;
  }
  return phrases;
}

function read(tokens: readonly Token[], first: number, nouns: NounPhrases): VerbPhrase {
  let from = first;
  while (from > 0 && isAdverb(tokens[from - 1]) && nouns.startOf(from - 1) < 0) from--;
  if (tokens[from]?.lower === 'longer' && tokens[from - 1]?.lower === 'no') from--;
  const infinitive = tokens[from - 1]?.lower === 'to' && tokens[from - 1]?.pos === 'PART';
  let main = first;
  let auxiliary = tokens[first]?.pos === 'AUX';
  let at = first + 1;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.pos === 'AUX') {
      if (tokens[main]?.pos === 'VERB') break;
      main = at;
      auxiliary = true;
    } else if (
      token.pos === 'VERB' &&
      (tokens[main]?.pos === 'AUX' || tokens[main]?.lower === 'having') &&
      nouns.startOf(at) < 0
    ) {
      main = at;
    } else if (isAdverb(token) || token.lower === 'not' || token.lower === "n't" || token.lower === 'n’t') {
      const next = nextVerbal(tokens, at + 1);
      if (tokens[main]?.pos !== 'AUX' || next === undefined || nouns.startOf(next) >= 0) break;
      if (tokens[next]?.lower === 'to') break;
    } else if (token.lower === 'to' && token.pos === 'PART') {
      const next = nextVerbal(tokens, at + 1);
      if (next === undefined || nouns.startOf(next) >= 0) break;
      at = next;
      main = next;
    } else if (
      MODAL.has(tokens[main]?.lower ?? '') &&
      (token.pos === 'ADJ' || token.pos === 'NOUN') &&
      /^\p{Ll}+$/u.test(token.text) &&
      tokens[at + 1]?.pos !== 'VERB'
    ) {
      // "could complete it": after a modal stands a verb.
      main = at;
    } else if (
      token.pos === 'ADJ' &&
      auxiliary &&
      main === at - 1 &&
      /(ed|wn|ung|own)$/.test(token.lower) &&
      tokens[at + 1]?.pos === 'ADP'
    ) {
      // "was personally involved in": a participle that the tagger reads as an adjective.
      main = at;
    } else break;
  }
  const to = main + 1 + (/^(not|n't|n’t)$/.test(tokens[main + 1]?.lower ?? '') ? 1 : 0);
  const opening = tokens[first];
  const verb = tokens[main];
  const copula = verb !== undefined && verb.pos === 'AUX' && BE.has(verb.lower);
  return {
    from,
    to,
    main,
    form: infinitive ? 'infinitive' : formOf(opening, main === first),
    passive: !copula && main > first && isParticiple(verb) && BE.has(tokens[lastAuxiliary(tokens, first, main)]?.lower ?? ''),
    copula,
  };
}

const isAdverb = (token: Token | undefined): boolean => token?.pos === 'ADV' && !CONJUNCTIVE.has(token.lower);

function nextVerbal(tokens: readonly Token[], from: number): number | undefined {
  for (let at = from; at < Math.min(tokens.length, from + 3); at++) {
    const pos = tokens[at]?.pos;
    if (pos === 'VERB' || pos === 'AUX') return at;
    if (pos !== 'ADV' && pos !== 'PART') return undefined;
  }
  return undefined;
}

function lastAuxiliary(tokens: readonly Token[], from: number, main: number): number {
  for (let at = main - 1; at >= from; at--) if (tokens[at]?.pos === 'AUX') return at;
  return -1;
}

function isParticiple(token: Token | undefined): boolean {
  if (token === undefined || token.lower.endsWith('ing')) return false;
  return token.pos === 'ADJ' || token.lower !== token.lemma || /(ed|en|wn|ut|et|it|st)$/.test(token.lower);
}

function formOf(opening: Token | undefined, alone: boolean): VerbPhrase['form'] {
  if (opening === undefined) return 'finite';
  if (opening.lower.endsWith('ing') && (opening.pos === 'VERB' || opening.lower === 'being' || opening.lower === 'having'))
    return 'gerund';
  if (!alone || opening.pos === 'AUX') return 'finite';
  // A past form that may also be a participle: the clause decides.
  return !PAST_ONLY.has(opening.lower) &&
    /(ed|en|wn|ught|elt|ept|ent|ade|aid|uilt|ound|eld|ut|et|ung|un|ost|ead|id)$/.test(opening.lower)
    ? 'participle'
    : 'finite';
}
