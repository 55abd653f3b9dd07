// One sheet of a workbook, read as a stream: its rows, each a sparse list of cells by column. And what rows make as
// blocks: stretches between blank rows are tables of their own, lines above a table are its captions.
import type { BlockDraft } from './draft.ts';
import { type NumberKind, numberText } from './cell-values.ts';
import { tableRows } from './table-rows.ts';
import { scanPart } from './xml-part.ts';

/** Column index to text; cells without text are not in it. */
export type SheetRow = ReadonlyMap<number, string>;

export interface Workbook {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly isFrom1904: boolean;
}

/** `AB12` → 27; undefined where there is no reference. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Buffer.from(letters, 'latin1').reduce((sum, letter) => sum * 26 + letter - 64, 0) - 1;
}

function cellText(type: string, value: string, style: number, { strings, kinds, isFrom1904 }: Workbook): string {
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case 'n':
      return numberText(value, kinds[style] ?? 'number', isFrom1904);
    default:
      return value;
  }
}

/** The rows, a blank one for each gap; `onText` is told the length of each cell as it is read. */
export function sheetRows(bytes: Uint8Array, workbook: Workbook, onText: (characters: number) => void): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  let row = new Map<number, string>();
  let lastNumber = 0;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let isValue = false;
  scanPart(bytes, {
    open: (name, attributes) => {
      if (name === 'row') {
        const number = Number(attributes['r'] ?? lastNumber + 1);
        if (number > lastNumber + 1 && rows.length > 0) rows.push(new Map());
        lastNumber = number;
        row = new Map();
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
      } else {
        // Formulas and phonetic readings are not what the cell shows.
        isValue = name === 'v' || (name === 't' && type === 'inlineStr');
      }
    },
    text: (text) => {
      if (isValue) value += text;
    },
    close: (name) => {
      if (name === 'c') {
        const text = cellText(type, value, style, workbook).trim();
        if (text !== '') row.set(column, text);
        onText(text.length);
      } else if (name === 'row') {
        rows.push(row);
      }
      isValue = false;
    },
  });
  return rows;
}

/** How many rows at the top of a stretch stand above its table. */
function captionRows(rows: readonly SheetRow[]): number {
  const table = rows.findIndex((row) => row.size > 1);
  if (table !== -1) return table;
  // One column of several rows is a list, unless each row is somewhere else.
  return rows.length > 1 && new Set(rows.flatMap((row) => [...row.keys()])).size === 1 ? 0 : rows.length;
}

function stretchBlocks(rows: readonly SheetRow[]): readonly BlockDraft[] {
  const above = captionRows(rows);
  const captions = rows.slice(0, above).map((row): BlockDraft => ({ kind: 'paragraph', text: [...row.values()].join(' ') }));
  const inTable = rows.slice(above);
  const columns = [...new Set(inTable.flatMap((row) => [...row.keys()]))].toSorted((left, right) => left - right);
  return [...captions, ...tableRows(inTable.map((row) => columns.map((column) => row.get(column) ?? '')))];
}

export function rowBlocks(rows: readonly SheetRow[]): readonly BlockDraft[] {
  const blocks: BlockDraft[] = [];
  let stretch: SheetRow[] = [];
  const flush = (): void => {
    for (const block of stretchBlocks(stretch)) blocks.push(block);
    stretch = [];
  };
  for (const row of rows) {
    if (row.size === 0) flush();
    else stretch.push(row);
  }
  flush();
  return blocks;
}
