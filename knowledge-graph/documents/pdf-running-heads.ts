// Page headers, footers and page numbers: what stands at the same place of many pages, digits aside, is not the text.
import type { PdfLine } from './pdf-lines.ts';

/** How many lines at each edge of a page may belong to a header or footer. */
const EDGE_LINES = 3;
const PAGE_NUMBER =
  /^(?:[-–—|]\s*)?(?:page|p\.|seite|pág\.?|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|\/|von|de|页|頁|共).{0,8})?(?:\s*[-–—|页頁])?$/i;

const pattern = (line: PdfLine): string => line.text.replaceAll(/\d+/g, '#').toLowerCase();

/** Lines by height on the page, the highest first. */
function edges(lines: readonly PdfLine[]): readonly PdfLine[] {
  const byHeight = lines.toSorted((left, right) => right.baseline - left.baseline);
  return [...new Set([...byHeight.slice(0, EDGE_LINES), ...byHeight.slice(-EDGE_LINES)])];
}

const samePlace = (left: PdfLine, right: PdfLine): boolean => Math.abs(left.baseline - right.baseline) <= 6;

export function withoutRunningHeads(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const seen = new Map<string, PdfLine[]>();
  for (const page of pages) {
    for (const line of edges(page)) {
      const found = seen.get(pattern(line));
      if (found === undefined) seen.set(pattern(line), [line]);
      else found.push(line);
    }
  }
  // Left and right pages may have heads of their own, hence less than half of the pages.
  const enough = Math.max(2, Math.ceil(pages.length * 0.3));
  return pages.map((page) => {
    const edge = new Set(edges(page));
    const [highest] = page.toSorted((left, right) => right.baseline - left.baseline);
    const lowest = page.toSorted((left, right) => left.baseline - right.baseline)[0];
    return page.filter((line) => {
      if (!edge.has(line)) return true;
      if (PAGE_NUMBER.test(line.text) && page.length > 1 && (line === lowest || line === highest)) return false;
      const twins = (seen.get(pattern(line)) ?? []).filter((other) => samePlace(line, other));
      return twins.length < enough;
    });
  });
}
