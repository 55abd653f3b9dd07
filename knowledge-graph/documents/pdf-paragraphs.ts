// Lines of all pages become paragraphs, headings and list items, judged by what print shows:
// gaps, indents, font size, and whether a sentence is open at the end of a line, column or page.
import type { BlockDraft } from './draft.ts';
import { hyphenJudge, joinLines } from './join-lines.ts';
import type { PdfLine } from './pdf-lines.ts';

const BULLET = /^(?:[•‣▪●·○■□–—*]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)/;
const SENTENCE_END = /[.!?…。！？][)"'”’」』\]]?\s*(?:\d{1,2})?$/;

/** How much text has each value of a measure, to half a point. */
function weigh(
  lines: readonly PdfLine[],
  measure: (line: PdfLine, at: number) => number,
): readonly (readonly [number, number])[] {
  const weights = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    const value = Math.round(measure(line, at) * 2) / 2;
    weights.set(value, (weights.get(value) ?? 0) + line.text.length);
  }
  return [...weights].toSorted((left, right) => right[1] - left[1] || left[0] - right[0]);
}

/** The distance between lines within a paragraph: the smallest that is common, since those between paragraphs are larger. */
function lineDistance(pages: readonly (readonly PdfLine[])[], size: number): number {
  const distances = pages.flatMap((page) =>
    page.flatMap((line, at) => {
      const next = page[at + 1];
      const gap = next === undefined ? 0 : line.baseline - next.baseline;
      return gap > 0.8 * size && gap < 4 * size ? [{ line, gap }] : [];
    }),
  );
  const weights = weigh(
    distances.map(({ line }) => line),
    (_, at) => distances[at]?.gap ?? 0,
  );
  const common = weights.filter(([, weight]) => weight >= 0.2 * (weights[0]?.[1] ?? 0)).map(([gap]) => gap);
  return common.length === 0 ? 1.2 * size : common.reduce((least, gap) => Math.min(least, gap));
}

interface Group {
  readonly lines: PdfLine[];
  readonly page: number;
}

export function paragraphsOf(pages: readonly (readonly PdfLine[])[]): readonly BlockDraft[] {
  const all = pages.flat();
  const size = weigh(all, (line) => line.size)[0]?.[0] || 10;
  const distance = lineDistance(pages, size);
  const rightEdge = all.toSorted((left, right) => left.right - right.right)[Math.floor(all.length * 0.9)]?.right ?? 0;
  const keepsHyphen = hyphenJudge(all.map((line) => line.text).join('\n'));

  const continues = (group: Group, previous: PdfLine, line: PdfLine, page: number): boolean => {
    if (Math.abs(previous.size - line.size) > 0.12 * size || BULLET.test(line.text)) return false;
    const gap = previous.baseline - line.baseline;
    const moved = page !== group.page || gap < 0 || gap > 8 * size;
    if (moved)
      return !SENTENCE_END.test(previous.text) && /^[\p{Ll}\p{Lo}(\d"“]/u.test(line.text) && previous.size <= size * 1.12;
    if (gap > 1.35 * Math.max(distance, line.size)) return false;
    const first = group.lines[0] ?? previous;
    const indented = line.left - previous.left > 0.8 * size && group.lines.length > 1 && !BULLET.test(first.text);
    if (indented) return false;
    return !(previous.right < rightEdge - 6 * size && SENTENCE_END.test(previous.text));
  };

  const groups: Group[] = [];
  pages.forEach((page, number) => {
    for (const line of page) {
      const group = groups.at(-1);
      const previous = group?.lines.at(-1);
      if (group !== undefined && previous !== undefined && continues(group, previous, line, number)) {
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
