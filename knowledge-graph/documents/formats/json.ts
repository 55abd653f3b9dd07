// JSON as readable text: lists of objects row by row ("name: X; role: Y"), long strings as text,
// other leaves as "key path: value". Identifiers, links and encoded data say nothing to a reader and are left out.
import { isoDate } from '../dates.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { Unreadable } from '../unreadable.ts';
import { textBlocks } from './text.ts';

const LONG_TEXT = 200;
const MAX_DEPTH = 64;
const DATE_KEYS = ['publishedAt', 'published_at', 'datePublished', 'date_published', 'published', 'date'];
const NOISE = /^(https?:\/\/\S+|data:\S+|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}|\S{100,})$/i;
const NOISE_KEY = /^(_.*|id|.*_id|.*Id|uuid|guid|url|uri|href|link|hash|sha\d*|etag|token)$/;

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

function leafText(value: unknown): string | undefined {
  if (typeof value === 'string') return NOISE.test(value.trim()) ? undefined : value.trim() || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

const words = (key: string): string =>
  key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .trim();
const join = (path: string, key: string): string => (path === '' ? words(key) : `${path} › ${words(key)}`);

/** The short facts of an object on one line, then its long texts, then what is nested in it. */
function objectBlocks(value: Members, path: string, depth: number): readonly BlockDraft[] {
  const facts: string[] = [];
  const long: BlockDraft[] = [];
  const nested: BlockDraft[] = [];
  for (const [key, member] of Object.entries(value)) {
    const text = leafText(member);
    if (text !== undefined) {
      if (text.length > LONG_TEXT) long.push(...textBlocks(text));
      else if (!NOISE_KEY.test(key)) facts.push(`${words(key)}: ${text}`);
    } else if (Array.isArray(member) && member.length > 0 && member.every((item) => typeof item !== 'object')) {
      const items = member.map(leafText).filter((item) => item !== undefined);
      if (items.some((item) => item.length > LONG_TEXT)) long.push(...items.flatMap(textBlocks));
      else if (items.length > 0) facts.push(`${words(key)}: ${items.join(', ')}`);
    } else {
      nested.push(...valueBlocks(member, join(path, key), depth + 1));
    }
  }
  const row: readonly BlockDraft[] = facts.length === 0 ? [] : [{ kind: 'table-row', text: facts.join('; ') }];
  return [...row, ...long, ...nested];
}

function valueBlocks(value: unknown, path: string, depth: number): readonly BlockDraft[] {
  if (depth > MAX_DEPTH) {
    throw new Unreadable(`Its JSON is nested deeper than ${MAX_DEPTH} levels. Give a flatter extract of it.`);
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => valueBlocks(item, '', depth + 1));
    return path === '' || items.length === 0 ? items : [{ kind: 'heading', text: path }, ...items];
  }
  if (isObject(value)) {
    const blocks = objectBlocks(value, path, depth);
    const named = path !== '' && blocks.length > 0 && blocks[0]?.kind !== 'heading';
    return named ? [{ kind: 'heading', text: path }, ...blocks] : blocks;
  }
  const text = leafText(value);
  if (text === undefined) return [];
  if (text.length > LONG_TEXT) return textBlocks(text);
  return [{ kind: 'paragraph', text: path === '' ? text : `${path}: ${text}` }];
}

/** A string, or the name of an object that has one. */
function stringOf(value: unknown): string | undefined {
  const text = isObject(value) ? value['name'] : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** The first string under one of the names. */
function field(value: Members, names: readonly string[]): string | undefined {
  return names.map((name) => stringOf(value[name])).find((text) => text !== undefined);
}

export function readJson(value: unknown): DocumentDraft {
  if (!isObject(value)) return { mediaType: 'json', blocks: valueBlocks(value, '', 0) };
  const title = field(value, ['title', 'headline', 'name']);
  const author = field(value, ['author', 'byline', 'creator']);
  const date = field(value, DATE_KEYS);
  // What is said in the metadata is not said again in the text.
  const said = new Set([title, author, date].filter((text) => text !== undefined));
  const rest = Object.fromEntries(Object.entries(value).filter(([, member]) => !said.has(stringOf(member) ?? '')));
  return {
    mediaType: 'json',
    title,
    author,
    publishedAt: isoDate(date),
    declaredLanguage: field(value, ['language', 'lang']),
    blocks: withTitle(objectBlocks(rest, '', 0), title),
  };
}

/** A JSON feed says so in its version. */
export function isJsonFeed(value: unknown): boolean {
  return isObject(value) && typeof value['version'] === 'string' && value['version'].includes('jsonfeed.org/version');
}
