// What a word's surroundings say about names: its neighbours, the classes of words around it, listed names, and how
// the sentence uses capitals. Each feature is a string that the trainer and the recogniser both make, so that the
// weights mean the same to both.
import { nameLists } from '../../lexicon/name-lists.ts';
import type { WordProfile } from './word-profile.ts';

/** Longest listed name, in words. */
const LONGEST_LISTED = 6;
/** Stands for what is before the first and after the last word. */
const EDGE = '^';
/** How far the words around one are read. */
export const REACH = 2;

export const EDGE_PROFILE: WordProfile = {
  lower: EDGE,
  wordClass: EDGE,
  shape: EDGE,
  features: [EDGE],
  opensListed: false,
};

/** A feature of a word for the word that it stands `distance` places after (or before, where negative); itself is 0. */
const wordFeature = (feature: string, distance: number): string => `${distance}:${feature}`;

/** Classes of the word and of the two beside it. */
export const besideFeatures = (before: string, own: string, after: string): readonly string[] => [
  `c-0=${before}|${own}`,
  `c0+=${own}|${after}`,
  `c-0+=${before}|${own}|${after}`,
];
/** Classes of the word and of the two before it. */
export const beforeFeature = (first: string, second: string, own: string): string => `c--0=${first}|${second}|${own}`;
/** Classes of the word and of the two after it. */
export const afterFeature = (own: string, next: string, last: string): string => `c0++=${own}|${next}|${last}`;
/** Shapes of the word and of the two beside it. */
export const shapeFeature = (before: string, own: string, after: string): string => `s-0+=${before}|${own}|${after}`;
export const wordBeforeFeature = (lower: string, shape: string): string => `w-s=${lower}|${shape}`;
export const wordAfterFeature = (lower: string, shape: string): string => `w+s=${lower}|${shape}`;
export const sentenceFeatures = (sentenceCase: string, own: string, first: boolean): readonly string[] =>
  first ? [`m=${sentenceCase}|${own}`, `first|${own}`] : [`m=${sentenceCase}|${own}`];
export const listedFeatures = (name: string, shape: string, sentenceCase: string): readonly string[] => [
  `g=${name}`,
  `g=${name}|${shape}`,
  `g=${name}|${sentenceCase}`,
];
export const listedBeforeFeature = (name: string, shape: string): string => `g-=${name}|${shape}`;
export const listedAfterFeature = (name: string, shape: string): string => `g+=${name}|${shape}`;

/** Affixes and length matter for the word itself, endings and lists for its neighbours, too. */
function reaches(feature: string, distance: number): boolean {
  const kind = feature.slice(0, feature.indexOf('='));
  if (Math.abs(distance) === 2) return /^(?:w|sh|c|\^?)$/.test(kind);
  return distance === 0 || !/^(?:s2|p3|len)$/.test(kind);
}

/** All features of every word of a sentence. */
export function featuresOf(profiles: readonly WordProfile[]): readonly (readonly string[])[] {
  const listed = listedNames(profiles);
  const sentenceCase = caseOfSentence(profiles);
  const classAt = (index: number): string => profiles[index]?.wordClass ?? EDGE;
  const shapeAt = (index: number): string => profiles[index]?.shape ?? EDGE;
  const lowerAt = (index: number): string => profiles[index]?.lower ?? EDGE;
  return profiles.map(({ wordClass: own, shape }, at) => {
    const features: string[] = [];
    for (let distance = -REACH; distance <= REACH; distance++) {
      const { features: own } = profiles[at + distance] ?? EDGE_PROFILE;
      features.push(...own.filter((feature) => reaches(feature, distance)).map((feature) => wordFeature(feature, distance)));
    }
    features.push(
      ...besideFeatures(classAt(at - 1), own, classAt(at + 1)),
      beforeFeature(classAt(at - 2), classAt(at - 1), own),
      afterFeature(own, classAt(at + 1), classAt(at + 2)),
      shapeFeature(shapeAt(at - 1), shape, shapeAt(at + 1)),
      wordBeforeFeature(lowerAt(at - 1), shape),
      wordAfterFeature(lowerAt(at + 1), shape),
      ...sentenceFeatures(sentenceCase, own, at === 0),
    );
    const [before, name, after] = [listed[at - 1], listed[at], listed[at + 1]];
    if (name !== undefined) features.push(...listedFeatures(name, shape, sentenceCase));
    if (before !== undefined) features.push(listedBeforeFeature(before, shape));
    if (after !== undefined) features.push(listedAfterFeature(after, shape));
    return features;
  });
}

type ListedWord = Pick<WordProfile, 'lower' | 'opensListed'>;

/** Where listed names lie: `B-place`, `I-place+` … by word, the longest first; `+` marks names of several words. */
export function listedNames(profiles: readonly ListedWord[]): readonly (string | undefined)[] {
  const found: (string | undefined)[] = profiles.map(() => undefined);
  let at = 0;
  while (at < profiles.length) {
    const name = profiles[at]?.opensListed === true ? longestListed(profiles, at) : undefined;
    if (name === undefined) at++;
    else {
      const size = name.to - at > 1 ? '+' : '';
      for (let index = at; index < name.to; index++) found[index] = `${index === at ? 'B' : 'I'}-${name.kind}${size}`;
      at = name.to;
    }
  }
  return found;
}

function longestListed(profiles: readonly ListedWord[], at: number): { readonly to: number; readonly kind: string } | undefined {
  const lists = nameLists();
  let joined = '';
  let best: { to: number; kind: string } | undefined;
  for (let to = at; to < Math.min(profiles.length, at + LONGEST_LISTED); to++) {
    const lower = profiles[to]?.lower ?? '';
    joined += to === at ? lower.replace(/^[#@]/, '') : lower;
    const kind = lists.listed(joined);
    if (kind !== undefined) best = { to: to + 1, kind };
    if (!lists.opensListed(joined)) break;
  }
  return best;
}

export const SENTENCE_CASES = ['plain', 'title', 'quiet', 'shout'] as const;
export type SentenceCase = (typeof SENTENCE_CASES)[number];

/** How a sentence uses capitals: in all letters, in most words, not at all, or as prose does. */
export function caseOfSentence(profiles: readonly Pick<WordProfile, 'shape'>[]): SentenceCase {
  let lower = 0;
  let capital = 0;
  let shouted = 0;
  for (const { shape } of profiles) {
    if (shape === 'x') lower++;
    else if (shape === 'XX' || shape === 'X.') shouted++;
    else if (shape.startsWith('X')) capital++;
  }
  if (shouted > 2 && shouted > lower + capital) return 'shout';
  if (capital + shouted === 0) return 'quiet';
  return capital > 3 && capital > 2 * lower ? 'title' : 'plain';
}
