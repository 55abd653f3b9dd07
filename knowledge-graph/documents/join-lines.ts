// Lines broken to fit a page, joined into the sentence they were: a space between words, none between
// Chinese or Japanese characters, and no hyphen that was only put there for the break.

const NO_SPACE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF60]/u;
const BROKEN_WORD = /(\p{L}+)[-\u00AD\u2010]$/u;

/** Decides, for the two halves of a word at a line end, whether the hyphen between them is the author's. */
export type KeepsHyphen = (head: string, tail: string) => boolean;

/** Where words are broken by syllable (print): a hyphen stays only if the document elsewhere writes the word with it. */
export function hyphenJudge(text: string): KeepsHyphen {
  let known: Set<string> | undefined;
  return (head, tail) => {
    known ??= new Set(text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu));
    const joined = `${head}${tail}`.toLowerCase();
    return !known.has(joined) && known.has(`${head}-${tail}`.toLowerCase());
  };
}

export function joinLines(lines: readonly string[], keepsHyphen: KeepsHyphen): string {
  let joined = '';
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '') continue;
    if (joined === '') {
      joined = line;
      continue;
    }
    const head = BROKEN_WORD.exec(joined)?.[1];
    const tail = /^\p{Ll}[\p{L}]*/u.exec(line)?.[0];
    const last = joined.at(-1) ?? '';
    if (head !== undefined && tail !== undefined) {
      joined = keepsHyphen(head, tail) ? joined + line : joined.slice(0, -1) + line;
    } else if (NO_SPACE_SCRIPT.test(last) && NO_SPACE_SCRIPT.test(line[0] ?? '')) {
      joined += line;
    } else {
      joined += /\p{L}-$/u.test(joined) ? line : ` ${line}`;
    }
  }
  return joined;
}
