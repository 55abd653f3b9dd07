// The bare proposition as words for both sides, for issues on which the documents say little.
// Invariant: at least two points for and two against, each a whole sentence.
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

/** Sentences after a label and a colon; which set fits depends on what kind of statement the proposition makes. */
const WORDS = {
  wish: {
    for: ['waiting has a price too, and somebody pays it.', 'the alternatives on the table are weaker.'],
    against: ['nobody has shown that it works as promised.', 'the people who pay for it were not asked.'],
  },
  expectation: {
    for: ['the signs already point that way.', 'what held it back is going away.'],
    against: ['certainties of this kind have been announced before.', 'there is a long way from plan to fact.'],
  },
} as const;

export function propositionPoints(issue: Issue): readonly { readonly text: string; readonly lean: number }[] {
  const kind = /\b(should|must|ought|need to|needs to)\b/i.test(issue.proposition) ? 'wish' : 'expectation';
  const label = `${issue.label.charAt(0).toUpperCase()}${issue.label.slice(1)}`;
  return [
    { text: asSentence(issue.proposition), lean: 0.8 },
    ...WORDS[kind].for.map((text) => ({ text: `${label}: ${text}`, lean: 0.5 })),
    { text: negate(issue.proposition), lean: -0.8 },
    ...WORDS[kind].against.map((text) => ({ text: `${label}: ${text}`, lean: -0.5 })),
  ];
}
