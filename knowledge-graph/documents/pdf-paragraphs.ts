// Lines of all pages become paragraphs, headings and list items, judged by what print shows:
// gaps, indents, font size, and whether a sentence is open at the end of a line, column or page.
import type { BlockDraft } from './draft.ts';
import { hyphenJudge, joinLines } from './join-lines.ts';
import type { PdfLine } from './pdf-lines.ts';
import { tableRows } from './table-rows.ts';

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

/** Lines that belong together, from their first page. */
interface Group {
  readonly kind: 'prose' | 'table';
  readonly lines: PdfLine[];
  readonly page: number;
}

interface Layout {
  readonly size: number;
  readonly distance: number;
  readonly rightEdge: number;
}

function layoutOf(pages: readonly (readonly PdfLine[])[]): Layout {
  const lines = pages.flat();
  const size = weigh(lines, (line) => line.size)[0]?.[0] || 10;
  const byRight = lines.map((line) => line.right).toSorted((left, right) => left - right);
  return { size, distance: lineDistance(pages, size), rightEdge: byRight[Math.floor(byRight.length * 0.9)] ?? 0 };
}

/** Whether a line goes on with the paragraph before it. */
function continues(group: Group, previous: PdfLine, line: PdfLine, page: number, layout: Layout): boolean {
  const { size, distance, rightEdge } = layout;
  if (group.kind === 'table' || Math.abs(previous.size - line.size) > 0.12 * size || BULLET.test(line.text)) return false;
  const gap = previous.baseline - line.baseline;
  if (page !== group.page || gap < 0 || gap > 8 * size) {
    // A new page or column: only an open sentence goes on there.
    const open = !SENTENCE_END.test(previous.text) && previous.size <= 1.12 * size;
    return open && /^[\p{Ll}\p{Lo}(\d"“]/u.test(line.text);
  }
  if (gap > 1.35 * Math.max(distance, line.size)) return false;
  const isItem = BULLET.test(group.lines[0]?.text ?? '');
  if (line.left - previous.left > 0.8 * size && group.lines.length > 1 && !isItem) return false;
  return !(previous.right < rightEdge - 6 * size && SENTENCE_END.test(previous.text));
}

function grouped(pages: readonly (readonly PdfLine[])[], layout: Layout): readonly Group[] {
  const groups: Group[] = [];
  for (const [number, page] of pages.entries()) {
    for (const [at, line] of page.entries()) {
      const group = groups.at(-1);
      const previous = group?.lines.at(-1);
      // One line with a wide gap may be anything; two in a row are a table.
      const isRow = hasCells(line) && (hasCells(page[at + 1]) || (hasCells(page[at - 1]) && group?.kind === 'table'));
      if (group !== undefined && isRow && group.kind === 'table' && group.page === number) group.lines.push(line);
      else if (isRow) groups.push({ kind: 'table', lines: [line], page: number });
      else if (group !== undefined && previous !== undefined && continues(group, previous, line, number, layout))
        group.lines.push(line);
      else groups.push({ kind: 'prose', lines: [line], page: number });
    }
  }
  return groups;
}

const hasCells = (line: PdfLine | undefined): boolean => line?.text.includes('\t') ?? false;

function tableBlocks(lines: readonly PdfLine[]): readonly BlockDraft[] {
  const rows = lines.map((line) => line.text.split('\t'));
  const isRegular = rows.every((row) => row.length === rows[0]?.length);
  return tableRows(rows, isRegular ? undefined : 0);
}

export function paragraphsOf(pages: readonly (readonly PdfLine[])[]): readonly BlockDraft[] {
  const layout = layoutOf(pages);
  const { size } = layout;
  const keepsHyphen = hyphenJudge(
    pages
      .flat()
      .map((line) => line.text)
      .join('\n'),
  );
  const firstPage = pages.findIndex((page) => page.length > 0);
  const largest = (pages[firstPage] ?? []).reduce((most, line) => Math.max(most, line.size), 0);
  let titled = false;
  return grouped(pages, layout).flatMap(({ kind, lines, page }): readonly BlockDraft[] => {
    if (kind === 'table') return tableBlocks(lines);
    const text = joinLines(
      lines.map((line) => line.text.replaceAll('\t', ' ')),
      keepsHyphen,
    );
    const own = lines[0]?.size ?? size;
    if (own >= 1.12 * size && text.length <= 200 && /\p{L}/u.test(text)) {
      const isTitle = !titled && page === firstPage && own >= 0.98 * largest && own >= 1.25 * size;
      titled ||= isTitle;
      return [{ kind: isTitle ? 'title' : 'heading', text }];
    }
    const isItem = BULLET.test(text) && !/^\d/.test(text);
    return [{ kind: isItem ? 'list-item' : 'paragraph', text: isItem ? text.replace(BULLET, '') : text }];
  });
}
