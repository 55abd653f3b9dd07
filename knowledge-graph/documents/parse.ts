// One file's bytes to drafts: find the kind, then hand over to its parser. Parsers are loaded when first needed:
// a text file should not wait for the PDF reader.
import type { ReadLimits } from '../contract.ts';
import type { Parsed } from './draft.ts';
import type { Expansion } from './expansion.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { zipKind } from './sniff-zip.ts';
import { openZip } from './zip.ts';

export interface ParseContext {
  readonly limits: ReadLimits;
  readonly expansion: Expansion;
  /** How many archives are around it. */
  readonly depth: number;
}

/** Throws Unreadable, and whatever a parser throws on input its authors did not foresee. */
export async function* parse(bytes: Uint8Array, name: string, context: ParseContext): AsyncGenerator<Parsed> {
  const sniffed = await sniff(bytes, name);
  switch (sniffed.kind) {
    case 'pdf':
      return yield await (await import('./formats/pdf.ts')).readPdf(bytes, context.limits);
    case 'zip':
      return yield* parseZip(bytes, context);
    case 'corpus':
      return yield* (await import('./formats/corpus.ts')).readCorpus(sniffed.bytes);
    default:
      return yield* await parseText(sniffed);
  }
}

async function* parseZip(bytes: Uint8Array, context: ParseContext): AsyncGenerator<Parsed> {
  const zip = openZip(bytes, context.expansion);
  switch (zipKind(zip)) {
    case 'docx':
      return yield await (await import('./formats/docx.ts')).readDocx(zip);
    case 'pptx':
      return yield (await import('./formats/pptx.ts')).readPptx(zip);
    case 'xlsx':
      return yield (await import('./formats/xlsx.ts')).readXlsx(zip, context.limits);
    case 'epub':
      return yield* (await import('./formats/epub.ts')).readEpub(zip);
    default:
      return yield* (await import('./formats/archive.ts')).readArchive(zip, context);
  }
}

type SniffedText = Exclude<Sniffed, { readonly kind: 'pdf' | 'zip' | 'corpus' }>;

async function parseText(sniffed: SniffedText): Promise<readonly Parsed[]> {
  switch (sniffed.kind) {
    case 'html':
      return [(await import('./formats/html.ts')).readHtml(sniffed.text)];
    case 'feed':
      return (await import('./formats/feed.ts')).readFeed(sniffed.text);
    case 'json':
      return parseJson(sniffed.text, sniffed.value);
    case 'xml':
      return [(await import('./formats/xml.ts')).readXml(sniffed.text)];
    case 'csv':
      return [(await import('./formats/csv.ts')).readCsv(sniffed.text, sniffed.delimiter)];
    case 'markdown':
      return [(await import('./formats/markdown.ts')).readMarkdown(sniffed.text)];
    default:
      return [(await import('./formats/text.ts')).readText(sniffed.text)];
  }
}

async function parseJson(text: string, value: unknown): Promise<readonly Parsed[]> {
  const { isJsonFeed, readJson } = await import('./formats/json.ts');
  if (isJsonFeed(value)) return (await import('./formats/feed.ts')).readFeed(text);
  const { isCorpusList, readCorpusList } = await import('./formats/corpus.ts');
  return isCorpusList(value) ? readCorpusList(value) : [readJson(value)];
}
