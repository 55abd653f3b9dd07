// Plain text that was printed to pages (form feeds part them): page numbers and running heads are taken away.
const MIN_PAGES = 3;
const SHARE_OF_PAGES = 0.5;
const PAGE_NUMBER =
  /^[-–—\s]*(?:page|seite|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|\/|von|de)\s*\d{1,4})?\s*[页頁]?[-–—\s]*$/i;

const pattern = (line: string): string => line.trim().replaceAll(/\d+/g, '#').toLowerCase();

interface PageLines {
  readonly lines: readonly string[];
  /** Places of the outermost lines that are not blank. */
  readonly top: number;
  readonly foot: number;
}

const isFilled = (line: string): boolean => line.trim() !== '';

function pageLines(page: string): PageLines {
  const lines = page.split('\n');
  return { lines, top: lines.findIndex(isFilled), foot: lines.findLastIndex(isFilled) };
}

/** `text` with `\n` line ends; without form feeds in what is returned. */
export function withoutPageLines(text: string): string {
  if (!text.includes('\f')) return text;
  const pages = text.split('\f').map(pageLines);
  const enough = Math.max(MIN_PAGES, Math.ceil(pages.length * SHARE_OF_PAGES));
  const seen = new Map<string, number>();
  for (const { lines, top, foot } of pages) {
    for (const line of new Set([lines[top], lines[foot]].map((edge) => pattern(edge ?? '')))) {
      seen.set(line, (seen.get(line) ?? 0) + 1);
    }
  }
  const isRunning = (line: string): boolean => (seen.get(pattern(line)) ?? 0) >= enough || PAGE_NUMBER.test(line);
  return pages
    .map(({ lines, top, foot }) =>
      pages.length < MIN_PAGES ? lines : lines.filter((line, at) => (at !== top && at !== foot) || !isRunning(line)),
    )
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
