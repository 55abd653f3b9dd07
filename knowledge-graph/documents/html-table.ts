// HTML tables: those that hold data become rows, those that hold layout are walked like any other markup.
import type { BlockDraft } from './draft.ts';
import { tableRows } from './table-rows.ts';

const MAX_SPAN = 64;

const rowsOf = (table: Element): readonly Element[] => [...table.querySelectorAll('tr')];
const cellsOf = (row: Element): readonly Element[] =>
  [...row.children].filter((cell) => cell.localName === 'td' || cell.localName === 'th');

export function isDataTable(table: Element): boolean {
  if (table.getAttribute('role') === 'presentation') return false;
  if (table.querySelector('table, h1, h2, h3, h4, ul, ol, blockquote, pre, form, article') !== null) return false;
  const rows = rowsOf(table);
  if (!rows.some((row) => cellsOf(row).length > 1)) return false;
  return rows.length > 1 || table.querySelector('th') !== null;
}

const span = (cell: Element, name: string): number =>
  Math.min(Math.max(Number.parseInt(cell.getAttribute(name) ?? '1', 10) || 1, 1), MAX_SPAN);

/** Cells by row and column, with spanning cells repeated in each place they cover. */
function grid(rows: readonly Element[]): string[][] {
  const cells: string[][] = rows.map(() => []);
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of cellsOf(row)) {
      while (cells[at]?.[column] !== undefined) column += 1;
      const text = (cell.textContent ?? '').trim();
      for (let down = 0; down < span(cell, 'rowspan'); down++) {
        const target = cells[at + down];
        if (target === undefined) break;
        // A cell that spans columns stands in the first of them; repeating it would repeat what it says.
        for (let right = 0; right < span(cell, 'colspan'); right++) target[column + right] = right === 0 ? text : '';
      }
      column += span(cell, 'colspan');
    }
  });
  return cells.map((row) => Array.from(row, (cell) => cell ?? ''));
}

export function htmlTable(table: Element): readonly BlockDraft[] {
  const rows = rowsOf(table);
  const inHead = table.querySelectorAll('thead tr').length;
  const allTh = rows.findIndex((row) => cellsOf(row).some((cell) => cell.localName !== 'th'));
  const caption = table.querySelector('caption')?.textContent?.trim() ?? '';
  // Key and value side by side (infoboxes): each row's first cell is the label of the others.
  const pairs = rows.map(cellsOf).filter((cells) => cells.length > 1);
  const keyed = pairs.every(([key, ...values]) => key?.localName === 'th' && values.every((cell) => cell.localName === 'td'));
  const cells = grid(rows);
  const body = keyed
    ? cells.map(([key = '', ...values]): BlockDraft => {
        const value = values.filter((cell) => cell !== '').join(', ');
        return { kind: 'table-row', text: value === '' ? key : `${key.replace(/\s*:$/, '')}: ${value}` };
      })
    : tableRows(cells, inHead > 0 ? inHead : allTh > 0 ? allTh : undefined);
  return caption === '' ? body : [{ kind: 'paragraph', text: caption }, ...body];
}
