// Brings the names of the learned recogniser and those of the rules together in one list without overlaps.
import { STOP_WORDS } from '../lexicon/function-words.ts';
import { LEGAL_SUFFIXES, typeOfNameHead } from '../lexicon/heads.ts';
import { nameLists } from '../lexicon/name-lists.ts';
import { isHeadline } from '../language/analyse.ts';
import type { Sentence, Token } from '../language/token.ts';
import { CALENDAR, splitRun } from './name-span.ts';
import type { NameSpan } from './name-span.ts';
import type { RecognisedName } from './recogniser/recognise.ts';

/** A word that leans away from names further than this (one natural unit of log odds) is none by its capital alone. */
const LEANING_OUT = -16;

/**
 * The recogniser's names, widened to a rule's name that holds them and ends in the head of a name ("Riverton Town
 * Council") or names partners. What only the rules find stays as a name of no kind, unless an informal text capitalised it idly.
 */
export function withRecognised(
  sentence: Sentence,
  index: number,
  formal: boolean,
  found: readonly NameSpan[],
): readonly NameSpan[] {
  const { tokens, recognition } = sentence;
  if (recognition === undefined) return found;
  const { names, leanings } = recognition;
  const titled = formal && isHeadline(tokens, true);
  const taken = names.filter((name) => {
    const { from, to, kind } = name;
    const run = tokens.slice(from, to);
    // In a headline the names that prose has are surer; where every word has its capital, only they are.
    if (sentence.headline && (titled || found.some((span) => overlap(span, name)))) return false;
    if (run.every(({ text }) => POSSESSIVE.test(text))) return false;
    if (formal && run.every(({ lower }) => STOP_WORDS.has(lower.replace(/\.$|['’](?:s|m|re|ve|ll|d)$/, '')))) return false;
    if (kind === 'demonym' || (kind !== 'person' && run.every(({ lower }) => CALENDAR.has(lower)))) return false;
    return !formal || run.some((token) => /\p{Lu}/u.test(token.text));
  });
  const whole = found.filter(
    (span) => (endsInHead(tokens, span) || isOfPartners(tokens, span)) && taken.some((name) => holds(span, name)),
  );
  const recognised = taken.flatMap((name) => {
    if (whole.some((span) => holds(span, name))) return [];
    return splitAtSuffix(tokens, ...trimmed(tokens, name)).flatMap(([from, to]) =>
      splitRun(tokens, index, from, to).map((span) => ({ ...span, wording: { kind: name.kind, lead: name.lead } })),
    );
  });
  const widened = whole.map((span) => {
    const last = taken.findLast((name) => holds(span, name) && name.to === span.to);
    return last === undefined ? span : { ...span, wording: { kind: last.kind, lead: last.lead } };
  });
  const beside = found.filter(
    (span) =>
      !whole.includes(span) &&
      !taken.some((name) => overlap(span, name)) &&
      (formal || leanings.subarray(span.from, span.to).every((leaning) => leaning > LEANING_OUT)),
  );
  return [...recognised, ...widened, ...beside].toSorted((left, right) => left.from - right.from);
}

const POSSESSIVE = /^['’]?s?$/iu;

/** A recognised name without marks at its ends, an article before it, and without a common noun after a name that all know ("Github outage"). */
function trimmed(tokens: readonly Token[], name: RecognisedName): readonly [number, number] {
  let { from, to } = name;
  const marks = tokens.slice(from, to).some(({ text }) => text === '(') ? MARK_BUT_CLOSING : MARK;
  while (from < to && MARK.test(tokens[from]?.text ?? '')) from++;
  if (isArticle(tokens[from]) && (name.kind !== 'work' || endsInHead(tokens, name)) && !isListed(tokens, from, to)) from++;
  while (to > from && (marks.test(tokens[to - 1]?.text ?? '') || isOwner(tokens, from, to))) to--;
  if (to - from > 1 && /^\p{Ll}+$/u.test(tokens[to - 1]?.text ?? '')) {
    if (isListed(tokens, from, to - 1)) to--;
  }
  return [from, to];
}
const MARK = /^[#()[\]"“”'’‘,:;–—-]+$/;
const MARK_BUT_CLOSING = /^[#([\]"“”'’‘,:;–—-]+$/;

const overlap = (left: Range, right: Range): boolean => left.from < right.to && right.from < left.to;
const holds = (outer: Range, inner: Range): boolean => outer.from <= inner.from && inner.to <= outer.to;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The ending of "Rust's", which is no part of the name; of "McDonald's" it is one. */
const isOwner = (tokens: readonly Token[], from: number, to: number): boolean =>
  to - from > 1 && /^['’]s$/.test(tokens[to - 1]?.text ?? '') && !isListed(tokens, from, to);

const isArticle = (token: Token | undefined): boolean => /^(?:the|an?)$/.test(token?.lower ?? '');

function isListed(tokens: readonly Token[], from: number, to: number): boolean {
  const run = tokens.slice(from, to).map((token) => token.lower);
  return nameLists().listed(run.join('')) !== undefined;
}

/** The rules put a comma into a name of several partners only ("Harris, Forbes & Co."). */
const isOfPartners = (tokens: readonly Token[], { from, to }: Range): boolean =>
  tokens.slice(from, to).some(({ text }) => text === ',');

function endsInHead(tokens: readonly Token[], { from, to }: Range): boolean {
  const last = tokens[to - 1]?.lower ?? '';
  return to - from > 1 && typeOfNameHead(last) !== undefined;
}

/** "Acme Corp." "Kestrel": a stop after a legal form ends the name before it. */
function splitAtSuffix(tokens: readonly Token[], from: number, to: number): readonly (readonly [number, number])[] {
  if (from === to) return [];
  for (let at = from; at < to - 1; at++) {
    const word = tokens[at]?.lower ?? '';
    if (word.endsWith('.') && LEGAL_SUFFIXES.has(word)) return [[from, at + 1], ...splitAtSuffix(tokens, at + 1, to)];
  }
  return [[from, to]];
}
