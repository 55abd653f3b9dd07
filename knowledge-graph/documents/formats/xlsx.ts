// XLSX: each visible sheet under its name, its rows as lines that name their columns. Values are those that were
// last computed; formulas, charts and hidden sheets are not read.
import type { ReadLimits } from '../../contract.ts';
import { numberKinds } from '../cell-values.ts';
import { coreProperties } from '../core-properties.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { relationId, relationsOf, rootOf } from '../package-parts.ts';
import { rowBlocks, sheetRows, type Workbook } from '../sheet-rows.ts';
import { statedTitle } from '../stated-title.ts';
import { Unreadable } from '../unreadable.ts';
import { descendant, descendants, parsePart, scanPart, type XmlNode } from '../xml-part.ts';
import type { ZipFile } from '../zip.ts';

const WHAT = 'a workbook (Excel)';
const WORKBOOK = 'xl/workbook.xml';
/** Names that nobody gave. */
const DEFAULT_NAME = /^(sheet|tabelle|feuil|hoja|foglio|blad|planilha|工作表|シート)\s?\d*$/i;

/** Texts that cells point at by number, without phonetic readings. */
function sharedStrings(bytes: Uint8Array | undefined): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let isReading = false;
  if (bytes === undefined) return strings;
  scanPart(bytes, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isReading = true;
      isText = name === 't' && !isReading;
    },
    text: (part) => {
      if (isText) text += part;
    },
    close: (name) => {
      if (name === 'si') strings.push(text);
      if (name === 'rPh') isReading = false;
      isText = false;
    },
  });
  return strings;
}

const isVisible = ({ attributes }: XmlNode): boolean => !/^(hidden|veryHidden)$/.test(attributes['state'] ?? '');

export function readXlsx(zip: ZipFile, limits: ReadLimits): DocumentDraft {
  const root = rootOf(zip, WORKBOOK, WHAT);
  const relations = relationsOf(zip, WORKBOOK);
  const partOf = (type: string): Uint8Array | undefined =>
    zip.read(relations.find((relation) => relation.type === type)?.target ?? '');
  const styles = partOf('styles');
  const workbook: Workbook = {
    strings: sharedStrings(partOf('sharedStrings')),
    kinds: numberKinds(styles === undefined ? undefined : parsePart(styles)),
    isFrom1904: /^(1|true)$/.test(descendant(root, 'workbookPr')?.attributes['date1904'] ?? ''),
  };
  // A text that is stored once may be shown in a million cells.
  let characters = 0;
  const count = (more: number): void => {
    characters += more;
    if (characters <= limits.maxCharacters) return;
    throw new Unreadable(
      `Its cells hold more than ${limits.maxCharacters} characters (maxCharacters). Split it or raise the limit.`,
    );
  };
  const sheets = descendants(root, 'sheet').filter(isVisible);
  const blocks: BlockDraft[] = [];
  for (const sheet of sheets) {
    const target = relations.find(({ id, type }) => type === 'worksheet' && id === relationId(sheet))?.target;
    const bytes = target === undefined ? undefined : zip.read(target);
    if (bytes === undefined) continue; // a sheet that is one chart
    const rows = rowBlocks(sheetRows(bytes, workbook, count));
    const name = sheet.attributes['name'] ?? '';
    if (rows.length > 0 && !DEFAULT_NAME.test(name)) blocks.push({ kind: 'heading', text: name });
    for (const row of rows) blocks.push(row);
  }
  if (blocks.length === 0) throw new Unreadable('It is a workbook without anything in its cells. Fill it or leave it out.');
  const core = coreProperties(zip.read('docProps/core.xml'));
  const title = statedTitle(core.title);
  return { mediaType: 'xlsx', ...core, title, blocks: withTitle(blocks, title) };
}
