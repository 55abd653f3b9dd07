// The cells of table rows, found again in their text: "name: Mara Voss; role: minister". A label counts where rows beside
// it have it, too, so that a colon inside a cell divides nothing.
import type { Block, Document } from '../contract.ts';

/** The value of one cell, `[start, end)` in the document. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  /** Heading of its column; undefined where the table has none. */
  readonly label: string | undefined;
  /** 0 in the cell that opens the row. */
  readonly column: number;
}

const LABEL = /^([^:;]{1,60}): /;

/** Cells by the position of their row's block. */
export function cellsOfRows(document: Document): ReadonlyMap<number, readonly Cell[]> {
  const cells = new Map<number, readonly Cell[]>();
  const { blocks } = document;
  for (let at = 0; at < blocks.length; at++) {
    if (blocks[at]?.kind !== 'table-row') continue;
    let to = at;
    while (blocks[to]?.kind === 'table-row') to++;
    const rows = blocks.slice(at, to).map((block) => partsOf(document.text, block));
    const labels = labelsOf(rows);
    rows.forEach((parts, index) => cells.set(at + index, joined(parts, labels)));
    at = to;
  }
  return cells;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly label: string | undefined;
}

function partsOf(text: string, { start, end }: Block): readonly Part[] {
  const parts: Part[] = [];
  let from = start;
  for (const piece of text.slice(start, end).split('; ')) {
    parts.push({ start: from, end: from + piece.length, label: LABEL.exec(piece)?.[1] });
    from += piece.length + 2;
  }
  return parts;
}

/** Labels that at least half of the rows have, and more than one of them where there are more. */
function labelsOf(rows: readonly (readonly Part[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const parts of rows)
    for (const label of new Set(parts.flatMap((part) => part.label ?? []))) counts.set(label, (counts.get(label) ?? 0) + 1);
  const least = Math.max(Math.min(2, rows.length), rows.length / 2);
  return new Set([...counts].filter(([, count]) => count >= least).map(([label]) => label));
}

/** A part without a label of the table's goes on with the cell before it, where the table has labels at all. */
function joined(parts: readonly Part[], labels: ReadonlySet<string>): readonly Cell[] {
  const cells: Cell[] = [];
  for (const { start, end, label } of parts) {
    const isLabelled = label !== undefined && labels.has(label);
    const previous = cells.at(-1);
    if (!isLabelled && previous !== undefined && labels.size > 0) cells[cells.length - 1] = { ...previous, end };
    else if (isLabelled) cells.push({ start: start + label.length + 2, end, label, column: cells.length });
    else cells.push({ start, end, label: undefined, column: cells.length });
  }
  return cells;
}
