// One file's bytes to its finished documents: find the kind, parse, give offsets, detect the language, hold the limits.
// Runs in the reader's thread. Parsers are loaded when first needed: a text file should not wait for the PDF reader.
import type { Document, ReadLimits } from '../contract.ts';
import { cleanLine } from './clean-text.ts';
import { composeText } from './compose-text.ts';
import type { DocumentDraft } from './draft.ts';
import { detectLanguage } from './language.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { Unreadable } from './unreadable.ts';

/** A document before it has a number, a file identity and a full name. */
export type ReadPart = Omit<Document, 'id' | 'sha256' | 'name'> & { readonly part: string | undefined };

async function parse(sniffed: Sniffed, bytes: Uint8Array, limits: ReadLimits): Promise<readonly DocumentDraft[]> {
  switch (sniffed.kind) {
    case 'pdf':
      return [await (await import('./formats/pdf.ts')).readPdf(bytes, limits)];
    case 'zip':
      return [await (await import('./formats/docx.ts')).readDocx(bytes, limits)];
    case 'html':
      return [(await import('./formats/html.ts')).readHtml(sniffed.text)];
    case 'feed':
      return (await import('./formats/feed.ts')).readFeed(sniffed.text);
    case 'json': {
      const { isJsonFeed, readJson } = await import('./formats/json.ts');
      return isJsonFeed(sniffed.value) ? (await import('./formats/feed.ts')).readFeed(sniffed.text) : [readJson(sniffed.value)];
    }
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

const line = (text: string | undefined): string | undefined => (text === undefined ? undefined : cleanLine(text) || undefined);

/** Throws Unreadable, and whatever a parser throws on input its authors did not foresee. */
export async function readFile(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<readonly ReadPart[]> {
  const parts: ReadPart[] = [];
  let characters = 0;
  for (const draft of await parse(await sniff(bytes, name), bytes, limits)) {
    const composed = composeText(draft.blocks);
    if (composed.blocks.length === 0) continue;
    characters += composed.text.length;
    if (characters > limits.maxCharacters) {
      throw new Unreadable(
        `Its text is longer than ${limits.maxCharacters} characters (maxCharacters). Split it or raise the limit.`,
      );
    }
    parts.push({
      part: line(draft.part),
      mediaType: draft.mediaType,
      title: line(draft.title),
      author: line(draft.author),
      publishedAt: draft.publishedAt,
      language: await detectLanguage(composed.text, draft.declaredLanguage),
      text: composed.text,
      blocks: composed.blocks,
    });
  }
  if (parts.length === 0) throw new Unreadable('It has no readable text in it.');
  return parts;
}
