// What somebody would rather have: among rival answers, a "no" to one is best argued by the case for another.
// Invariant: the case is a point of the documents; without one nothing is said.
import { framed } from './frames.ts';
import { namesItself } from './speaker.ts';
import type { Speaker } from './speaker.ts';

/** Who rejects one answer mostly prefers another: which, and what the documents say for it. */
export function preference(speaker: Speaker): readonly string[] {
  const { population, recipe, issue, points } = speaker;
  if (speaker.isBody || !speaker.rivals || recipe.stance >= 0) return [];
  const own = (index: number): number => population.columns.opinion[recipe.agent * population.issues.length + index] ?? 0;
  const [first] = population.issues
    .filter((other) => other !== issue && other.question === issue.question && own(other.index) > 0)
    .toSorted((a, b) => own(b.index) - own(a.index));
  const cases = points.filter(
    (other) =>
      other.issue === first?.index &&
      other.lean > 0 &&
      other.origin === 'document' &&
      other.text.length <= 150 &&
      !namesItself(population, recipe.agent, other),
  );
  const chosen = cases[Math.floor(speaker.draw(70) * cases.length)];
  if (first === undefined || chosen === undefined) return [];
  const label = `“${first.label}”`;
  const wish = speaker.pick(71, [
    `I would put ${label} first.`,
    `Give me ${label} any day.`,
    `${label} comes before that.`,
    `For me it is ${label}.`,
  ]);
  return [wish, framed(speaker, chosen, 'own', 72)];
}
