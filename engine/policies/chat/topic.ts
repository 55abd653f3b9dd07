// Which issue a message is about: its own words first, then those of the last turns, then what the agent cares about.
import type { ChatFacts } from './facts.ts';
import { contentWords } from '../memory/index.ts';

type Stance = ChatFacts['stances'][number];

function closeness(stance: Stance, text: string): number {
  const lower = text.toLowerCase();
  const terms = [stance.label, ...stance.terms].filter((term) => term !== '' && lower.includes(term.toLowerCase()));
  const words = contentWords(text);
  const shared = [...contentWords(`${stance.proposition} ${stance.label}`)].filter((word) => words.has(word));
  return 2 * terms.length + shared.length;
}

const nearest = (facts: ChatFacts, text: string): Stance | undefined => {
  const scored = facts.stances
    .map((stance) => ({ stance, score: closeness(stance, text) }))
    .toSorted((a, b) => b.score - a.score);
  return (scored[0]?.score ?? 0) > 0 ? scored[0]?.stance : undefined;
};

/** The issue that the message itself names. */
export const issueNamed = (facts: ChatFacts): Stance | undefined => nearest(facts, facts.message);

/** The issue under discussion, or the one that this agent holds most strongly. */
export function issueMeant(facts: ChatFacts): Stance | undefined {
  const said = issueNamed(facts);
  if (said !== undefined) return said;
  for (const turn of facts.history.toReversed()) {
    const before = nearest(facts, turn.text);
    if (before !== undefined) return before;
  }
  return facts.stances.toSorted((a, b) => Math.abs(b.opinion) - Math.abs(a.opinion))[0];
}
