// Comma-, tab-, semicolon- or bar-separated values: one block per row, each readable on its own.
import papaparse from 'papaparse';
import type { DocumentDraft } from '../draft.ts';
import { tableRows } from '../table-rows.ts';
import { Unreadable } from '../unreadable.ts';

export function readCsv(text: string, delimiter: string): DocumentDraft {
  const { data } = papaparse.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' });
  const blocks = tableRows(data);
  if (blocks.length === 0) throw new Unreadable('It is a table without any rows. Add rows or leave the file out.');
  return { mediaType: 'csv', blocks };
}
