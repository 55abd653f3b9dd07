// Where the author stands on the question as a whole, in a sentence.
import type { Speaker } from './speaker.ts';

/** Yes or no for a single proposition; for competing answers, for or against this one by name. */
export function verdict(speaker: Speaker): string {
  const { recipe, phrases, strong, issue, rivals, register } = speaker;
  const inFavour = recipe.stance > 0;
  if (!rivals) {
    const bank = inFavour ? phrases.yes : phrases.no;
    return speaker.pick(30, strong ? bank.strong : bank.mild);
  }
  const label = `“${issue.label}”`;
  if (register === 'journalistic')
    return inFavour ? `Backers of ${label} see themselves ahead.` : `Doubts about ${label} remain.`;
  if (speaker.isBody) return inFavour ? `Our answer is ${label}.` : `${label} is not our answer.`;
  return speaker.pick(
    31,
    inFavour
      ? [
          `My answer is ${label}.`,
          `I would go with ${label}.`,
          `If I had to choose: ${label}.`,
          `Put me down for ${label}.`,
          `For me it comes down to ${label}.`,
        ]
      : [
          `${label} is not my answer.`,
          `I would not pick ${label}.`,
          `Anything but ${label}, please.`,
          `I do not see ${label} winning me over.`,
        ],
  );
}
