// How readily something comes back to mind: recency, importance and, when asked about something, relevance; each 0–1,
// added up (the three terms of generative agents). Invariant: all else equal, the older is never the more present.
import { portableExp } from '#foundation';

/** Recency falls by 3 % a round: half after about 23. */
const DECAY = 0.03;
const WEIGHTS = { recency: 1, importance: 1, relevance: 1.5 } as const;

export const recency = (age: number): number => portableExp(-DECAY * Math.max(0, age));

export const presence = (age: number, importance: number, relevance: number): number =>
  WEIGHTS.recency * recency(age) + WEIGHTS.importance * importance + WEIGHTS.relevance * relevance;

const STOP = new Set(
  'the a an and or but of to in on at for with from by is are was were be been am i you we they he she it this that these those my your our their what who why how when which did do does have has had not no so as about would could should will can me us them if then than more most any some all out up'.split(
    ' ',
  ),
);

/** Content words, lower case, cut to a stem of six letters so that "tolls" meets "toll". */
export const contentWords = (text: string): ReadonlySet<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
      .filter((word) => !STOP.has(word))
      .map((word) => word.slice(0, 6).replace(/s$/, '')),
  );

/** Share of the query's content words that the text has, 0–1. */
export function overlap(query: ReadonlySet<string>, text: string): number {
  if (query.size === 0) return 0;
  const words = contentWords(text);
  let shared = 0;
  for (const word of query) if (words.has(word)) shared++;
  return shared / query.size;
}
