// Markdown with tables and front matter: the words without the signs, each element as its block.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { parse as parseYaml } from 'yaml';
import type { Block } from '../../contract.ts';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { fragmentBlocks } from '../html-blocks.ts';
import { markdownSections } from '../markdown-sections.ts';
import { tableRows } from '../table-rows.ts';
import { Unreadable } from '../unreadable.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Content = Root['children'][number];

const FRONT_MATTER = /^---[^\S\n]*\n([\s\S]*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;

/** Inline content as text; pictures and raw tags say nothing. */
function inlineText(node: Content): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'html' || node.type === 'image' || node.type === 'imageReference') return '';
  if (node.type === 'text') return node.value.replaceAll(/\s*\n\s*/g, ' ');
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(inlineText).join('') : '';
}

function blocksOf(node: Content, kind: Block['kind']): readonly BlockDraft[] {
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', text: inlineText(node) }];
    case 'paragraph':
      return [{ kind, text: inlineText(node).replace(/^\[[ xX]\]\s+/, '') }];
    case 'blockquote':
      return node.children.flatMap((child) => blocksOf(child, 'quote'));
    case 'list':
      return node.children.flatMap((item) => item.children.flatMap((child) => blocksOf(child, 'list-item')));
    case 'code':
      return [{ kind: 'code', text: node.value }];
    case 'html':
      return fragmentBlocks(node.value);
    case 'table':
      return tableRows(
        node.children.map((row) => row.children.map(inlineText)),
        1,
      );
    default:
      return [];
  }
}

function frontMatter(source: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseYaml(source, { maxAliasCount: 10 });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // not YAML after all: the document has no metadata
  }
}

function field(values: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = values[name];
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(', ') || undefined;
    if (typeof value === 'string' && value.trim() !== '') return cleanLine(value);
  }
  return undefined;
}

export function readMarkdown(source: string): DocumentDraft {
  const text = source.replaceAll(/\r\n?/g, '\n');
  const front = FRONT_MATTER.exec(text);
  const values = frontMatter(front?.[1] ?? '');
  const options = { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] };
  const nodes = markdownSections(text.slice(front?.[0].length ?? 0)).flatMap(
    (section) => fromMarkdown(section, options).children,
  );
  const top = nodes.find((node) => node.type === 'heading');
  const title = field(values, 'title') ?? (top?.depth === 1 ? cleanLine(inlineText(top)) || undefined : undefined);
  const blocks = withTitle(
    nodes.flatMap((node) => blocksOf(node, 'paragraph')),
    title,
  );
  if (blocks.every((block) => block.text.trim() === '')) throw new Unreadable('It is Markdown without any text.');
  return {
    mediaType: 'markdown',
    title,
    author: field(values, 'author', 'authors', 'byline'),
    publishedAt: isoDate(field(values, 'date', 'published', 'publishedAt', 'pubDate')),
    declaredLanguage: field(values, 'lang', 'language'),
    blocks,
  };
}
