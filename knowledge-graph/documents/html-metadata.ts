// What a web page says about itself: meta elements, Open Graph, JSON-LD, its title and its first heading.
import { cleanLine } from './clean-text.ts';
import { isoDate } from './dates.ts';
import { webAddress } from './web-address.ts';

export interface PageMetadata {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly publishedAt: string | undefined;
  readonly language: string | undefined;
  readonly url: string | undefined;
}

const DATE_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'date',
  'pubdate',
  'publishdate',
  'publish_date',
  'dc.date',
  'dc.date.issued',
  'dcterms.date',
  'dcterms.created',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
];
const AUTHOR_NAMES = ['author', 'article:author', 'dc.creator', 'dcterms.creator', 'parsely-author', 'byl'];

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Meta elements by lower-case name, first one wins. */
function metaElements(page: Document): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const meta of page.querySelectorAll('meta')) {
    const name = (
      meta.getAttribute('property') ??
      meta.getAttribute('name') ??
      meta.getAttribute('itemprop') ??
      ''
    ).toLowerCase();
    const content = cleanLine(meta.getAttribute('content') ?? '');
    if (name !== '' && content !== '' && !found.has(name)) found.set(name, content);
  }
  return found;
}

/** The first JSON-LD object that describes something published. */
function linkedData(page: Document): Members {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    let parsed: unknown;
    try {
      parsed = JSON.parse(script.textContent ?? '');
    } catch {
      continue; // a page with broken JSON-LD is still a page
    }
    const graph = isMembers(parsed) && Array.isArray(parsed['@graph']) ? (parsed['@graph'] as unknown[]) : [parsed].flat();
    const published = graph.find((node): node is Members => isMembers(node) && typeof node['datePublished'] === 'string');
    if (published !== undefined) return published;
  }
  return {};
}

function nameOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const names = value.map(nameOf).filter((name) => name !== undefined);
    return names.length > 0 ? names.join(', ') : undefined;
  }
  if (isMembers(value)) return nameOf(value['name']);
  return typeof value === 'string' && value.trim() !== '' && !/^https?:/.test(value) ? cleanLine(value) : undefined;
}

/** The page's title without the site's name: the heading where it says the same, or the longest part. */
function pageTitle(page: Document, stated: string | undefined): string | undefined {
  const heading = cleanLine(page.querySelector('h1')?.textContent ?? '');
  const title = stated ?? cleanLine(page.querySelector('title')?.textContent ?? '');
  if (title === '') return heading === '' || heading.length > 200 ? undefined : heading;
  if (heading !== '' && title.toLowerCase().includes(heading.toLowerCase())) return heading;
  const parts = title.split(/\s+[|·»–—]\s+|\s+-\s+(?=[^-]{1,30}$)/);
  const [first = title] = parts;
  return parts.length > 1 && first.length >= 15 ? first : title;
}

export function pageMetadata(page: Document): PageMetadata {
  const meta = metaElements(page);
  const data = linkedData(page);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => meta.get(name)).find((value) => nameOf(value));
  const dates = [...DATE_NAMES.map((name) => meta.get(name)), nameOf(data['datePublished'])];
  return {
    title: pageTitle(page, meta.get('og:title') ?? nameOf(data['headline'])),
    author: first(AUTHOR_NAMES) ?? nameOf(data['author']),
    publishedAt: dates.map(isoDate).find((date) => date !== undefined),
    url: webAddress(page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta.get('og:url')),
    language: page.documentElement.getAttribute('lang') ?? meta.get('og:locale'),
  };
}
