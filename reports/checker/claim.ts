// Checks one sentence: citations resolve, quotations are exact, numbers are what their functions give, and no digit,
// number word or quotation stands there that nothing accounts for.
import type { PostView } from '#engine/contract';
import type { Citation, ReportClaim } from '../contract.ts';
import { recompute } from '../numbers/compute.ts';
import type { Source } from '../numbers/source.ts';
import { citedText, evenSpaces } from './quotes.ts';

export interface ClaimContext {
  readonly source: Source;
  /** From `ownWords`. */
  readonly own: readonly string[];
}

const QUOTATION = /[“”„«»"]/u;
/** A number must not slip in as a word; "one" and small ordinals are ordinary English. */
const NUMBER_WORD =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?|millions?|billions?|dozens?|half|thirds?|quarters?|twice|double[ds]?|triple[ds]?|per ?cent)\b/gi;

export function claimProblems(claim: ReportClaim, context: ClaimContext): readonly string[] {
  const { source } = context;
  const problems: string[] = [];
  const evidence = claim.citations.map((citation) => citedText(source, citation));
  claim.citations.forEach((citation, index) => {
    if (evidence[index] === undefined) problems.push(`The citation ${citationText(citation)} does not resolve.`);
  });
  problems.push(...kindProblems(claim), ...attributionProblems(claim, source));
  problems.push(...numberProblems(claim, source));

  let rest = evenSpaces(claim.text);
  let quotes = 0;
  for (const text of evidence.map((cited) => evenSpaces(cited ?? '')).filter((cited) => cited !== '')) {
    if (rest.includes(`“${text}”`)) quotes++;
    rest = rest.replaceAll(`“${text}”`, ' ');
  }
  if ((claim.kind === 'quote' || claim.kind === 'seed-fact') && quotes === 0)
    problems.push('It quotes none of its sources word for word.');
  rest = withoutOwnWords(rest, context, claim);
  if (QUOTATION.test(rest)) problems.push(`It quotes words that are not in its sources: ${rest.trim().slice(0, 160)}`);
  for (const number of claim.numbers.toSorted((left, right) => right.text.length - left.text.length))
    rest = without(rest, evenSpaces(number.text));
  const digits = rest.match(/\p{Nd}[\p{Nd}.,:/]*/gu);
  if (digits !== null) problems.push(`No computation stands behind the number ${digits[0]}.`);
  return problems;
}

/** Number words of a text, for comparing a rewritten sentence with its original. */
export const numberWords = (text: string): readonly string[] =>
  [...text.matchAll(NUMBER_WORD)].map((match) => match[0].toLowerCase());

const citationText = (citation: Citation): string =>
  citation.kind === 'event'
    ? `of event ${citation.seq}`
    : citation.kind === 'span'
      ? `of ${citation.span.document} ${citation.span.start}–${citation.span.end}`
      : `of ${citation.name} at round ${citation.round}`;

function kindProblems({ kind, citations }: ReportClaim): readonly string[] {
  const has = (wanted: Citation['kind']): boolean => citations.some((citation) => citation.kind === wanted);
  const problems: string[] = [];
  if (kind !== 'method' && kind !== 'caution' && citations.length === 0) problems.push('It cites nothing.');
  if (kind === 'quote' && !has('event')) problems.push('A quotation from the simulation must cite its event.');
  if (kind === 'seed-fact' && (!has('span') || has('event')))
    problems.push('A fact from the documents must cite a document and no simulated event.');
  return problems;
}

function numberProblems(claim: ReportClaim, source: Source): readonly string[] {
  const text = evenSpaces(claim.text);
  return claim.numbers.flatMap((number) => {
    const again = recompute(source, number.source.name, number.source.args);
    const name = `${number.source.name}(${number.source.args.join(', ')})`;
    if (again === undefined) return [`The number ${number.text} names ${name}, which this run does not have.`];
    const problems: string[] = [];
    if (!same(again.value, number.value) || evenSpaces(again.text) !== evenSpaces(number.text)) {
      problems.push(`${name} is ${again.text}, not ${number.text}.`);
    }
    if (!containsNumber(text, evenSpaces(number.text))) problems.push(`The number ${number.text} is missing from the sentence.`);
    return problems;
  });
}

const same = (left: number, right: number): boolean =>
  left === right || Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** As a whole: the "12" of "12 %" does not stand in "112 %". */
const wholeNumber = (text: string): RegExp =>
  new RegExp(`(?<![\\p{Nd}]|[\\p{Nd}][.,])${escaped(text)}(?![\\p{Nd}]|[.,][\\p{Nd}])`, 'u');

const containsNumber = (sentence: string, number: string): boolean => wholeNumber(number).test(sentence);

/** Takes out one occurrence: a number said twice must be carried twice. */
const without = (text: string, number: string): string => text.replace(wholeNumber(number), ' ');

/** As a quoted author is named: "Ines Aldana (@ines_aldana, microblog)". */
export const authorOf = (post: PostView): string =>
  `${post.authorName} (@${post.authorHandle.replace(/^@/, '')}, ${post.platform})`;

/** The right words in the wrong mouth are a false quotation. */
function attributionProblems({ kind, text, citations }: ReportClaim, source: Source): readonly string[] {
  if (kind !== 'quote') return [];
  const posts = citations.flatMap((citation) => (citation.kind === 'event' ? (source.record.post(citation.seq) ?? []) : []));
  return posts
    .filter((post) => post.authorType !== 'intervention' && !evenSpaces(text).startsWith(evenSpaces(authorOf(post))))
    .map((post) => `The words are by ${authorOf(post)}, who is not named.`);
}

function withoutOwnWords(text: string, { own, source }: ClaimContext, claim: ReportClaim): string {
  let rest = text;
  const authors = claim.citations.flatMap((citation) => {
    const post = citation.kind === 'event' ? source.record.post(citation.seq) : undefined;
    return post === undefined ? [] : [authorOf(post)];
  });
  for (const name of [...authors.map(evenSpaces), ...own]) {
    rest = rest.replaceAll(`“${name}”`, ' ');
    rest = rest.replaceAll(name, ' ');
    // At the head of a sentence, or inside one.
    for (const initial of [name.charAt(0).toLowerCase(), name.charAt(0).toUpperCase()])
      rest = rest.replaceAll(initial + name.slice(1), ' ');
  }
  // Labels and names without digits may be quoted too.
  return rest.replaceAll(/“([^“”]{1,160})”/gu, (whole, inner: string) => (isOwnName(inner, source) ? ' ' : whole));
}

function isOwnName(text: string, source: Source): boolean {
  const { framing, population } = source.record;
  return (
    framing.issues.some((issue) => issue.label === text || issue.proposition === text) ||
    framing.questions.some((question) => question.text === text || evenSpaces(question.text).includes(text)) ||
    population.communities.some((community) => community.label === text) ||
    source.rejected.some((file) => file.name === text)
  );
}
