// Writes small presentations, workbooks and e-books: the parts that their formats require, zipped.
import { strToU8, zipSync } from 'fflate';

type Parts = Readonly<Record<string, string>>;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const zipOf = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

const RELATION_TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (list: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATION_TYPES}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const coreXml = (fields: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">${fields}</cp:coreProperties>`;

// Presentations

/** A shape that fills the placeholder of this type; without one it is a text box. */
export function shape(paragraphs: readonly string[], type?: string): string {
  const placeholder = type === undefined ? '' : `<p:ph${type === 'body' ? ' idx="1"' : ` type="${type}"`}/>`;
  const text = paragraphs.map((line) => `<a:p><a:r><a:t>${escape(line)}</a:t></a:r></a:p>`).join('');
  return `<p:sp><p:nvSpPr><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody>${text}</p:txBody></p:sp>`;
}

const slideCell = (text: string): string => `<a:tc><a:txBody><a:p><a:r><a:t>${escape(text)}</a:t></a:r></a:p></a:txBody></a:tc>`;

export function slideTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `<a:tr>${row.map(slideCell).join('')}</a:tr>`).join('');
  return `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>${lines}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
}

export interface Slide {
  readonly shapes: readonly string[];
  readonly notes?: readonly string[];
}

const shapeTree = (shapes: readonly string[]): string => `<p:cSld><p:spTree>${shapes.join('')}</p:spTree></p:cSld>`;

export function pptxParts(slides: readonly Slide[], core = ''): Parts {
  const parts: Record<string, string> = {
    'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${slides
      .map((_, at) => `<p:sldId id="${256 + at}" r:id="s${at}"/>`)
      .join('')}</p:sldIdLst></p:presentation>`,
    // Files are numbered the other way round: the order is in the presentation alone.
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, at) => [`s${at}`, 'slide', `slides/slide${slides.length - at}.xml`] as const),
    ),
    'docProps/core.xml': coreXml(core),
  };
  slides.forEach(({ shapes, notes }, at) => {
    const number = slides.length - at;
    parts[`ppt/slides/slide${number}.xml`] = `<p:sld xmlns:p="p" xmlns:a="a">${shapeTree(shapes)}</p:sld>`;
    if (notes === undefined) return;
    parts[`ppt/slides/_rels/slide${number}.xml.rels`] = relations([
      ['n', 'notesSlide', `../notesSlides/notesSlide${number}.xml`],
    ]);
    parts[`ppt/notesSlides/notesSlide${number}.xml`] =
      `<p:notes xmlns:p="p" xmlns:a="a">${shapeTree([shape(notes, 'body'), shape(['12'], 'sldNum')])}</p:notes>`;
  });
  return parts;
}

// Workbooks

export interface Sheet {
  readonly name: string;
  readonly state?: string;
  /** The content of `sheetData`. */
  readonly rows: string;
}

export function xlsxParts(
  sheets: readonly Sheet[],
  { strings = '', styles = '', core = '' }: { readonly strings?: string; readonly styles?: string; readonly core?: string } = {},
): Parts {
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="m" xmlns:r="r"><sheets>${sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${name}" sheetId="${at + 1}" r:id="w${at}"${state === undefined ? '' : ` state="${state}"`}/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at) => [`w${at}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['st', 'styles', 'styles.xml'],
      ['ss', 'sharedStrings', '/xl/sharedStrings.xml'],
    ]),
    'xl/styles.xml': `<styleSheet xmlns="m">${styles}</styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="m">${strings}</sst>`,
    'docProps/core.xml': coreXml(core),
  };
  sheets.forEach(({ rows }, at) => {
    parts[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet xmlns="m"><sheetData>${rows}</sheetData></worksheet>`;
  });
  return parts;
}

/** Rows of texts that stand in the sheet itself. */
export const inlineRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${escape(text)}</t></is></c>`).join('')}</row>`).join('');

// E-books

const manifestItem = (name: string, at: number): string =>
  `<item id="i${at}" href="text/${encodeURIComponent(name)}" media-type="application/xhtml+xml"${name === 'nav.xhtml' ? ' properties="nav"' : ''}/>`;

export function epubParts(
  chapters: Readonly<Record<string, string>>,
  { metadata = '', spine = Object.keys(chapters) }: { readonly metadata?: string; readonly spine?: readonly string[] } = {},
): Parts {
  const items = [...new Set([...Object.keys(chapters), ...spine])];
  return {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'OEBPS/book.opf': `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="o"><metadata>${metadata}</metadata><manifest>${items.map(manifestItem).join('')}</manifest><spine>${spine
      .map((name) => `<itemref idref="i${items.indexOf(name)}"/>`)
      .join('')}</spine></package>`,
    ...Object.fromEntries(
      Object.entries(chapters).map(([name, body]) => [
        `OEBPS/text/${name}`,
        `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="e"><head><title/></head><body>${body}</body></html>`,
      ]),
    ),
  };
}
