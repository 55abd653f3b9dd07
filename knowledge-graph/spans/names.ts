// Finds names: runs of capitalised words with the small words that join them. Capitals at the start of a sentence and
// in headlines prove nothing by themselves; there a name must be known from ordinary prose.
import { DEMONYMS } from '../lexicon/places.ts';
import { typeOfKnownName } from '../lexicon/gazetteer.ts';
import { genderOfGivenName } from '../lexicon/given-names.ts';
import { LEGAL_SUFFIXES, OF_HEADS, typeOfNameHead } from '../lexicon/heads.ts';
import { STOP_WORDS } from '../lexicon/function-words.ts';
import { isTitle, ROLE_MODIFIERS } from '../lexicon/titles.ts';
import { isAcronym, isMixedCase, isWord, startsCapital } from '../language/token.ts';
import { words } from '../lexicon/words.ts';
import type { Sentence, Token, TokenSpan } from '../language/token.ts';
import { opensClause } from './case-counts.ts';
import type { CaseCounts } from './case-counts.ts';
import { CALENDAR, phrase, splitRun } from './name-span.ts';
import type { NameSpan } from './name-span.ts';
import { keyOfRow } from './key-cells.ts';
import { withRecognised } from './recognised-names.ts';

const JOINERS = new Set([
  'de',
  'von',
  'van',
  'der',
  'den',
  'da',
  'di',
  'del',
  'della',
  'la',
  'le',
  'du',
  'bin',
  'al',
  'el',
  'ten',
  'zu',
  '&',
]);

export function findNames(sentences: readonly Sentence[], cases: CaseCounts): readonly NameSpan[] {
  const body = sentences.flatMap((sentence, index) =>
    sentence.headline
      ? []
      : withRecognised(sentence, index, cases.formal, namesInProse(sentence, index, cases)).filter(
          (span) => !holdsOption(sentence.tokens, span),
        ),
  );
  const known = new Set(body.map((span) => textOf(sentences, span)));
  const headlines = sentences.flatMap((sentence, index) =>
    sentence.headline ? withRecognised(sentence, index, cases.formal, namesInHeadline(sentence, index, known)) : [],
  );
  return [...body, ...headlines].toSorted((left, right) => left.sentence - right.sentence || left.from - right.from);
}

/** "Use -Word to …": a dash that hangs on its one word makes it an option of a command; "-Oscar Wilde" signs a quotation. */
const holdsOption = (tokens: readonly Token[], { from, to }: TokenSpan): boolean =>
  tokens.slice(from, to).some((token, place) => {
    const dash = tokens[from + place - 1];
    const hangs = dash?.text === '-' && dash.spaced && !token.spaced && from + place > 1;
    return hangs && (place > 0 || to - from === 1);
  });

const textOf = (sentences: readonly Sentence[], span: TokenSpan): string =>
  (sentences[span.sentence]?.tokens.slice(span.from, span.to) ?? []).map((token) => token.text).join(' ');

function namesInProse(sentence: Sentence, index: number, cases: CaseCounts): readonly NameSpan[] {
  const { tokens } = sentence;
  const key = keyOfRow(sentence, index);
  if (key !== undefined) return [{ ...key, title: undefined }];
  if (tokens.some((token) => token.nameType !== undefined)) return namesTagged(tokens, index);
  const spans: NameSpan[] = [];
  let from = 0;
  while (from < tokens.length) {
    if (!opensName(tokens, from, cases)) {
      from++;
      continue;
    }
    let to = from + 1;
    while (to < tokens.length) {
      const step = continuesName(tokens, from, to, cases);
      if (step === 0) break;
      to += step;
    }
    if (!isLabel(tokens, from, to, cases)) spans.push(...splitRun(tokens, index, from, to));
    from = to;
  }
  return spans;
}

/** Names that the tagger's dictionary knows; a role right before or after one is its title. */
function namesTagged(tokens: readonly Token[], sentence: number): readonly NameSpan[] {
  return tokens.flatMap((token, at) =>
    token.nameType === undefined ? [] : [{ sentence, from: at, to: at + 1, title: undefined }],
  );
}

/** "Central Oversight: …" opens a list item; its capitals are a label's unless prose writes the words so, too. */
function isLabel(tokens: readonly Token[], from: number, to: number, cases: CaseCounts): boolean {
  const opens = from === 0 || (from === 1 && !isWord(tokens[0]?.text ?? ''));
  if (!opens || !/^[:–—]$/.test(tokens[to]?.text ?? '')) return false;
  return !tokens
    .slice(from, to)
    .every(
      (token) =>
        cases.capital(token.lower) > 0 ||
        isMixedCase(token.text) ||
        !isWord(token.text) ||
        typeOfKnownName(token.lower) !== undefined,
    );
}

/** "Competitor Thermia Nord gained …": says what the name after it is to somebody, and is none itself. */
const DESCRIBING = words(
  'competitor rival shareholder supplier customer investor regulator retailer publisher insurer airline carmaker startup manufacturer exchange auditor landlord operator sponsor',
);

/** Whether a word can be part of a name where it stands. */
function isNameWord(token: Token): boolean {
  if (!isWord(token.text) || token.text.length > 40) return false;
  if (/[@/\\_=<>{}]|^https?:|\.(com|io|org|net|html?)$/i.test(token.text)) return false;
  if (!startsCapital(token.text)) return isMixedCase(token.text) && !/^[a-z]+[A-Z][a-z]+$/.test(token.text);
  if (token.text === 'I' || /^I['’]/.test(token.text) || CALENDAR.has(token.lower)) return false;
  if (STOP_WORDS.has(token.lower)) return isAcronym(token.text) && token.text.length > 2;
  return token.pos !== 'INTJ' && token.pos !== 'PUNCT';
}

function opensName(tokens: readonly Token[], at: number, cases: CaseCounts): boolean {
  const token = tokens[at];
  if (token === undefined || !isNameWord(token)) return false;
  const previous = tokens[at - 1];
  const atStart = previous === undefined || opensClause(previous.text) || (at === 1 && !isWord(previous.text));
  if (!atStart) return !(DEMONYMS.has(token.lower) && !isNameWordAt(tokens, at + 1));
  if (isMixedCase(token.text) || isAcronym(token.text)) return true;
  if (DEMONYMS.has(token.lower) && !isNameWordAt(tokens, at + 1)) return false;
  if (ROLE_MODIFIERS.has(token.lower) && isTitle(tokens[at + 1]?.text ?? '')) return false;
  if (DESCRIBING.has(token.lower) && isNameWordAt(tokens, at + 1)) return false;
  const capital = cases.capital(token.lower);
  const lower = cases.lower(token.lower);
  if (capital > lower) return true;
  const owner = /^['’]$/.test(tokens[at + 1]?.text ?? '') && token.lower.endsWith('s');
  const beforeName = isNameWordAt(tokens, owner ? at + 2 : at + 1);
  if (typeOfKnownName(token.lower) !== undefined || genderOfGivenName(token.text) !== undefined) return lower === 0 || beforeName;
  if (isTitle(token.lower) && beforeName) return true;
  // "Riders United demanded …": the pair is a name where prose has it inside a sentence.
  if (cases.pair(token.lower, tokens[at + 1]?.lower ?? '') > 0) return true;
  if (lower > 0 || token.pos !== 'PROPN') return false;
  // An unknown word that opens a sentence and is never seen elsewhere: the tagger's word counts when a verb or name follows.
  const next = tokens[at + 1];
  return (
    beforeName || next?.pos === 'VERB' || next?.pos === 'AUX' || next?.text === "'s" || next?.text === '’s' || next?.text === ','
  );
}

const isNameWordAt = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token !== undefined && isNameWord(token);
};

/** How many tokens join the run `[from, to)` next; 0 ends it. */
function continuesName(tokens: readonly Token[], from: number, to: number, cases: CaseCounts): number {
  const token = tokens[to];
  const previous = tokens[to - 1];
  if (token === undefined || previous === undefined) return 0;
  // "… joined Acme Corp. Kestrel …": the stop may close the sentence as well as the suffix.
  if (previous.text.endsWith('.') && LEGAL_SUFFIXES.has(previous.lower)) return 0;
  if (isNameWord(token)) return 1;
  const next = tokens[to + 1];
  // "Mei-Lin Zhao", "Saint-Denis".
  const hyphen = token.text === '-' && !token.spaced && next !== undefined && !next.spaced;
  if (hyphen && startsCapital(next.text) && isNameWord(next)) return 2;
  if (JOINERS.has(token.lower) && isNameWordAt(tokens, to + 1) && previous.pos !== 'PUNCT') return 2;
  // "Traders' Association", "Nurses' Union": a plural owner belongs to the name of its body.
  if (/^['’]$/.test(token.text) && !token.spaced && previous.lower.endsWith('s') && next !== undefined && isNameWord(next)) {
    return typeOfNameHead(next.lower) === undefined ? 0 : 2;
  }
  // "St Brendan's Hospital".
  if (/^['’]s$/.test(token.text) && /^st\.?$/.test(tokens[from]?.lower ?? '') && next !== undefined && isNameWord(next)) {
    return typeOfNameHead(next.lower) === undefined ? 0 : 2;
  }
  if (token.text === ',' && endsPartner(tokens, from, to) && opensFirm(tokens, from)) return 2;
  if (token.lower === 'of') {
    if (!OF_HEADS.has(previous.lower)) return 0;
    if (isNameWordAt(tokens, to + 1)) return 2;
    return next?.lower === 'the' && isNameWordAt(tokens, to + 2) ? 3 : 0;
  }
  if (
    token.lower === 'for' &&
    /^(ministry|department|office|centre|center|institute|secretary|minister|agency|campaign)$/.test(previous.lower)
  ) {
    return isNameWordAt(tokens, to + 1) ? 2 : 0;
  }
  if (
    token.lower === 'and' &&
    /\b(ministry|department|secretary|minister|commission|committee|office) (of|for) /.test(phrase(tokens, from, to))
  ) {
    return isNameWordAt(tokens, to + 1) && cases.capital(next?.lower ?? '') > 0 ? 2 : 0;
  }
  if (token.pos === 'NUM' && /^\d{1,3}(\.\d+)*[a-z]?$/.test(token.text) && token.spaced) {
    const closed = next === undefined || !/^(NOUN|SYM|NUM)$/.test(next.pos) || next.lower === 'model';
    return (token.text.includes('.') || isVersionable(previous)) && closed ? 1 : 0;
  }
  return 0;
}

/** Whether `[from, to)` is single words with commas between them. */
const endsPartner = (tokens: readonly Token[], from: number, to: number): boolean =>
  (to - from) % 2 === 1 && tokens.slice(from, to).every(({ text }, place) => (text === ',') === (place % 2 === 1));

const FIRM_ENDS = words('co co. company sons bros bros. brothers partners associates cie cie.');
/** "In Chicago, Harris & Co. …": there the first name is a place, and the firm begins after the comma. */
const PLACING = words('in at near');

/** "Harris, Forbes & Co.", "Kidder, Peabody & Sons": partners with commas before the last. */
function opensFirm(tokens: readonly Token[], from: number): boolean {
  if (typeOfKnownName(tokens[from]?.lower ?? '') !== undefined || PLACING.has(tokens[from - 1]?.lower ?? '')) return false;
  let at = from + 1;
  while (tokens[at]?.text === ',' && isNameWordAt(tokens, at + 1)) at += 2;
  return tokens[at]?.text === '&' && FIRM_ENDS.has(tokens[at + 1]?.lower ?? '');
}

const isVersionable = (token: Token): boolean => startsCapital(token.text) && token.pos === 'PROPN' && !isTitle(token.lower);
/** In a headline only names that ordinary prose of the same document has, the longest first, and unmistakable forms. */
function namesInHeadline(sentence: Sentence, index: number, known: ReadonlySet<string>): readonly NameSpan[] {
  const { tokens } = sentence;
  const spans: NameSpan[] = [];
  let from = 0;
  while (from < tokens.length) {
    let to = Math.min(tokens.length, from + 6);
    while (
      to > from &&
      !known.has(
        tokens
          .slice(from, to)
          .map((token) => token.text)
          .join(' '),
      )
    )
      to--;
    if (to === from && isUnmistakable(tokens[from])) to = from + 1;
    if (to > from) spans.push({ sentence: index, from, to, title: undefined });
    from = Math.max(to, from + 1);
  }
  return spans;
}

const isUnmistakable = (token: Token | undefined): boolean =>
  token !== undefined &&
  isNameWord(token) &&
  (typeOfKnownName(token.lower) !== undefined || /\p{Ll}\p{Lu}{2,}|^\p{Lu}\p{Ll}+\p{Lu}/u.test(token.text));
