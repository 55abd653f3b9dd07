// Base noun phrases of a sentence: "the evil Jillian Hall", "about 80 % of" ends before "of". No verbs, no prepositions
// inside; a phrase is known by the token where it starts and the one where it ends.
import { startsCapital } from '../../language/token.ts';
import type { Token } from '../../language/token.ts';
import { words } from '../../lexicon/words.ts';
import { isRoleNoun } from '../role-nouns.ts';

interface Extent {
  readonly from: number;
  readonly to: number;
}

export interface NounPhrases {
  /** The start of the phrase that a token belongs to, or −1. */
  startOf(at: number): number;
  /** The end (exclusive) of the phrase that a token belongs to, or −1. */
  endOf(at: number): number;
}

const PREDETERMINERS = words('all both half such many quite');
export const RELATIVE = words('who whom which that whose where when');
const CLOSED_ADVERBS = words('not never also then thus however therefore already still just even only there here now once');

/** `names` are stretches known to be one thing each, whatever their tags: "the Board of Lights". */
export function chunkNouns(tokens: readonly Token[], names: readonly Extent[]): NounPhrases {
  const nameEnds = new Map(names.map(({ from, to }) => [from, to] as const));
  const starts = new Int32Array(tokens.length).fill(-1);
  const ends = new Int32Array(tokens.length).fill(-1);
  let at = 0;
  while (at < tokens.length) {
    const to = endFrom(tokens, at, nameEnds);
    if (to <= at) {
      at++;
      continue;
    }
    starts.fill(at, at, to);
    ends.fill(to, at, to);
    at = to;
  }
  return { startOf: (index) => starts[index] ?? -1, endOf: (index) => ends[index] ?? -1 };
}

const isHead = ({ pos }: Token): boolean => pos === 'NOUN' || pos === 'PROPN' || pos === 'NUM';
export const isPossessive = (token: Token | undefined): boolean =>
  token !== undefined && (token.lower === "'s" || token.lower === '’s') && token.pos === 'PART';
const isOpeningQuote = ({ text }: Token): boolean => text === '`' || text === '``' || text === '“' || text === '"';
const isClosingQuote = ({ text }: Token): boolean => text === "'" || text === "''" || text === '”' || text === '"';
const STANDS_ALONE = words('this that these those all both some many few most');
/** "its", "their": a pronoun that determines. "her" may be either; before a noun it determines. */
const POSSESSIVES = words('its their his her our your my');

function endFrom(tokens: readonly Token[], from: number, nameEnds: ReadonlyMap<number, number>): number {
  let last = -1;
  let at = from;
  let quoted = 0;
  let determined = false;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token === undefined) break;
    const { pos, lower } = token;
    const nameEnd = nameEnds.get(at);
    if (nameEnd !== undefined) {
      last = nameEnd - 1;
      at = last;
    } else if (isHead(token)) last = at;
    else if (pos === 'DET' || (pos === 'PRON' && POSSESSIVES.has(lower))) {
      if (at > from && !(last < 0 && (PREDETERMINERS.has(tokens[at - 1]?.lower ?? '') || quoted > 0))) break;
      if (RELATIVE.has(lower) && next !== undefined && (next.pos === 'VERB' || next.pos === 'AUX')) break;
      determined = true;
      // "this", "those", "all" by themselves.
      if (
        next === undefined ||
        !opensModifier(next) ||
        (STANDS_ALONE.has(lower) && next.pos === 'VERB' && !/(ed|ing)$/.test(next.lower))
      )
        last = at;
    } else if (pos === 'PRON') {
      if (at > from || RELATIVE.has(lower)) break;
      return at + 1;
    } else if (pos === 'ADJ') {
      if (determined && next !== undefined && last < 0 && !opensModifier(next)) last = at;
    } else if (pos === 'ADV') {
      if (
        CLOSED_ADVERBS.has(lower) ||
        next === undefined ||
        !(next.pos === 'ADJ' || next.pos === 'NUM' || next.pos === 'ADV') ||
        last >= 0
      )
        break;
    } else if (isPossessive(token)) {
      if (last < 0) break;
    } else if (token.text === '$' || token.text === '£' || token.text === '€' || token.text === '#') {
      if (next?.pos !== 'NUM') break;
    } else if (token.text === '%') {
      if (last < 0) break;
      last = at;
    } else if (token.text === '&' || token.text === '-' || token.text === '–' || token.text === '/') {
      if (last < 0 && tokens[at - 1]?.pos !== 'ADJ') break;
      const tail = tokens[at + 2];
      // "state - owned BNL"
      if (next?.pos === 'VERB' && tail !== undefined && (isHead(tail) || tail.pos === 'ADJ')) at++;
      else if (next === undefined || !(isHead(next) || next.pos === 'ADJ')) break;
    } else if (isOpeningQuote(token) && quoted === 0) {
      if (last >= 0 && tokens[at - 1]?.pos === 'PUNCT') break;
      quoted = 1;
      if (next?.text === token.text) at++;
    } else if (isClosingQuote(token) && quoted === 1 && last >= 0) {
      quoted = 0;
      if (next?.text === token.text) at++;
      last = at;
    } else if (pos === 'CCONJ') {
      // "rare and endemic plants"
      if (last >= 0 || tokens[at - 1]?.pos !== 'ADJ' || next?.pos !== 'ADJ') break;
    } else if (pos === 'VERB' && startsCapital(token.text) && at > from && /^(PROPN|DET|ADJ)$/.test(tokens[at - 1]?.pos ?? '')) {
      // "the Red Cross", "Mr. Hatch": a name, whatever the tagger thinks.
      last = at;
    } else if (pos === 'VERB') {
      // "managing director"
      if (last < 0 && lower.endsWith('ing') && next?.pos === 'NOUN' && isRoleNoun(next) && tokens[at - 1]?.pos !== 'AUX')
        continue;
      // "a proposed amendment", "the remaining trackage"
      const before = tokens[at - 1];
      if (at === from || before === undefined || !(determined || before.pos === 'ADJ') || last >= 0) break;
      // "this finding", "a human being"
      if (lower.endsWith('ing') && (next === undefined || /^(VERB|AUX|ADP|PUNCT)$/.test(next.pos))) {
        last = at;
        continue;
      }
      if (!/(ed|ing|en|wn)$/.test(lower) || next === undefined || !(isHead(next) || next.pos === 'ADJ')) break;
    } else break;
  }
  return last + 1;
}

const opensModifier = ({ pos, text }: Token): boolean =>
  pos === 'ADJ' ||
  pos === 'NOUN' ||
  pos === 'PROPN' ||
  pos === 'NUM' ||
  pos === 'ADV' ||
  pos === 'VERB' ||
  pos === 'DET' ||
  text === '`' ||
  text === '“' ||
  text === '"' ||
  text === '$';
