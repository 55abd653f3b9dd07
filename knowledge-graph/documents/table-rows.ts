// Rows of any table (HTML, DOCX, CSV, Markdown, JSON) as lines that can be read without the table:
// "name: Mara Voss; role: minister".
import { cleanLine } from './clean-text.ts';
import type { BlockDraft } from './draft.ts';

type Row = readonly string[];

const VALUE_LIKE = /^[\s\d.,:;%$€£¥+\-–—/()]*\d[\s\d.,:;%$€£¥+\-–—/()]*$|^https?:|@.+\./;
const MAX_LABEL_LENGTH = 60;

/** Whether the first row names the columns: short, different labels that are no values and do not recur below. */
function firstRowIsHeader(rows: readonly Row[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0) return false;
  const labels = first.map((cell) => cell.toLowerCase());
  const filled = labels.filter((label) => label !== '');
  return (
    filled.length >= Math.max(1, labels.length - 1) &&
    new Set(filled).size === filled.length &&
    filled.every((label) => label.length <= MAX_LABEL_LENGTH && /^[\p{L}\p{N}#%(_]/u.test(label) && !VALUE_LIKE.test(label)) &&
    !rest.slice(0, 200).some((row) => row.some((cell, column) => cell !== '' && cell.toLowerCase() === labels[column]))
  );
}

/** `label: value; label: value`; empty cells are left out. */
function rowText(labels: Row | undefined, cells: Row): string {
  return cells
    .map((cell, column) => {
      const label = labels?.[column] ?? '';
      return cell === '' || label === '' ? cell : `${label.replace(/\s*:$/, '')}: ${cell}`;
    })
    .filter((part) => part !== '')
    .join('; ');
}

/** `header`: how many leading rows are column names, where the format says so; otherwise it is judged by looking. */
export function tableRows(raw: readonly Row[], header?: number): readonly BlockDraft[] {
  const rows = raw.map((row) => row.map(cleanLine)).filter((row) => row.some((cell) => cell !== ''));
  const headerRows = Math.min(header ?? (firstRowIsHeader(rows) ? 1 : 0), rows.length - 1);
  const labels = headerRows > 0 ? rows[headerRows - 1] : undefined;
  return rows.slice(Math.max(headerRows, 0)).map((row) => ({ kind: 'table-row', text: rowText(labels, row) }));
}
