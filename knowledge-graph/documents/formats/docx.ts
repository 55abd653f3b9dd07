// DOCX by mammoth. What mammoth may open is first unpacked here under the limits and packed again without
// compression, pictures left out, so that nothing it does can expand.
import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { coreProperties } from '../core-properties.ts';
import { type DocumentDraft, withOwnTitle } from '../draft.ts';
import { fragmentBlocks } from '../html-blocks.ts';
import { damaged, Unreadable } from '../unreadable.ts';
import type { ZipFile } from '../zip.ts';

const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
];

export async function readDocx(zip: ZipFile): Promise<DocumentDraft> {
  const files = Object.fromEntries(
    zip.names.filter((name) => /\.(xml|rels)$/.test(name)).map((name) => [name, zip.read(name) ?? new Uint8Array()]),
  );
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
