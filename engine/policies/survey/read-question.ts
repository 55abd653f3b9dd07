// Reads a survey question: which issue it asks about and which part of the opinion scale each option stands for.
// Invariant: an option that cannot be placed is an error with a hint, never a guess.
import { ShoalError } from '#foundation';
import type { Issue } from '#scenarios/contract';
import { issueReader, opposes } from '../../population/index.ts';

/** Options are stretches of one issue's scale, or competing issues with perhaps one for "none of them". */
export type Reading =
  | { readonly kind: 'scale'; readonly issue: number; readonly flipped: boolean; readonly places: readonly Place[] }
  | { readonly kind: 'choice'; readonly issues: readonly (number | undefined)[] };
export type Place = 'strong-yes' | 'yes' | 'unsure' | 'no' | 'strong-no';

const normal = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const UNSURE =
  /^(unsure|not sure|undecided|don't know|do not know|dont know|no opinion|neutral|neither.*|maybe|abstain|none( of (these|them|the above))?|other|can't say|it depends)$/;
const STRONG = /\b(strongly|definitely|fully|completely|absolutely|very)\b/;
const NO = /\b(no|not|never|disagree|oppose|opposed|against|reject|disapprove|unfavou?rable|false|unlikely|bad|stop)\b/;
const YES = /\b(yes|yeah|agree|support|for|favou?r|in favou?r|approve|favou?rable|true|likely|good|go ahead)\b/;

function placeOf(option: string): Place | undefined {
  const text = normal(option);
  if (UNSURE.test(text)) return 'unsure';
  if (NO.test(text)) return STRONG.test(text) ? 'strong-no' : 'no';
  if (YES.test(text)) return STRONG.test(text) ? 'strong-yes' : 'yes';
  return undefined;
}

export function readQuestion(question: string, options: readonly string[], issues: readonly Issue[]): Reading {
  if (options.length < 2) throw cannot('A survey needs at least two options.', issues);
  if (new Set(options.map(normal)).size !== options.length) throw cannot('Two options say the same.', issues);
  const named = options.map((option) => issueNamed(option, issues));
  const found = named.filter((issue) => issue !== undefined);
  if (
    found.length >= 2 &&
    new Set(found).size === found.length &&
    options.every((option, i) => named[i] !== undefined || UNSURE.test(normal(option)))
  ) {
    return { kind: 'choice', issues: named };
  }
  const places = options.map(placeOf);
  const unplaced = options.filter((_, i) => places[i] === undefined);
  if (unplaced.length > 0)
    throw cannot(`No issue and no side could be read from ${unplaced.map((option) => `“${option}”`).join(', ')}.`, issues);
  const sides = places.filter((place) => place !== undefined);
  if (new Set(sides).size !== sides.length) throw cannot('Two options stand for the same side.', issues);
  if (!sides.some((side) => side.endsWith('yes')) || !sides.some((side) => side.endsWith('no')))
    throw cannot('The options need one side for and one against.', issues);
  const issue = issueAsked(question, issues);
  return { kind: 'scale', issue, flipped: opposes(question, issues[issue]?.proposition ?? ''), places: sides };
}

/** The one issue whose label, id or terms the option is. */
function issueNamed(option: string, issues: readonly Issue[]): number | undefined {
  const text = normal(option);
  const exact = issues.findIndex((issue) => normal(issue.label) === text || normal(issue.id) === text);
  if (exact >= 0) return exact;
  if (placeOf(option) !== undefined) return undefined;
  const scores = issues.map(
    (issue) =>
      issueReader(issue, []).relevance(option) +
      (normal(issue.label).includes(text) || text.includes(normal(issue.label)) ? 2 : 0),
  );
  const best = Math.max(...scores);
  return best > 0 && scores.filter((score) => score === best).length === 1 ? scores.indexOf(best) : undefined;
}

function issueAsked(question: string, issues: readonly Issue[]): number {
  if (issues.length === 1) return 0;
  const scores = issues.map(
    (issue) => issueReader(issue, []).relevance(question) + (normal(question).includes(normal(issue.label)) ? 3 : 0),
  );
  const best = Math.max(...scores);
  if (best === 0) throw cannot('The question names none of the issues of this world.', issues);
  return scores.indexOf(best);
}

const cannot = (message: string, issues: readonly Issue[]): ShoalError =>
  new ShoalError('invalid_input', message, {
    hint: `Ask about one of these with options such as yes, no, unsure, or a scale from “strongly agree” to “strongly disagree”, or offer them as options by name: ${issues.map((issue) => `“${issue.label}”`).join(', ')}.`,
  });
