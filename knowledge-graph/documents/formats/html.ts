// A web page: the article by Readability, or the whole body where the page is no article; titles, authors and
// dates from what the page says about itself.
import { Readability } from '@mozilla/readability';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { htmlBlocks, parsePage, removeAround } from '../html-blocks.ts';
import { pageMetadata } from '../html-metadata.ts';
import { Unreadable } from '../unreadable.ts';

const textLength = (blocks: readonly BlockDraft[]): number => blocks.reduce((sum, block) => sum + block.text.trim().length, 0);

const withoutBy = (byline: string): string => cleanLine(byline).replace(/^(by|von|por|par)\s+/i, '');

/** Readability rearranges the document it is given; the walk over the body must be done before. */
function articleBlocks(page: Document): { blocks: readonly BlockDraft[]; byline: string | undefined } {
  try {
    const article = new Readability<Node>(page, { serializer: (node) => node, charThreshold: 200, keepClasses: true }).parse();
    const content = article?.content ?? undefined;
    return { blocks: content === undefined ? [] : htmlBlocks(content), byline: article?.byline ?? undefined };
  } catch {
    // Some pages are too odd for its rules (no body, foreign trees): the body walk stands.
    return { blocks: [], byline: undefined };
  }
}

export function readHtml(html: string): DocumentDraft {
  const page = parsePage(html);
  const metadata = pageMetadata(page);
  const whole = htmlBlocks(page.body);
  removeAround(page);
  const article = articleBlocks(page);
  // Short pages are their own article; on long ones the article may be a small part of the body.
  const wholeLength = textLength(whole);
  const articleLength = textLength(article.blocks);
  const isArticle = articleLength >= 0.6 * wholeLength || (articleLength >= 1_000 && articleLength >= 0.2 * wholeLength);
  const blocks = isArticle ? article.blocks : whole;
  if (textLength(blocks) === 0) {
    throw new Unreadable(
      'It is a web page without text; its content is probably loaded by scripts. ' +
        'Open it in a browser and save it as a complete page, PDF or text.',
    );
  }
  const byline = article.byline === undefined ? undefined : withoutBy(article.byline) || undefined;
  const author = metadata.author ?? (byline !== undefined && byline.length <= 80 ? byline : undefined);
  const isByline = (block: BlockDraft): boolean => author !== undefined && withoutBy(block.text) === author;
  return {
    mediaType: 'html',
    title: metadata.title,
    url: metadata.url,
    author,
    publishedAt: metadata.publishedAt ?? isoDate(page.querySelector('time[datetime]')?.getAttribute('datetime') ?? undefined),
    declaredLanguage: metadata.language,
    blocks: withTitle(
      blocks.filter((block) => !isByline(block)),
      metadata.title,
    ),
  };
}
