// PDF by unpdf (pdf.js): glyph runs become lines, lines become paragraphs. A scan without text is said to be one.
import { getDocumentProxy } from 'unpdf';
import type { ReadLimits } from '../../contract.ts';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import type { DocumentDraft } from '../draft.ts';
import { guardStreams } from '../pdf-guard.ts';
import { pageLines, type GlyphRun, type PdfLine } from '../pdf-lines.ts';
import { paragraphsOf } from '../pdf-paragraphs.ts';
import { withoutRunningHeads } from '../pdf-running-heads.ts';
import { statedTitle } from '../stated-title.ts';
import { damaged, Unreadable } from '../unreadable.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    // pdf.js takes over the buffer, so it gets its own.
    return await getDocumentProxy(bytes.slice(), { verbosity: 0, useSystemFonts: false });
  } catch (thrown) {
    const { name, message } = thrown as Error;
    if (name === 'PasswordException') {
      throw new Unreadable('It is a PDF protected by a password. Remove the password (print it to a new PDF) and give it again.');
    }
    throw damaged('a PDF', message);
  }
}

const textField = (raw: unknown): string | undefined => (typeof raw === 'string' ? cleanLine(raw) || undefined : undefined);

async function readPages(pdf: PdfDocument): Promise<readonly (readonly PdfLine[])[]> {
  const pages: (readonly PdfLine[])[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(pageLines(items.filter((item): item is typeof item & GlyphRun => 'str' in item)));
    page.cleanup();
  }
  return pages;
}

export async function readPdf(bytes: Uint8Array, limits: ReadLimits): Promise<DocumentDraft> {
  guardStreams(bytes, limits);
  const pdf = await open(bytes);
  try {
    const pageCount = pdf.numPages;
    if (pageCount > limits.maxPages) {
      throw new Unreadable(`It has ${pageCount} pages; the limit is ${limits.maxPages} (maxPages). Split it or raise the limit.`);
    }
    const pages = withoutRunningHeads(await readPages(pdf));
    const letters = pages.flat().reduce((sum, line) => sum + (line.text.match(/\p{L}/gu)?.length ?? 0), 0);
    if (letters < Math.max(2, pageCount - 1)) {
      throw new Unreadable(
        `It has ${pageCount === 1 ? '1 page' : `${pageCount} pages`} but no text: it is probably a scan. ` +
          'Run text recognition (OCR) first and give the result.',
      );
    }
    const blocks = paragraphsOf(pages);
    const info: Readonly<Record<string, unknown>> = await pdf.getMetadata().then(
      (metadata) => metadata.info as Record<string, unknown>,
      () => ({}),
    );
    const firstTitle = blocks.find((block) => block.kind === 'title')?.text;
    return {
      mediaType: 'pdf',
      title: statedTitle(info['Title']) ?? (firstTitle === undefined ? undefined : cleanLine(firstTitle)),
      author: textField(info['Author']),
      createdAt: isoDate(textField(info['CreationDate'])),
      declaredLanguage: textField(info['Language']),
      blocks,
    };
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    throw damaged('a PDF', thrown);
  } finally {
    await pdf.loadingTask.destroy();
  }
}
