// Lines broken to fit a page, joined into the sentence they were: a space between words, none between
// Chinese or Japanese characters, and no hyphen that was only put there for the break.

const NO_SPACE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF60]/u;
const BROKEN_WORD = /(?<!\p{L})(\p{L}+)[-\u00AD\u2010]$/u;

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

/** What stands between two lines, and whether the first loses its hyphen. */
function seam(line: string, next: string, keepsHyphen: KeepsHyphen): { readonly kept: string; readonly between: string } {
  const last = line.at(-1) ?? '';
  const head = BROKEN_WORD.exec(line)?.[1];
  const tail = /^\p{Ll}\p{L}*/u.exec(next)?.[0];
  if (head !== undefined) {
    const isBreak = tail !== undefined && !keepsHyphen(head, tail);
    return { kept: isBreak ? line.slice(0, -1) : line, between: '' };
  }
  const isSpaceless = NO_SPACE_SCRIPT.test(last) && NO_SPACE_SCRIPT.test(next[0] ?? '');
  return { kept: line, between: isSpaceless ? '' : ' ' };
}

export function joinLines(raw: readonly string[], keepsHyphen: KeepsHyphen): string {
  const lines = raw.map((line) => line.trim()).filter((line) => line !== '');
  return lines
    .map((line, at) => {
      const next = lines[at + 1];
      if (next === undefined) return line;
      const { kept, between } = seam(line, next, keepsHyphen);
      return kept + between;
    })
    .join('');
}
