// One entry of a corpus: an object with a text and usually a title; perhaps an id, a date, an address, an author, a language.
import { fragmentBlocks } from './html-blocks.ts';
import { isoDate } from './dates.ts';
import type { BlockDraft, DocumentDraft } from './draft.ts';
import { withTitle } from './draft.ts';
import { webAddress } from './web-address.ts';
import { textBlocks } from './formats/text.ts';
import { cleanLine } from './clean-text.ts';

type Entry = Readonly<Record<string, unknown>> & { readonly text: string };

const MARKUP = /<(p|div|br|h[1-6]|ul|ol|table|blockquote)\b[^>]*>/i;

/** The line's value, undefined where it is no JSON. */
export function parsedLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const hasText = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

/** What marks a corpus: title and text, both strings. */
export const isCorpusEntry = (value: unknown): boolean => hasText(value) && typeof value['title'] === 'string';

function field(entry: Entry, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = entry[name];
    const text = typeof value === 'string' ? cleanLine(value) : typeof value === 'number' ? String(value) : '';
    if (text !== '') return text;
  }
  return undefined;
}

function blocksOf(text: string): readonly BlockDraft[] {
  if (MARKUP.test(text)) return fragmentBlocks(text);
  return text.includes('\n') ? textBlocks(text) : [{ kind: 'paragraph', text }];
}

/** The entry as a document, or what is wrong with it. `place` names it where it has neither title nor id. */
export function corpusDraft(value: unknown, mediaType: 'json' | 'jsonl', place: string): DocumentDraft | string {
  if (!hasText(value)) return 'It has no "text" that is a string. Each entry is an object with "title" and "text".';
  if (value.text.trim() === '') return 'Its "text" is empty.';
  const title = field(value, 'title');
  return {
    mediaType,
    part: title ?? field(value, 'id', '_id') ?? place,
    title,
    author: field(value, 'author', 'byline'),
    publishedAt: isoDate(field(value, 'date', 'publishedAt', 'published_at', 'published')),
    url: webAddress(field(value, 'url', 'link')),
    declaredLanguage: field(value, 'language', 'lang'),
    blocks: withTitle(blocksOf(value.text), title),
  };
}
