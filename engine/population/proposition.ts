// The bare proposition as words for both sides, for issues on which the documents say little.
// Invariant: at least one point for and one against, and two arguments on each side with those of the documents.
import type { Issue } from '#scenarios/contract';

const AUXILIARY = /\b(should|will|would|can|could|must|may|might|shall|is|are|was|were|has|have|had|does|do|did)\b/i;

const asSentence = (text: string): string => {
  const trimmed = text.trim().replace(/[.!?…]+$/, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`;
};

/** The contrary of a sentence, by the place of its first auxiliary; says so in words where it has none. */
function negate(proposition: string): string {
  const sentence = asSentence(proposition);
  if (/^(nobody|no one)\b/i.test(sentence)) return sentence.replace(/^(nobody|no one)\b/i, 'Somebody');
  if (/\b(not|never)\b/i.test(sentence)) return asSentence(sentence.replace(/\s*\b(not|never)\b/i, ''));
  if (/\bcan\b/i.test(sentence)) return sentence.replace(/\bcan\b/i, 'cannot');
  if (AUXILIARY.test(sentence)) return sentence.replace(AUXILIARY, '$1 not');
  return `The claim “${sentence.slice(0, -1)}” does not hold up.`;
}

/** What can be said of any proposition of its kind; for sides that the documents leave without arguments. */
const WORDS = {
  wish: {
    for: [
      'Waiting has a price too, and somebody pays it.',
      'The alternatives on the table are weaker.',
      'Doing nothing is a decision as well.',
      'What we have now is not working.',
    ],
    against: [
      'Nobody has shown that it works as promised.',
      'The people who pay for it were not asked.',
      'It solves a problem that few of us have.',
      'What we have now can be mended for less.',
    ],
  },
  expectation: {
    for: [
      'The signs already point that way.',
      'What held it back is going away.',
      'Too many people want it by now to turn back.',
      'Once the first have done it, the others follow.',
    ],
    against: [
      'Certainties of this kind have been announced before.',
      'There is a long way from plan to fact.',
      'Habits change more slowly than headlines.',
      'Those who would have to do it have other worries.',
    ],
  },
} as const;

const GENERAL: ReadonlySet<string> = new Set(Object.values(WORDS).flatMap((sides) => [...sides.for, ...sides.against]));

/** Whether a point is such a remark: good for saying oneself, not worth quoting from others. */
export const isGeneralRemark = (text: string): boolean => GENERAL.has(text);

/** With this many arguments from the documents a side needs none of ours. */
const ENOUGH_ARGUMENTS = 3;
/** The bare proposition leans like a document's sentence where there are enough of those, so that it does not drown them. */
const LEAN = { alone: 0.8, besides: 0.4, general: 0.5 } as const;

const sideOf = (
  bare: string,
  count: number,
  general: readonly string[],
  first: number,
  sign: 1 | -1,
): readonly { readonly text: string; readonly lean: number }[] => {
  const enough = count >= ENOUGH_ARGUMENTS;
  return [
    { text: bare, lean: sign * (enough ? LEAN.besides : LEAN.alone) },
    ...(enough
      ? []
      : [...general, ...general].slice(first, first + (count > 0 ? 1 : 3)).map((text) => ({ text, lean: sign * LEAN.general }))),
  ];
};

/** `argued`: how many points from the documents each side has. */
export function propositionPoints(
  issue: Issue,
  argued: { readonly for: number; readonly against: number } = { for: 0, against: 0 },
): readonly { readonly text: string; readonly lean: number }[] {
  const kind = /\b(should|must|ought|need to|needs to)\b/i.test(issue.proposition) ? 'wish' : 'expectation';
  // Rival issues start at different remarks, so that not all of them are argued in the same words.
  const first = issue.index % WORDS[kind].for.length;
  return [
    ...sideOf(asSentence(issue.proposition), argued.for, WORDS[kind].for, first, 1),
    ...sideOf(negate(issue.proposition), argued.against, WORDS[kind].against, first, -1),
  ];
}
