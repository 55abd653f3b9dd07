// Writes small DOCX files: the parts that Word requires, zipped.
import { strToU8, zipSync } from 'fflate';

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

interface DocxParagraph {
  readonly text: string;
  readonly style?: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;

function paragraph({ text, style }: DocxParagraph): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}${run(text)}</w:p>`;
}

const cells = (row: readonly string[]): string => row.map((cell) => `<w:tc><w:p>${run(cell)}</w:p></w:tc>`).join('');

function table(rows: readonly (readonly string[])[]): string {
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

const STYLES = ['Title', 'Heading1', 'Quote']
  .map((id) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id.replace('1', ' 1')}"/></w:style>`)
  .join('');

/** The parts of a document, before they are zipped. */
export function docxParts(
  paragraphs: readonly DocxParagraph[],
  rows: readonly (readonly string[])[] = [],
): Record<string, Uint8Array> {
  const body = paragraphs.map(paragraph).join('') + (rows.length > 0 ? table(rows) : '');
  return {
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/_rels/document.xml.rels': strToU8(
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    ),
    'word/styles.xml': strToU8(`<w:styles ${NAMESPACE}>${STYLES}</w:styles>`),
    'word/document.xml': strToU8(`<w:document ${NAMESPACE}><w:body>${body}</w:body></w:document>`),
    'docProps/core.xml': strToU8(
      '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">' +
        '<dc:creator>Ines Kahl</dc:creator><dcterms:created>2026-02-01T09:30:00Z</dcterms:created></cp:coreProperties>',
    ),
  };
}

export function makeDocx(paragraphs: readonly DocxParagraph[], rows: readonly (readonly string[])[] = []): Uint8Array {
  return zipSync(docxParts(paragraphs, rows));
}
