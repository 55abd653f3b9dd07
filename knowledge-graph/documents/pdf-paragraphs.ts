// Lines of all pages become paragraphs, headings and list items, judged by what print shows:
// gaps, indents, font size, and whether a sentence is open at the end of a line, column or page.
import type { BlockDraft } from './draft.ts';
import { hyphenJudge, joinLines } from './join-lines.ts';
import type { PdfLine } from './pdf-lines.ts';

const BULLET = /^(?:[•‣▪●·○■□–—*]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)/;
const SENTENCE_END = /[.!?…。！？][)"'”’」』\]]?\s*(?:\d{1,2})?$/;

/** The value that most of the text has, weighted by its length. */
function typical(lines: readonly PdfLine[], measure: (line: PdfLine) => number): number {
  const weights = new Map<number, number>();
  for (const line of lines) {
    const value = Math.round(measure(line) * 2) / 2;
    weights.set(value, (weights.get(value) ?? 0) + line.text.length);
  }
  return [...weights].toSorted((left, right) => right[1] - left[1] || left[0] - right[0])[0]?.[0] ?? 0;
}

/** The usual distance between lines of running text. */
function lineDistance(pages: readonly (readonly PdfLine[])[], size: number): number {
  const gaps = pages.flatMap((page) =>
    page.slice(1).flatMap((line, at) => {
      const gap = (page[at]?.baseline ?? 0) - line.baseline;
      return gap > 0.5 * size && gap < 4 * size ? [{ ...line, baseline: gap }] : [];
    }),
  );
  return gaps.length === 0 ? size * 1.2 : typical(gaps, (line) => line.baseline);
}

interface Group {
  readonly lines: PdfLine[];
  readonly page: number;
}

export function paragraphsOf(pages: readonly (readonly PdfLine[])[]): readonly BlockDraft[] {
  const all = pages.flat();
  const size = typical(all, (line) => line.size) || 10;
  const distance = lineDistance(pages, size);
  const rightEdge = all.toSorted((left, right) => left.right - right.right)[Math.floor(all.length * 0.9)]?.right ?? 0;
  const keepsHyphen = hyphenJudge(all.map((line) => line.text).join('\n'));

  const continues = (group: Group, previous: PdfLine, line: PdfLine, page: number): boolean => {
    if (Math.abs(previous.size - line.size) > 0.12 * size || BULLET.test(line.text)) return false;
    const gap = previous.baseline - line.baseline;
    const moved = page !== group.page || gap < 0 || gap > 8 * size;
    if (moved)
      return !SENTENCE_END.test(previous.text) && /^[\p{Ll}\p{Lo}(\d"“]/u.test(line.text) && previous.size <= size * 1.12;
    if (gap > 1.35 * distance && gap > 1.2 * line.size * 1.35) return false;
    const first = group.lines[0] ?? previous;
    const indented = line.left - previous.left > 0.8 * size && group.lines.length > 1 && !BULLET.test(first.text);
    if (indented) return false;
    const endedShort =
      previous.right < rightEdge - 6 * size && SENTENCE_END.test(previous.text) && previous.right < line.right + size;
    return !(endedShort && group.lines.length > 1 && Math.abs(line.left - first.left) <= 2.5 * size && gap > 1.1 * distance);
  };

  const groups: Group[] = [];
  pages.forEach((page, number) => {
    for (const line of page) {
      const group = groups.at(-1);
      const previous = group?.lines.at(-1);
      if (
        group !== undefined &&
        previous !== undefined &&
        continues(group, previous, line, group.lines.length > 0 ? number : 0)
      ) {
        group.lines.push(line);
      } else {
        groups.push({ lines: [line], page: number });
      }
    }
  });

  const largest = Math.max(...(pages.find((page) => page.length > 0) ?? []).map((line) => line.size));
  let titled = false;
  return groups.map(({ lines, page }): BlockDraft => {
    const text = joinLines(
      lines.map((line) => line.text),
      keepsHyphen,
    );
    const own = lines[0]?.size ?? size;
    if (own >= 1.12 * size && text.length <= 200 && /\p{L}/u.test(text)) {
      const isTitle = !titled && page === 0 && own >= 0.98 * largest && own >= 1.25 * size;
      titled ||= isTitle;
      return { kind: isTitle ? 'title' : 'heading', text };
    }
    return BULLET.test(text) && !/^\d/.test(text)
      ? { kind: 'list-item', text: text.replace(BULLET, '') }
      : { kind: 'paragraph', text };
  });
}
