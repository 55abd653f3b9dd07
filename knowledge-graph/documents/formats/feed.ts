// RSS, Atom, RDF and JSON feeds: each item is a document of its own, with its title, author, date and cleaned body.
import { parseFeed } from 'feedsmith';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { fragmentBlocks, parsePage } from '../html-blocks.ts';
import { damaged, Unreadable } from '../unreadable.ts';
import { webAddress } from '../web-address.ts';

interface FeedItem {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly date: unknown;
  readonly link: string | undefined;
  /** Candidates for the body; the longest is the fullest. */
  readonly bodies: readonly (string | undefined)[];
  readonly isHtml: boolean;
}

type Feed = ReturnType<typeof parseFeed>;
type Person = string | { readonly name?: string | undefined; readonly email?: string | undefined } | undefined;

/** RSS writes "mail@host (Name)" or only a mail address. */
function personName(person: Person): string | undefined {
  const text = typeof person === 'string' ? person : person?.name;
  if (text === undefined) return undefined;
  const name = /^\S+@\S+\s+\((.+)\)$/.exec(text)?.[1] ?? text;
  return /^\S+@\S+$/.test(name) ? undefined : cleanLine(name) || undefined;
}

function names(people: readonly Person[] | undefined): string | undefined {
  const found = (people ?? []).map(personName).filter((name) => name !== undefined);
  return found.length > 0 ? found.join(', ') : undefined;
}

function itemsOf({ format, feed }: Feed): readonly FeedItem[] {
  if (format === 'rss' || format === 'rdf') {
    return (feed.items ?? []).map((item) => ({
      title: item.title,
      author: names(item.dc?.creators) ?? ('authors' in item ? names(item.authors) : undefined),
      date: ('pubDate' in item ? item.pubDate : undefined) ?? item.dc?.dates?.[0],
      link: item.link,
      bodies: [item.content?.encoded, item.description],
      isHtml: true,
    }));
  }
  if (format === 'atom') {
    return (feed.entries ?? []).map((entry) => ({
      title: entry.title?.value,
      author: names(entry.authors ?? feed.authors),
      date: entry.published ?? entry.updated,
      link: entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
      bodies: [entry.content?.value, entry.summary?.value],
      isHtml: true,
    }));
  }
  return (feed.items ?? []).map((item) => ({
    title: item.title,
    author: names(item.authors ?? feed.authors),
    date: item.date_published ?? item.date_modified,
    link: item.url,
    bodies: [item.content_html ?? item.content_text, item.summary],
    isHtml: item.content_html !== undefined,
  }));
}

/** Lines that blog software appends to each item. */
const APPENDIX =
  /^(the post .{0,300} (appeared first on|first appeared on) .{0,200}|(continue reading|read more|read the full (story|article)|view original)\b.{0,120}|\[?…\]?|comments)$/i;

function bodyBlocks(item: FeedItem): readonly BlockDraft[] {
  const body = item.bodies.reduce<string>((longest, next) => ((next?.length ?? 0) > longest.length ? (next ?? '') : longest), '');
  const blocks = item.isHtml
    ? fragmentBlocks(/<[a-z/!]/i.test(body) ? body : body.replaceAll(/\n\s*\n/g, '<p>'))
    : body.split(/\n\s*\n/).map((text): BlockDraft => ({ kind: 'paragraph', text }));
  const last = blocks.findLastIndex((block) => !APPENDIX.test(cleanLine(block.text)));
  return blocks.slice(0, last + 1);
}

/** Titles may hold escaped markup. */
function plainTitle(title: string | undefined): string | undefined {
  if (title === undefined) return undefined;
  const text = /[<&]/.test(title) ? (parsePage(title).body.textContent ?? '') : title;
  return cleanLine(text) || undefined;
}

/** Entities are not expanded: a document type with a subset of its own has no place in a feed. */
const withoutSubset = (text: string): string => text.replace(/<!DOCTYPE[^>[]*\[[\s\S]*?\]\s*>/i, '');

export function readFeed(text: string): readonly DocumentDraft[] {
  let feed: Feed;
  try {
    feed = parseFeed(withoutSubset(text));
  } catch (thrown) {
    throw damaged('a feed', thrown);
  }
  const language = 'language' in feed.feed ? feed.feed.language : undefined;
  const seen = new Set<string>();
  const documents = itemsOf(feed).flatMap((item): DocumentDraft[] => {
    const title = plainTitle(item.title);
    const blocks = withTitle(bodyBlocks(item), title);
    const identity = JSON.stringify(blocks);
    if (blocks.length === 0 || seen.has(identity)) return [];
    seen.add(identity);
    return [
      {
        mediaType: 'feed',
        part: title ?? `item ${seen.size}`,
        title,
        author: item.author,
        url: webAddress(item.link),
        publishedAt: isoDate(typeof item.date === 'string' ? item.date : undefined),
        declaredLanguage: language,
        blocks,
      },
    ];
  });
  if (documents.length === 0) throw new Unreadable('It is a feed without any items. Fetch it again when it has some.');
  return documents;
}
