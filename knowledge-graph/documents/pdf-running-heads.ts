// Page headers, footers and page numbers: what stands at the same place of many pages, digits aside, or counts the
// pages, is not the text. Only the outermost lines of a page are ever taken away.
import type { PdfLine } from './pdf-lines.ts';

type Page = readonly PdfLine[];

/** How many lines at each edge of a page may belong to a header or footer. */
const EDGE_LINES = 3;
/** Left and right pages may have heads of their own, hence less than half of the pages. */
const SHARE_OF_PAGES = 0.3;
const SAME_PLACE_POINTS = 6;
/** In font sizes; lines of one text are closer together. */
const GAP_BEFORE_TEXT = 1.6;
const PAGE_NUMBER =
  /^(?:[-–—|]\s*)?(?:page|p\.|seite|pág\.?|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|\/|von|de|页|頁|共).{0,8})?(?:\s*[-–—|页頁])?$/i;
const CONTENTS_LINE = /(?:\s?[.·…]){5,}\s*(?:\d{1,4}|[ivxlc]{1,6})?$/i;

/** The lines at the top and at the foot, the outermost first. */
function edges(page: Page): { readonly top: Page; readonly foot: Page } {
  const byHeight = page.toSorted((left, right) => right.baseline - left.baseline);
  return { top: byHeight.slice(0, EDGE_LINES), foot: byHeight.slice(-EDGE_LINES).toReversed() };
}

const pattern = (line: PdfLine): string => line.text.replaceAll(/\d+/g, '#').toLowerCase();

/** How often each edge line's pattern stands at about the same height. */
function repetitions(pages: readonly Page[]): (line: PdfLine) => number {
  const seen = new Map<string, number[]>();
  for (const page of pages) {
    const { top, foot } = edges(page);
    for (const line of new Set([...top, ...foot])) {
      const heights = seen.get(pattern(line));
      if (heights === undefined) seen.set(pattern(line), [line.baseline]);
      else heights.push(line.baseline);
    }
  }
  return (line) =>
    (seen.get(pattern(line)) ?? []).filter((height) => Math.abs(height - line.baseline) <= SAME_PLACE_POINTS).length;
}

/** Numbers at either end of a line, less the page's index: constant where they are page numbers. */
function offsets(line: PdfLine, index: number): readonly number[] {
  const numbers = [/^(\d{1,4})(?!\S)/.exec(line.text)?.[1], /(?<!\S)(\d{1,4})$/.exec(line.text)?.[1]];
  return numbers.filter((number) => number !== undefined).map((number) => Number(number) - index);
}

const outermost = (page: Page): Page => {
  const { top, foot } = edges(page);
  return [...new Set([...top.slice(0, 1), ...foot.slice(0, 1)])];
};

/** By how much printed page numbers are ahead of the page's place in the file, if most pages agree. */
function numbering(pages: readonly Page[]): number | undefined {
  const votes = new Map<number, number>();
  for (const [index, page] of pages.entries()) {
    for (const offset of new Set(outermost(page).flatMap((line) => offsets(line, index)))) {
      votes.set(offset, (votes.get(offset) ?? 0) + 1);
    }
  }
  const [best] = [...votes].toSorted((left, right) => right[1] - left[1] || left[0] - right[0]);
  return best !== undefined && best[1] >= Math.max(3, pages.length * 0.4) ? best[0] : undefined;
}

/** The running lines at one edge, from outside inward, if a gap parts them from the text. */
function runningLines(edge: Page, inner: Page, isRunning: (line: PdfLine) => boolean): Page {
  const until = edge.findIndex((line) => !isRunning(line));
  const heads = until === -1 ? edge : edge.slice(0, until);
  const nextIn = (at: number): PdfLine | undefined => edge[at + 1] ?? inner[0];
  const last = heads.findLastIndex((line, at) => {
    const next = nextIn(at);
    return next === undefined || Math.abs(line.baseline - next.baseline) >= GAP_BEFORE_TEXT * line.size;
  });
  return heads.slice(0, last + 1);
}

export function withoutRunningHeads(pages: readonly Page[]): readonly Page[] {
  const repeated = repetitions(pages);
  const ahead = numbering(pages);
  const enough = Math.max(2, Math.ceil(pages.length * SHARE_OF_PAGES));
  return pages.map((page, index) => {
    const byHeight = page.toSorted((left, right) => right.baseline - left.baseline);
    const { top, foot } = edges(page);
    const outer = new Set(outermost(page));
    const isNumber = (line: PdfLine): boolean =>
      outer.has(line) &&
      page.length > 1 &&
      (PAGE_NUMBER.test(line.text) || (ahead !== undefined && offsets(line, index).includes(ahead)));
    const isRunning = (line: PdfLine): boolean => isNumber(line) || repeated(line) >= enough;
    const heads = new Set([
      ...runningLines(top, byHeight.slice(EDGE_LINES), isRunning),
      ...runningLines(foot, byHeight.toReversed().slice(EDGE_LINES), isRunning),
    ]);
    return page.filter((line) => !heads.has(line) && !isNumber(line) && !CONTENTS_LINE.test(line.text));
  });
}
