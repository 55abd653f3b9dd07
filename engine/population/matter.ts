// What an issue is a matter of, by word stems: "the merger", "merging" and "to merge" are one thing, and in a text
// about a bridge toll "the toll" is that toll. Invariant: names of actors are never the matter; people oppose plans,
// and the people who make them are named beside.
import { ACTOR_TYPES, type Entity } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { SUPPORT_STEMS } from './stance-words.ts';

const SUFFIX = /(?:ings?|ers?|ures?|ments?|ations?|ions?|als?|ed|es|s|e)$/;
const SHORTEST_STEM = 4;
/** Words of a label that name no thing. */
const EMPTY = new Set(
  `the this that these those a an and or for from with into onto over under within about should would will must can
  could may might shall have has had been being more most much many than then when where which what whom whose keep
  make take give does done next last year years month months week weeks still yet today tomorrow soon ever two three
  four five approve back vote stay remain become favour favor`.split(/\s+/),
);

/** The part of a word that its derivations share; short words stay whole. */
function stemOf(word: string): string {
  const lower = word.toLowerCase();
  const cut = lower.replace(SUFFIX, '');
  return cut.length >= SHORTEST_STEM ? cut : lower;
}

/** "adopt" and "adoption", "merg" and "merger": one begins the other, and little is left over. */
const sameStem = (left: string, right: string): boolean =>
  left === right ||
  (Math.min(left.length, right.length) >= SHORTEST_STEM &&
    Math.abs(left.length - right.length) <= 3 &&
    (left.startsWith(right) || right.startsWith(left)));

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

export interface Matter {
  /** Stems of the thing, in no order. */
  readonly stems: readonly string[];
  /** Whether a noun phrase ("the merger of the hospitals") is about it: its head, before any "of", is one of the stems. */
  isNamedBy(phrase: string): boolean;
  /** Whether any word of a text is one of the stems. */
  isIn(text: string): boolean;
}

export function matterOf(issue: Issue, entities: readonly Entity[]): Matter {
  const actors: ReadonlySet<string> = new Set(ACTOR_TYPES);
  const inNames = new Set(
    entities
      .filter(({ type }) => actors.has(type))
      .flatMap(({ name, aliases }) => [name, ...aliases].flatMap(wordsOf).map(stemOf)),
  );
  const [verb = '', ...rest] = wordsOf(issue.label);
  // "Back the closure": what is backed is the matter, not the backing.
  const opens = rest.length > 0 && SUPPORT_STEMS.some((stem) => verb.startsWith(stem));
  const words = (opens ? rest : [verb, ...rest]).filter((word) => word.length >= SHORTEST_STEM && !EMPTY.has(word));
  const stems = [...new Set(words.map(stemOf))].filter((stem) => !inNames.has(stem));
  const isMatter = (word: string): boolean => stems.some((stem) => sameStem(stem, stemOf(word)));
  return {
    stems,
    isNamedBy: (phrase) => {
      const head = wordsOf(phrase.split(/\s(?:of|for|to|in|on|at|by|from|with)\s/)[0] ?? '').at(-1);
      return head !== undefined && isMatter(head);
    },
    isIn: (text) => wordsOf(text).some(isMatter),
  };
}
