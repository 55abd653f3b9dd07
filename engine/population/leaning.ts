// Reads which side of an issue a piece of text helps. Invariant: pure functions of the text and the issue; an
// answer of 0 means "does not say", never "is neutral for certain".
import { ACTOR_TYPES, type Entity } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { clamp } from './draws.ts';
import { matterOf } from './matter.ts';
import { isAboutNeed, needLean } from './needs.ts';
import { AROUSAL_STEMS, ENDING_STEMS, NEGATIONS, OPPOSE_STEMS, REDUCING_STEMS, SUPPORT_STEMS } from './stance-words.ts';

export interface IssueReader {
  readonly issue: Issue;
  /** 0 = not about the issue; grows with the number and length of its terms found. */
  relevance(text: string): number;
  /** −1 … +1 toward the issue's proposition. */
  lean(text: string): number;
  /** What a tone of −1 … +1 towards the thing itself means for the proposition: turned round where that asks for its end. */
  towards(tone: number): number;
  /** Entities that the issue is about. */
  readonly subjects: ReadonlySet<string>;
  /** Whether a noun phrase names what the issue is a matter of: "the merger", for a proposition to merge. */
  names(phrase: string): boolean;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];

const hasStem = (word: string, stems: readonly string[]): boolean =>
  stems.some((stem) => (stem.length <= 3 ? word === stem || word === `${stem}s` : word.startsWith(stem)));

/** Remembers answers: the same words and sentences are asked about for every issue and every circle. */
function memo<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = of(text);
    known.set(text, answer);
    return answer;
  };
}

interface WordReader {
  /** +1, −1 or 0 for a word. */
  side(word: string): number;
  /** Makes less of what follows: "reduces risk" is good. */
  reduces(word: string): boolean;
}

/** Shared by the readers of one set of issues. */
export const wordReader = (): WordReader => ({
  side: memo((word) => (hasStem(word, OPPOSE_STEMS) ? -1 : hasStem(word, SUPPORT_STEMS) ? 1 : 0)),
  reduces: memo((word) => hasStem(word, REDUCING_STEMS)),
});

const FALLING = /^(fall|falls|fell|fallen|drops?|dropped|declin(?:e|es|ed)|decreas(?:e|es|ed)|shrinks?|shrank|vanish(?:es|ed)?)$/;

/** Sum of leaning words, each turned round by a negation shortly before it, squashed into −1 … +1. */
function tone(words: readonly string[], ignored: ReadonlySet<string>, reader: WordReader): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (ignored.has(word)) continue;
    const side = reader.side(word);
    if (side === 0) continue;
    const before = words.slice(Math.max(0, i - 3), i);
    const noLonger = words.slice(Math.max(0, i - 6), i).some((w, k, list) => w === 'no' && list[k + 1] === 'longer');
    // "Mortality falls" is good news, "profit fell" is none.
    const falls = words.slice(i + 1, i + 5).some((w) => FALLING.test(w));
    if (FALLING.test(word) && words.slice(Math.max(0, i - 4), i).some((w) => reader.side(w) < 0 && !FALLING.test(w))) continue;
    const turned =
      falls !== (noLonger || before.some((w) => NEGATIONS.has(w)) || (side < 0 && before.some((w) => reader.reduces(w))));
    sum += turned ? -side : side;
  }
  return sum / (Math.abs(sum) + 1);
}

/** Names lean to no side: the Supporters' Trust may well oppose. */
const withoutNames = (text: string): string =>
  text
    .replaceAll(/\p{Lu}[\p{L}'’&.-]*(?:\s+(?:(?:of|for|the|and|&)\s+)?\p{Lu}[\p{L}'’&-]*)+/gu, ' ')
    .replaceAll(/(?<=[\p{Ll},;:)]\s)\p{Lu}[\p{L}'’-]*/gu, ' ');

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Matches a term as whole words, singular or plural; scripts without spaces match anywhere. */
function termPattern(term: string): RegExp {
  const spaced = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\s]+$/u.test(term);
  const body = escape(term.trim()).replaceAll(/\s+/g, String.raw`[\s-]+`);
  return spaced ? new RegExp(String.raw`(?<![\p{L}\p{N}])${body}(?:s|es)?(?![\p{L}\p{N}])`, 'iu') : new RegExp(body, 'iu');
}

/** In a question the subject stands between its auxiliary and its verb. */
const REACH_OF_MODAL = 9;

/** What a proposition or question asks the end of ("should be scrapped"), and whether it is put in the negative. */
function endings(text: string): { readonly words: readonly string[]; readonly negated: boolean } {
  const words = wordsOf(text);
  const modal = words.findIndex((word) => /^(should|must|will|would|can|ought|shall|may|might|is|are|do|does|did)$/.test(word));
  const rest = modal < 0 ? [] : words.slice(modal + 1, modal + 1 + REACH_OF_MODAL);
  return {
    words: rest.filter((word) => hasStem(word, ENDING_STEMS)),
    negated: rest.some((word) => word === 'not' || word === 'never'),
  };
}

function asksForEnd(text: string): boolean {
  const { words, negated } = endings(text);
  return words.length > 0 !== negated;
}

const root = (word: string): string => word.slice(0, 4);
const onlyIn = (words: readonly string[], other: string): boolean => words.some((word) => !rootsIn(other).has(root(word)));
const rootsIn = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(root));

/** Whether yes to one is no to the other: "Should the toll be scrapped?" and "The toll should be introduced." */
export function opposes(question: string, proposition: string): boolean {
  const [asked, held] = [endings(question), endings(proposition)];
  const ends = onlyIn(asked.words, proposition) !== onlyIn(held.words, question);
  return ends !== (asked.negated !== held.negated);
}

/** A word of a longer term says less than the whole term: "rate" alone need not mean rate limits. */
const PART_WEIGHT = 0.45;

function weighedTerms(issue: Issue): readonly { readonly pattern: RegExp; readonly weight: number }[] {
  const terms = [...new Set(issue.terms.map((term) => term.trim().toLowerCase()))].filter((term) => term.length > 1);
  const long = terms.filter((term) => /\s/.test(term));
  const isPart = (term: string): boolean =>
    long.some((whole) => whole.split(/\s+/).some((word) => word.startsWith(term) && word.length - term.length <= 2));
  const single = terms.filter((term) => !/\s/.test(term));
  // "car" finds "cars" too: a plural beside its singular would count twice.
  const roots = single.filter(
    (term) => !single.some((other) => other !== term && (term === `${other}s` || term === `${other}es`)),
  );
  return [...long, ...roots].map((term) => ({
    pattern: termPattern(term),
    weight: long.includes(term) ? term.split(/\s+/).length : isPart(term) ? PART_WEIGHT : 1,
  }));
}

const isThing = (type: Entity['type']): boolean => !ACTOR_TYPES.some((actor) => actor === type);

const WITHOUT = /\b(?:without|lack of|lacks?|lacking|absence of|missing|no)\s+(?:\S+\s+){0,2}$/i;

/** A derivation of the issue's own word ("merger") says about as much as a part of a term. */
const MATTER_WEIGHT = 0.6;

/** Prepares the reading of one issue. `entities` tells which things in the graph the issue's terms name. */
export function issueReader(issue: Issue, entities: readonly Entity[], words: WordReader = wordReader()): IssueReader {
  const terms = weighedTerms(issue);
  const proposition = wordsOf(issue.proposition);
  const turned = asksForEnd(issue.proposition);
  const ignored = new Set(proposition);
  const ownEnding = proposition.filter((word) => hasStem(word, ENDING_STEMS)).map(root);
  const matter = matterOf(issue, entities);
  const relevance = memo((text: string): number => {
    let sum = 0;
    for (const { pattern, weight } of terms) if (pattern.test(text)) sum += weight;
    return sum > 0 || !matter.isIn(text) ? sum : MATTER_WEIGHT;
  });
  /** "Without governance, agents become risks" speaks for governance. */
  const missesIt = (text: string): boolean =>
    terms.some(({ pattern, weight }) => {
      const at = weight < 1 ? -1 : text.search(pattern);
      return at > 0 && WITHOUT.test(text.slice(0, at));
    });
  const ofNeed = isAboutNeed(issue.proposition);
  const patterns = terms.filter(({ weight }) => weight >= 1).map(({ pattern }) => pattern);
  const lean = memo((text: string): number => {
    const list = wordsOf(withoutNames(text));
    if (ofNeed) return needLean(text, patterns, tone(list, ignored, words));
    const leaning = tone(list, ignored, words) * (missesIt(text) ? -1 : 1);
    // "The ban is needed" speaks for a ban; "the toll is needed" speaks against scrapping it.
    const namesTheEnd = ownEnding.some((stem) => list.some((word) => word.startsWith(stem)));
    return turned && !namesTheEnd ? -leaning : leaning;
  });
  const isSubject = ({ name, aliases, type }: Entity): boolean =>
    [name, ...aliases].some((text) => relevance(text) >= 1) || (isThing(type) && matter.isNamedBy(name));
  return {
    issue,
    subjects: new Set(entities.filter(isSubject).map(({ id }) => id)),
    relevance,
    lean,
    names: (phrase) => matter.isNamedBy(phrase),
    towards: (toneOfText) => (ofNeed ? 0 : turned ? -toneOfText : toneOfText),
  };
}

/** How stirring a wording is, 0–1. */
export function arousalOf(text: string): number {
  const words = wordsOf(text);
  const stirring = words.filter((word) => hasStem(word, AROUSAL_STEMS)).length;
  const marks = (text.match(/!/g) ?? []).length;
  return clamp(0.2 + 0.2 * stirring + 0.15 * marks, 0, 1);
}
