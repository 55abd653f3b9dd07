// Which language a text is in: by script where that settles it, by its commonest small words for the large
// European languages, by n-grams (eld) for the rest. Cheap tests first: the n-gram table takes half a second to load.

import type { Block } from '../contract.ts';

const SAMPLE_CHARACTERS = 6_000;

const SCRIPTS = [
  ['han', /\p{Script=Han}/gu],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['latin', /\p{Script=Latin}/gu],
  ['other', /(?!\p{Script=Latin}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})\p{L}/gu],
] as const;
/** Below this a guess by n-grams is a coin toss. */
const MIN_FOR_NGRAMS = 30;
/** A Han character says about as much as this many letters. */
const HAN_WEIGHT = 3;

const LANGUAGES_OF_SMALL_WORD: ReadonlyMap<string, readonly string[]> = byWord({
  en: 'the of and to in is that for it was with as on be by at are this have from or had not but his they which',
  de: 'der die und das von den mit des auf für ist im dem nicht ein eine als auch sich wird bei einer dass werden sind',
  fr: 'le la les de des et à en un une du que est pour dans qui par sur au pas plus ce avec ne son sont aux',
  es: 'el la de que y en los del las por con para una su al lo como más pero sus le ha este sobre es se',
  it: 'il di che e la per un in è del della non con una si da le dei nel alla sono gli anche al più come',
  pt: 'o de que e do da em um para com não uma os no se na por mais as dos ao das pelo foi são é',
  nl: 'de het een van en in is dat op te zijn met voor niet aan er om ook als bij door naar wordt maar uit',
});

function byWord(words: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const languages = new Map<string, string[]>();
  for (const [language, list] of Object.entries(words)) {
    for (const word of list.split(' ')) languages.set(word, [...(languages.get(word) ?? []), language]);
  }
  return languages;
}

function bySmallWords(sample: string, minWords = 4): string | undefined {
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < minWords) return undefined;
  const hits = new Map<string, number>();
  for (const word of words) {
    for (const language of LANGUAGES_OF_SMALL_WORD.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
  }
  const [best, second] = [...hits].toSorted((left, right) => right[1] - left[1]);
  if (best === undefined || best[1] < Math.max(2, 0.14 * words.length)) return undefined;
  return best[1] >= 1.5 * (second?.[1] ?? 0) ? best[0] : undefined;
}

type Counts = Readonly<Record<string, number>>;
const countScripts = (sample: string): Counts =>
  Object.fromEntries(SCRIPTS.map(([name, pattern]) => [name, sample.match(pattern)?.length ?? 0]));

/** The language where the script settles it. */
function byScript(counts: Counts): string | undefined {
  const count = (name: string): number => counts[name] ?? 0;
  const east = (count('han') + count('kana')) * HAN_WEIGHT;
  if (east > 0 && east >= Math.max(count('latin'), count('other'), count('ko') * 2)) {
    return count('kana') * 20 > count('han') + count('kana') ? 'ja' : 'zh';
  }
  return ['ko', 'th', 'el', 'he', 'hy', 'ka', 'ta', 'te'].find(
    (script) => count(script) > 0 && count(script) * 2 >= count('latin') + count('other'),
  );
}

/** ISO 639-1 code of the text's main language, `und` where it has no words to tell by. */
export async function detectLanguage(text: string, declared?: string): Promise<string> {
  // From the middle as well: beginnings are full of names, menus and boilerplate.
  const middle = Math.floor(text.length / 2);
  const sample =
    text.length <= SAMPLE_CHARACTERS
      ? text
      : `${text.slice(0, SAMPLE_CHARACTERS / 2)}\n${text.slice(middle, middle + SAMPLE_CHARACTERS / 2)}`.toWellFormed();
  const counts = countScripts(sample);
  const count = (name: string): number => counts[name] ?? 0;
  const settled = byScript(counts);
  if (settled !== undefined) return settled;
  if (count('latin') + count('other') < 3) return fromTag(declared) ?? 'und';

  const small = count('latin') > count('other') ? bySmallWords(sample) : undefined;
  if (small !== undefined) return small;
  if (sample.length < MIN_FOR_NGRAMS) return fromTag(declared) ?? 'und';
  const { eld } = await import('eld/small');
  const guess = eld.detect(sample);
  if (guess.language !== '' && guess.isReliable()) return guess.language;
  return fromTag(declared) ?? (guess.language === '' ? 'und' : guess.language);
}

/** Shorter blocks are names and numbers more often than another language. */
const MIN_FOR_BLOCK = 12;
const MIN_WORDS_FOR_BLOCK = 8;
const MIN_SMALL_WORDS_FOR_BLOCK = 4;
const ALL_LATIN = /^[\0-\u024F\u1E00-\u1EFF\u2000-\u206F\u20A0-\u20CF\u2100-\u214F]*$/;

/** A block's language where it is surely another one than the document's. */
function languageOfBlock(text: string, language: string): string | undefined {
  if (text.length < MIN_FOR_BLOCK && !/\p{Script=Han}{4}/u.test(text)) return undefined;
  const sample = text.slice(0, SAMPLE_CHARACTERS / 2).toWellFormed();
  const settled = ALL_LATIN.test(sample) ? undefined : byScript(countScripts(sample));
  // Japanese headings are often in Chinese characters alone.
  if (settled !== undefined) return settled === language || (settled === 'zh' && language === 'ja') ? undefined : settled;
  const guess = bySmallWords(sample, MIN_WORDS_FOR_BLOCK);
  if (guess === undefined || guess === language) return undefined;
  // One word that recurs ("No" in a table) is no language.
  const words = new Set(sample.toLowerCase().match(/\p{L}+/gu));
  const telling = [...words].filter((word) => LANGUAGES_OF_SMALL_WORD.get(word)?.includes(guess));
  return telling.length >= MIN_SMALL_WORDS_FOR_BLOCK ? guess : undefined;
}

/** The blocks, each with its language where that differs from the document's. */
export function blockLanguages(text: string, blocks: readonly Block[], language: string): readonly Block[] {
  // The document's language is that of its only block.
  if (blocks.length < 2 || language === 'und') return blocks;
  return blocks.map((block) => {
    if (block.kind === 'code') return block;
    const own = languageOfBlock(text.slice(block.start, block.end), language);
    return own === undefined ? block : { ...block, language: own };
  });
}

/** `en` of `en-GB`. */
function fromTag(tag: string | undefined): string | undefined {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(tag ?? '')?.[1]?.toLowerCase();
}
