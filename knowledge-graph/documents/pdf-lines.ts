// Glyph runs of one page, in the order the page draws them, put together into lines.

/** What we use of a text item of pdf.js. */
export interface GlyphRun {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

export interface PdfLine {
  /** With a tab at each gap that is too wide for prose: between the cells of a table. */
  readonly text: string;
  /** Left and right edge, baseline above the page's foot, and font size, in points. */
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

/** Gaps in font sizes. */
const GAP_OF_WORDS = 0.15;
const GAP_OF_CELLS = 1.8;
/** Private-use characters: bullets and ornaments of symbol fonts. */
const SYMBOL_FONT = /[\uE000-\uF8FF]/g;

interface OpenLine {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
}

export function pageLines(runs: readonly GlyphRun[]): readonly PdfLine[] {
  const lines: OpenLine[] = [];
  let line: OpenLine | undefined;
  for (const run of runs) {
    const [a = 0, b = 0, , , x = 0, y = 0] = run.transform;
    const size = run.height > 0 ? run.height : Math.hypot(a, b);
    if (run.str.trim() === '') {
      if (line !== undefined && run.str !== '' && !line.text.endsWith(' ')) line.text += ' ';
    } else if (line === undefined || Math.abs(y - line.baseline) > 0.5 * Math.max(size, line.size) || x < line.left - size) {
      line = { text: run.str, left: x, right: x + run.width, baseline: y, size };
      lines.push(line);
    } else {
      const gap = x - line.right;
      const separator = gap > GAP_OF_CELLS * size ? '\t' : gap > GAP_OF_WORDS * size ? ' ' : '';
      line.text += separator + run.str;
      line.right = Math.max(line.right, x + run.width);
      // A raised mark at the start does not set the line's size; its words do.
      if (run.str.length > 2) line.size = Math.max(size, line.size);
    }
    if (run.hasEOL) line = undefined;
  }
  return lines
    .map((open) => ({
      ...open,
      text: open.text
        .replace(SYMBOL_FONT, '•')
        .replaceAll(/[^\S\t]+/g, ' ')
        .replaceAll(/ ?\t[\t ]*/g, '\t')
        .trim(),
    }))
    .filter((open) => open.text !== '');
}
