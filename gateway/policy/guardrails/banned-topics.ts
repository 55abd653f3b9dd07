// Topics that are not to be talked about: by their words in any inflection, and by likeness to examples where the
// gateway has a model that makes vectors of texts.
import type { TextSlot } from '../../models/dialects/dialect.ts';
import { NO_FINDINGS, withoutOverlaps } from './check.ts';
import type { Check, Finding, Judgement } from './check.ts';

/** Vectors of unit length, one per text. */
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<readonly Float32Array[]>;

export interface BannedTopicsOptions {
  readonly topics: readonly {
    readonly name: string;
    /** Words and phrases; each word stands for its inflections too. */
    readonly words: readonly string[];
    /** Texts about the topic; a text as like one of them as `similarity` is about it too. */
    readonly examples: readonly string[];
  }[];
  readonly similarity: number;
}

interface Word {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}]+/gu;
const HAN = /[\u3040-\u30ff\u3400-\u9fff]/;
const REACH = 96;

const openFrom = (text: string): number => Math.max(0, text.length - REACH);

/** Throws whatever `embed` throws: a topic that cannot be checked is not passed. */
export function bannedTopicsCheck({ topics, similarity }: BannedTopicsOptions, embed: Embed | undefined): Check {
  // By the first stem of the phrase: a text's word is looked up once.
  const phrases = new Map<string, { readonly label: string; readonly stems: readonly string[] }[]>();
  const fragments: { readonly label: string; readonly text: string }[] = [];
  for (const { name, words } of topics) {
    for (const phrase of words) {
      if (HAN.test(phrase)) fragments.push({ label: name, text: phrase });
      const stems = wordsOf(phrase).map((word) => word.stem);
      const [first] = stems;
      if (first !== undefined) phrases.set(first, [...(phrases.get(first) ?? []), { label: name, stems }]);
    }
  }
  const examples = topics.flatMap(({ name, examples }) => examples.map((text) => ({ name, text })));

  const check = (text: string): readonly Finding[] => {
    const found: Finding[] = [];
    const words = wordsOf(text);
    for (const [index, word] of words.entries()) {
      for (const { label, stems } of phrases.get(word.stem) ?? []) {
        if (!stems.every((stem, offset) => words[index + offset]?.stem === stem)) continue;
        found.push({ start: word.start, end: words[index + stems.length - 1]?.end ?? word.end, label, confidence: 1 });
      }
    }
    for (const { label, text: fragment } of fragments) {
      for (let at = text.indexOf(fragment); at >= 0; at = text.indexOf(fragment, at + fragment.length)) {
        found.push({ start: at, end: at + fragment.length, label, confidence: 1 });
      }
    }
    return found.length === 0 ? NO_FINDINGS : withoutOverlaps(found);
  };
  if (embed === undefined || examples.length === 0) return { check, openFrom };

  let known: Promise<readonly Float32Array[]> | undefined;
  const judge = async (slots: readonly TextSlot[], signal: AbortSignal): Promise<Judgement> => {
    // Not bound to one caller's signal, since later callers wait for the same vectors; a failure is not kept.
    known ??= embed(
      examples.map(({ text }) => text),
      new AbortController().signal,
    ).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    const [topicVectors, vectors] = await Promise.all([
      known,
      embed(
        slots.map((slot) => slot.text),
        signal,
      ),
    ]);
    return {
      findings: slots.map(({ text }, index) => {
        const vector = vectors[index];
        if (vector === undefined) return NO_FINDINGS;
        let best = similarity;
        let label: string | undefined;
        for (const [place, example] of topicVectors.entries()) {
          const likeness = dot(vector, example);
          if (likeness < best) continue;
          best = likeness;
          label = examples[place]?.name;
        }
        return label === undefined ? NO_FINDINGS : [{ start: 0, end: text.length, label, confidence: Math.min(1, best) }];
      }),
    };
  };
  return { check, openFrom, judge: (slots, _, signal) => judge(slots, signal) };
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    stem: stem(match[0].toLowerCase()),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const ENDINGS = [
  'ations',
  'ation',
  'ingly',
  'edly',
  'ings',
  'ing',
  'ies',
  'ers',
  'ed',
  'er',
  'es',
  'en',
  'ly',
  's',
  'e',
  'y',
  'n',
];
/** `betting`, `betted`: the second consonant belongs to the ending. */
const DOUBLED = /^(.+?([bdfglmnprt]))\2(?:ing|ings|ed|er|ers)$/;

/** What is left when an ending that English or German inflects with is taken off; short words keep theirs, but for an s. */
function stem(word: string): string {
  const doubled = DOUBLED.exec(word)?.[1];
  if (doubled !== undefined && doubled.length >= 3) return doubled;
  for (const ending of ENDINGS) {
    if (word.length - ending.length >= (ending === 's' ? 3 : 4) && word.endsWith(ending)) return word.slice(0, -ending.length);
  }
  return word;
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
