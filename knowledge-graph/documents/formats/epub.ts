// EPUB 2 and 3: the chapters in the order of the spine, with the package's title, authors, date and language.
// The table of contents is not text; a chapter that is missing is reported and the rest is kept.
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import { decodeText } from '../decode.ts';
import type { BlockDraft, Parsed, RefusedParts } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { htmlBlocks, parsePage } from '../html-blocks.ts';
import { resolvePath, rootOf } from '../package-parts.ts';
import { damaged, Unreadable } from '../unreadable.ts';
import { descendant, descendants, parsePart, textOf, type XmlNode } from '../xml-part.ts';
import type { ZipFile } from '../zip.ts';

const WHAT = 'an e-book (EPUB)';
/** Scrambled fonts are no obstacle to reading. */
const FONT_SCRAMBLING = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC/;
const CHAPTER_TYPE = /^(application\/xhtml\+xml|text\/html)$/;
const VOID_ELEMENTS = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

function requireReadable(zip: ZipFile): void {
  const bytes = zip.read('META-INF/encryption.xml');
  if (bytes === undefined) return;
  const locked = descendants(parsePart(bytes), 'EncryptedData').some((data) => {
    const method = descendant(data, 'EncryptionMethod')?.attributes['Algorithm'] ?? '';
    return !FONT_SCRAMBLING.test(method);
  });
  if (locked) throw new Unreadable('It is an e-book locked by its seller (DRM). Give a copy without the lock.');
}

/** Elements that XML lets close themselves would stay open in HTML. */
const asHtml = (xhtml: string): string =>
  xhtml.replaceAll(/<([a-z][\w:.-]*)((?:\s[^<>]*?)?)\/>/gi, (whole, name: string, rest: string) =>
    VOID_ELEMENTS.has(name.toLowerCase()) ? whole : `<${name}${rest}></${name}>`,
  );

function chapterBlocks(bytes: Uint8Array): readonly BlockDraft[] {
  const text = decodeText(bytes);
  if (text === undefined) throw damaged(WHAT, 'a chapter is no text');
  return htmlBlocks(parsePage(asHtml(text)).body);
}

interface Metadata {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly publishedAt: string | undefined;
  readonly declaredLanguage: string | undefined;
}

const texts = (nodes: readonly XmlNode[]): readonly string[] =>
  nodes.map((node) => cleanLine(textOf(node))).filter((text) => text !== '');

function metadataOf(root: XmlNode): Metadata {
  const metadata = descendant(root, 'metadata');
  const elements = (name: string): readonly XmlNode[] => (metadata === undefined ? [] : descendants(metadata, name));
  const creators = elements('creator').filter(({ attributes }) => /^(aut)?$/.test(attributes['opf:role'] ?? ''));
  const dates = elements('date').toSorted((left, right) => Number(isPublication(right)) - Number(isPublication(left)));
  return {
    title: texts(elements('title'))[0],
    author: texts(creators).join(', ') || undefined,
    publishedAt: texts(dates)
      .map(isoDate)
      .find((date) => date !== undefined),
    declaredLanguage: texts(elements('language'))[0],
  };
}

const isPublication = ({ attributes }: XmlNode): boolean => attributes['opf:event'] === 'publication';

/** Paths of the chapters in reading order, each once. */
function spineOf(root: XmlNode, packagePath: string): readonly string[] {
  const items = new Map(descendants(root, 'item').map(({ attributes }) => [attributes['id'] ?? '', attributes] as const));
  const paths = descendants(root, 'itemref').flatMap(({ attributes }) => {
    const item = items.get(attributes['idref'] ?? '');
    const isContents = item?.['properties']?.split(/\s+/).includes('nav') ?? false;
    if (item === undefined || isContents || !CHAPTER_TYPE.test(item['media-type'] ?? '')) return [];
    return [resolvePath(packagePath, decoded(item['href'] ?? ''))];
  });
  return [...new Set(paths)];
}

function decoded(reference: string): string {
  const path = reference.replace(/#.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a bare percent sign in a file's name
  }
}

export function readEpub(zip: ZipFile): readonly Parsed[] {
  requireReadable(zip);
  const container = rootOf(zip, 'META-INF/container.xml', WHAT);
  const packagePath = descendant(container, 'rootfile')?.attributes['full-path'];
  if (packagePath === undefined) throw damaged(WHAT, 'it names no package');
  const root = rootOf(zip, packagePath, WHAT);
  const refused: RefusedParts[] = [];
  const blocks: BlockDraft[] = [];
  for (const path of spineOf(root, packagePath)) {
    const bytes = zip.read(path);
    if (bytes === undefined) refused.push({ part: path, refused: 'The book names this chapter but does not hold it.', count: 1 });
    else for (const block of chapterBlocks(bytes)) blocks.push(block);
  }
  if (blocks.every(({ text }) => text.trim() === '')) {
    throw new Unreadable('It is an e-book without text. If it shows pictures of pages, run text recognition (OCR) first.');
  }
  const metadata = metadataOf(root);
  return [{ mediaType: 'epub', ...metadata, blocks: withTitle(blocks, metadata.title) }, ...refused];
}
