// What stands on one slide, or in its notes: titles, paragraphs and bullets of its shapes, rows of its tables.
// Date, footer and slide number are left out.
import type { BlockDraft } from './draft.ts';
import { tableRows } from './table-rows.ts';
import { childrenOf, descendant, descendants, textOf, type XmlNode } from './xml-part.ts';

const TITLES = new Set(['title', 'ctrTitle']);
const AROUND = new Set(['dt', 'ftr', 'hdr', 'sldNum', 'sldImg']);

/** One paragraph's text; fields that count slides or tell the date of today say nothing. */
function paragraphText(paragraph: XmlNode): string {
  return childrenOf(paragraph)
    .map((part) => {
      if (part.name === 'br') return '\n';
      const isCounter = part.name === 'fld' && /^(slidenum|datetime)/.test(part.attributes['type'] ?? '');
      return isCounter ? '' : descendants(part, 't').map(textOf).join('');
    })
    .join('');
}

const paragraphsOf = (body: XmlNode): readonly XmlNode[] =>
  descendants(body, 'p').filter((paragraph) => paragraphText(paragraph).trim() !== '');

/** A bullet is said so, or is what the paragraphs of a placeholder for text have unless they say otherwise. */
function isBullet(paragraph: XmlNode, isPlaceholder: boolean, siblings: number): boolean {
  const [properties] = childrenOf(paragraph, 'pPr');
  const has = (name: string): boolean => properties !== undefined && childrenOf(properties, name).length > 0;
  if (has('buNone')) return false;
  return has('buChar') || has('buAutoNum') || (isPlaceholder && siblings > 1);
}

function shapeBlocks(shape: XmlNode): readonly BlockDraft[] {
  const placeholder = descendant(shape, 'ph');
  const type = placeholder === undefined ? undefined : (placeholder.attributes['type'] ?? 'body');
  const [body] = childrenOf(shape, 'txBody');
  if (body === undefined || (type !== undefined && AROUND.has(type))) return [];
  const paragraphs = paragraphsOf(body);
  if (type !== undefined && TITLES.has(type)) {
    const text = paragraphs.map(paragraphText).join(' ').replaceAll('\n', ' ');
    return text === '' ? [] : [{ kind: 'heading', text }];
  }
  return paragraphs.map((paragraph) => ({
    kind: isBullet(paragraph, type === 'body', paragraphs.length) ? 'list-item' : 'paragraph',
    text: paragraphText(paragraph),
  }));
}

function tableBlocks(table: XmlNode): readonly BlockDraft[] {
  const rows = childrenOf(table, 'tr').map((row) =>
    childrenOf(row, 'tc').map((cell) => paragraphsOf(cell).map(paragraphText).join(' ')),
  );
  const saysHeader = descendant(table, 'tblPr')?.attributes['firstRow'] === '1';
  return tableRows(rows, saysHeader ? 1 : undefined);
}

/** The shapes of a tree in their order, groups opened; `diagram` reads what a frame only points at. */
export function slideBlocks(tree: XmlNode, diagram: (frame: XmlNode) => readonly BlockDraft[]): readonly BlockDraft[] {
  return childrenOf(tree).flatMap((shape): readonly BlockDraft[] => {
    switch (shape.name) {
      case 'sp':
        return shapeBlocks(shape);
      case 'grpSp':
        return slideBlocks(shape, diagram);
      case 'graphicFrame': {
        const table = descendant(shape, 'tbl');
        return table === undefined ? diagram(shape) : tableBlocks(table);
      }
      case 'AlternateContent':
        return childrenOf(shape, 'Choice').flatMap((choice) => slideBlocks(choice, diagram));
      default:
        return [];
    }
  });
}

/** The points of a diagram (SmartArt), each a line of its own. */
export const diagramBlocks = (data: XmlNode): readonly BlockDraft[] =>
  descendants(data, 'pt').flatMap((point) =>
    paragraphsOf(point).map((paragraph): BlockDraft => ({ kind: 'list-item', text: paragraphText(paragraph) })),
  );
