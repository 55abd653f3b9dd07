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
