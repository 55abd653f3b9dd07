// Reads which side of an issue a piece of text helps. Invariant: pure functions of the text and the issue; an
// answer of 0 means "does not say", never "is neutral for certain".
import type { Entity } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { clamp } from './draws.ts';
import { AROUSAL_STEMS, ENDING_STEMS, NEGATIONS, OPPOSE_STEMS, SUPPORT_STEMS } from './stance-words.ts';

export interface IssueReader {
  readonly issue: Issue;
  /** 0 = not about the issue; grows with the number and length of its terms found. */
  relevance(text: string): number;
  /** −1 … +1 toward the issue's proposition. */
  lean(text: string): number;
  /** Entities that the issue is about. */
  readonly subjects: ReadonlySet<string>;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];

const hasStem = (word: string, stems: readonly string[]): boolean =>
  stems.some((stem) => (stem.length <= 3 ? word === stem || word === `${stem}s` : word.startsWith(stem)));

/** +1, −1 or 0 for a word. */
const sideOf = (word: string): number => (hasStem(word, OPPOSE_STEMS) ? -1 : hasStem(word, SUPPORT_STEMS) ? 1 : 0);

/** Sum of leaning words, each turned round by a negation up to three words before it, squashed into −1 … +1. */
function tone(words: readonly string[], ignored: ReadonlySet<string>): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (ignored.has(word)) continue;
    const side = sideOf(word);
    if (side === 0) continue;
    const negated = [words[i - 1], words[i - 2], words[i - 3]].some((before) => before !== undefined && NEGATIONS.has(before));
    sum += negated ? -side : side;
  }
  return sum / (Math.abs(sum) + 1);
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Matches a term as whole words, singular or plural; scripts without spaces match anywhere. */
function termPattern(term: string): RegExp {
  const spaced = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\s]+$/u.test(term);
  const body = escape(term.trim()).replaceAll(/\s+/g, String.raw`[\s-]+`);
  return spaced ? new RegExp(String.raw`(?<![\p{L}\p{N}])${body}(?:s|es)?(?![\p{L}\p{N}])`, 'iu') : new RegExp(body, 'iu');
}

/** True where a proposition or question asks for an end: "should be scrapped", "will not go ahead". */
export function asksForEnd(text: string): boolean {
  const words = wordsOf(text);
  const modal = words.findIndex((word) => /^(should|must|will|would|can|ought|shall|may|might|is|are)$/.test(word));
  if (modal < 0) return false;
  const rest = words.slice(modal + 1, modal + 1 + REACH_OF_MODAL);
  const ends = rest.some((word) => hasStem(word, ENDING_STEMS));
  return rest.some((word) => word === 'not' || word === 'never') ? !ends : ends;
}
/** In a question the subject stands between its auxiliary and its verb. */
const REACH_OF_MODAL = 9;

/** Prepares the reading of one issue. `entities` tells which things in the graph the issue's terms name. */
export function issueReader(issue: Issue, entities: readonly Entity[]): IssueReader {
  const terms = issue.terms
    .filter((term) => term.trim().length > 1)
    .map((term) => ({ pattern: termPattern(term), weight: term.trim().split(/\s+/).length }));
  const proposition = wordsOf(issue.proposition);
  const turned = asksForEnd(issue.proposition);
  const ignored = new Set(proposition);
  const ownEnding = proposition.filter((word) => hasStem(word, ENDING_STEMS)).map((word) => word.slice(0, 4));
  const relevance = (text: string): number => {
    let sum = 0;
    for (const { pattern, weight } of terms) if (pattern.test(text)) sum += weight;
    return sum;
  };
  const subjects = new Set(
    entities.filter((entity) => [entity.name, ...entity.aliases].some((name) => relevance(name) > 0)).map((entity) => entity.id),
  );
  return {
    issue,
    subjects,
    relevance,
    lean(text) {
      const words = wordsOf(text);
      const leaning = tone(words, ignored);
      // "The ban is needed" speaks for a ban; "the toll is needed" speaks against scrapping it.
      const namesTheEnd = ownEnding.some((stem) => words.some((word) => word.startsWith(stem)));
      return turned && !namesTheEnd ? -leaning : leaning;
    },
  };
}

/** How stirring a wording is, 0–1. */
export function arousalOf(text: string): number {
  const words = wordsOf(text);
  const stirring = words.filter((word) => hasStem(word, AROUSAL_STEMS)).length;
  const marks = (text.match(/!/g) ?? []).length;
  return clamp(0.2 + 0.2 * stirring + 0.15 * marks, 0, 1);
}
