// A DOM subtree as blocks: what a person reads, without scripts, forms, navigation, pictures and footnote marks.
// Serves web pages, DOCX (through mammoth's HTML), feed items and HTML inside Markdown.
import { parseHTML } from 'linkedom';
import type { Block } from '../contract.ts';
import type { BlockDraft } from './draft.ts';
import { htmlTable, isDataTable } from './html-table.ts';

const NOT_TEXT = new Set(
  (
    'script style noscript template svg math iframe object embed video audio canvas map img picture ' +
    'button select input textarea option datalist dialog nav head title meta link'
  ).split(' '),
);
/** Around the content of a page rather than in it. */
const AROUND = new Set(['footer', 'aside', 'form', 'menu']);
const AROUND_ROLES = new Set([
  'navigation',
  'banner',
  'contentinfo',
  'complementary',
  'search',
  'dialog',
  'alert',
  'doc-pagebreak',
]);
const AROUND_CLASSES = new RegExp(
  `\\b(${[
    'mw-editsection|sr-only|visually-hidden|screen-reader-text|skip-link|skip-to-content',
    'cookie|consent|gdpr|onetrust|cc-window',
    'newsletter|paywall|popup|modal',
    'share-(buttons|bar|tools|links)|sharebar|sharedaddy|social-(share|links|icons)|addtoany',
    'breadcrumbs?|navbar|navbox|site-nav|main-nav|site-header|site-footer|pagination|page-links',
    'related-(posts|articles|stories)|comments-area|comment-list|comment-respond|outbrain|taboola',
    'advert(isement)?',
  ].join('|')})\\b`,
  'i',
);
const BLOCK_LEVEL = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption'
  ).split(' '),
);
const HEADING = /^h[1-6]$/;
const FOOTNOTE_MARK = /^\[?(\d{1,3}|[a-z]|[*†‡↑↩])\]?$/;
/** Deeper nesting than any page made by people; further down only the text counts. */
const MAX_DEPTH = 256;

const isElement = (node: Node): node is Element => node.nodeType === 1;

function isHidden(element: Element): boolean {
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute('style') ?? '')
  );
}

/** A page's own body and article carry classes that speak of what else is on it ("has-popup"). */
const isContent = (tag: string): boolean => tag === 'body' || tag === 'main' || tag === 'article';

const isNamedAround = (element: Element): boolean =>
  AROUND_CLASSES.test(`${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`);

function isAround(element: Element, tag: string): boolean {
  if (isContent(tag)) return false;
  return AROUND.has(tag) || AROUND_ROLES.has(element.getAttribute('role') ?? '') || isNamedAround(element);
}

/** Takes what its own names call no content out of the page, for readers that do not look at names. */
export function removeAround(page: Document): void {
  for (const element of page.querySelectorAll('[class], [id]')) {
    if (!isContent(element.localName) && element.localName !== 'html' && isNamedAround(element)) element.remove();
  }
}

function isFootnoteMark(element: Element, tag: string): boolean {
  if (tag !== 'sup' && tag !== 'a') return false;
  const text = (element.textContent ?? '').trim();
  if (!FOOTNOTE_MARK.test(text)) return text === '¶' || text === '#';
  const link = tag === 'a' ? element : element.querySelector('a');
  return link?.getAttribute('href')?.includes('#') ?? false;
}

/** Parses any HTML, page or fragment, into a document that has a body. */
export function parsePage(html: string): Document {
  const whole = /<body[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  return parseHTML(whole).document;
}

/** Blocks of a fragment: a feed item's body, raw HTML in Markdown. */
export function fragmentBlocks(html: string): readonly BlockDraft[] {
  return htmlBlocks(parsePage(html).body);
}

export function htmlBlocks(root: Node, kind: Block['kind'] = 'paragraph'): readonly BlockDraft[] {
  const blocks: BlockDraft[] = [];
  let text = '';

  const flush = (as: Block['kind']): void => {
    if (text.trim() !== '') blocks.push({ kind: as, text });
    text = '';
  };
  const visitChildren = (node: Node, as: Block['kind'], depth: number): void => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, as, depth + 1);
  };
  const visitBlock = (element: Element, outside: Block['kind'], inside: Block['kind'], depth: number): void => {
    flush(outside);
    visitChildren(element, inside, depth);
    flush(inside);
  };
  const visit = (node: Node, as: Block['kind'], depth: number): void => {
    if (node.nodeType === 3) {
      text += (node.nodeValue ?? '').replaceAll(/\s+/g, ' ');
      return;
    }
    if (!isElement(node)) return;
    const tag = node.localName;
    if (NOT_TEXT.has(tag) || isHidden(node) || isAround(node, tag) || isFootnoteMark(node, tag)) return;
    if (depth > MAX_DEPTH) {
      text += ` ${node.textContent ?? ''} `;
    } else if (tag === 'br') {
      text += '\n';
    } else if (HEADING.test(tag)) {
      visitBlock(node, as, node.getAttribute('class') === 'title' ? 'title' : 'heading', depth);
    } else if (tag === 'li') {
      visitBlock(node, as, as === 'quote' ? 'quote' : 'list-item', depth);
    } else if (tag === 'blockquote') {
      visitBlock(node, as, 'quote', depth);
    } else if (tag === 'pre') {
      flush(as);
      blocks.push({ kind: 'code', text: node.textContent ?? '' });
    } else if (tag === 'dl') {
      flush(as);
      blocks.push(...definitions(node));
    } else if (tag === 'table' && isDataTable(node)) {
      flush(as);
      blocks.push(...htmlTable(node));
    } else if (BLOCK_LEVEL.has(tag)) {
      visitBlock(node, as, as, depth);
    } else {
      visitChildren(node, as, depth);
    }
  };

  visitChildren(root, kind, 0);
  flush(kind);
  return blocks;
}

/** "term: definition" for each definition. */
function definitions(list: Element): readonly BlockDraft[] {
  let term = '';
  return [...list.querySelectorAll('dt, dd')].flatMap((part): BlockDraft[] => {
    const text = htmlBlocks(part)
      .map((block) => block.text.trim())
      .join(' ');
    if (part.localName === 'dt') {
      term = text;
      return [];
    }
    return [{ kind: 'list-item', text: term === '' ? text : `${term}: ${text}` }];
  });
}
