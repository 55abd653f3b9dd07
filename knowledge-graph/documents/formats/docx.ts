// DOCX by mammoth. What mammoth may open is first unpacked here under the limits and packed again without
// compression, pictures left out, so that nothing it does can expand.
import { XMLParser } from 'fast-xml-parser';
import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import type { ReadLimits } from '../../contract.ts';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import { type DocumentDraft, withOwnTitle } from '../draft.ts';
import { fragmentBlocks } from '../html-blocks.ts';
import { damaged, Unreadable } from '../unreadable.ts';
import { listZip, unzip, type ZipEntry } from '../zip.ts';

const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
];

/** What other files of the zip family are, and what to do with them. */
const RELATIVES: readonly (readonly [part: RegExp, advice: string])[] = [
  [/^xl\/workbook/, 'It is a spreadsheet (Excel). Export the sheet as CSV.'],
  [/^ppt\/presentation/, 'It is a presentation (PowerPoint). Export it as PDF.'],
  [/^META-INF\/container\.xml$/, 'It is an e-book (EPUB). Convert it to HTML, DOCX or PDF.'],
  [/^content\.xml$/, 'It is an OpenDocument file. Save it as .docx or PDF.'],
];

function requireWordDocument(entries: readonly ZipEntry[]): void {
  if (entries.some(({ name }) => /^word\/document\d*\.xml$/.test(name))) return;
  const relative = RELATIVES.find(([part]) => entries.some(({ name }) => part.test(name)));
  throw new Unreadable(relative?.[1] ?? 'It is a zip archive. Unpack it and add the files in it.');
}

interface CoreProperties {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly publishedAt?: string | undefined;
}

function coreProperties(xml: Uint8Array | undefined): CoreProperties {
  if (xml === undefined) return {};
  const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: true, parseTagValue: false });
  const parsed = parser.parse(new TextDecoder().decode(xml)) as { coreProperties?: Record<string, unknown> };
  const property = (name: string): string | undefined => {
    const value = parsed.coreProperties?.[name];
    return typeof value === 'string' && value.trim() !== '' ? cleanLine(value) : undefined;
  };
  return { title: property('title'), author: property('creator'), publishedAt: isoDate(property('created')) };
}

export async function readDocx(bytes: Uint8Array, limits: ReadLimits): Promise<DocumentDraft> {
  const entries = listZip(bytes);
  requireWordDocument(entries);
  const files = unzip(bytes, entries, (name) => /\.(xml|rels)$/.test(name), limits);
  const core = coreProperties(files['docProps/core.xml']);
  const buffer = Buffer.from(zipSync(files, { level: 0 }));
  let html: string;
  try {
    const noPictures = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
    html = (await mammoth.convertToHtml({ buffer }, { styleMap: STYLES, convertImage: noPictures })).value;
  } catch (thrown) {
    throw damaged('a Word document', thrown);
  }
  const blocks = fragmentBlocks(html);
  if (blocks.length === 0) {
    throw new Unreadable('It is a Word document without text. If it shows pictures of text, run text recognition (OCR) first.');
  }
  return withOwnTitle({ mediaType: 'docx', ...core, blocks });
}
