// Words and sentences of any script, for the embedded provider's ranking and vectors.

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;
const SENTENCE_ENDS = /(?<=[.!?…])\s+|(?<=[。！？])|\n+/u;

/** Lower-case words; of scripts that write no spaces, single characters. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().normalize('NFKC').match(WORDS) ?? [];
}

export function sentencesOf(text: string): readonly string[] {
  return text
    .split(SENTENCE_ENDS)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** Words of up to three letters, where words have letters, are mostly grammar: they weigh this much. */
export function weightOf(word: string): number {
  return word.length <= 3 && word.charCodeAt(0) < 0x2e80 ? 0.3 : 1;
}
