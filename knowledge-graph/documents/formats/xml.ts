// XML of unknown vocabulary. Records (elements with only short leaves) become rows, running text becomes paragraphs,
// elements that are named like headings, items or code become those. Entities are expanded within narrow caps.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { cleanLine } from '../clean-text.ts';
import { isoDate } from '../dates.ts';
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withTitle } from '../draft.ts';
import { tableRows } from '../table-rows.ts';
import { damaged, Unreadable } from '../unreadable.ts';

const MAX_DEPTH = 200;
const ENTITY_CAPS = {
  enabled: true,
  maxEntitySize: 1_000,
  maxTotalExpansions: 1_000_000,
  maxExpandedLength: 1_000_000,
  maxEntityCount: 100,
};
const SHORT = 160;

/** Says things about the document, which are read as its metadata. */
const ABOUT = /^(info|docinfo|articleinfo|bookinfo)$/i;

const TITLE = /^(article-)?title$|^headline$/i;
const HEADING = /^(head|heading|h[1-6]|subtitle|section-?title)$/i;
const ITEM = /^(li|item|listitem)$/i;
const CODE = /^(code|programlisting|pre|screen|codeblock)$/i;
const PROSE = /^(p|para|paragraph|text|body|content|description|abstract|summary|ab|seg|s|l|note|comment|body\.content|story)$/i;
const QUOTE = /^(quote|blockquote|disp-quote|epigraph|cit)$/i;
const TABLE = /^(table|informaltable|tgroup)$/i;
const ROW = /^(tr|row)$/i;
const CELL = /^(td|th|entry|cell)$/i;
const NOISE = /^(https?:\/\/\S+|urn:\S+|[0-9a-f-]{24,}|\S{80,})$/i;

interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const isElement = (node: XmlElement | string): node is XmlElement => typeof node !== 'string';

/** The parser's ordered output as a plain tree without namespaces. */
function toTree(nodes: readonly Record<string, unknown>[], depth = 0): readonly (XmlElement | string)[] {
  if (depth > MAX_DEPTH) throw new Unreadable(`Its XML is nested deeper than ${MAX_DEPTH} levels. Give a flatter extract of it.`);
  return nodes.flatMap((node): (XmlElement | string)[] => {
    if ('#text' in node) return [String(node['#text'])];
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    if (name.startsWith('?')) return [];
    const attributes = (node[':@'] ?? {}) as Record<string, string>;
    return [{ name, attributes, children: toTree((node[name] ?? []) as Record<string, unknown>[], depth + 1) }];
  });
}

/** Text inside of running text stands where it stands; between elements of a structure belongs a space. */
const textOf = (node: XmlElement | string): string =>
  isElement(node) ? node.children.map(textOf).join(isMixed(node) ? '' : ' ') : node;
const words = (name: string): string => name.replaceAll(/[_.-]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
const isLeaf = (element: XmlElement): boolean => element.children.every((child) => !isElement(child));
const isMixed = (element: XmlElement): boolean =>
  element.children.some(isElement) && element.children.some((child) => !isElement(child) && child.trim() !== '');

const attributeFacts = (element: XmlElement): readonly string[] =>
  Object.entries(element.attributes)
    .map(([name, value]) => [name, cleanLine(value)] as const)
    .filter(
      ([name, value]) => value !== '' && !NOISE.test(value) && !/^(xmlns|xml:|xsi:|id$|class$|style$|href$|src$)/.test(name),
    )
    .map(([name, value]) => `${words(name)}: ${value}`);

function leafBlocks(element: XmlElement, text: string): readonly BlockDraft[] {
  const { name } = element;
  if (text.trim() === '') {
    const facts = attributeFacts(element);
    return facts.length < 2 ? [] : [{ kind: 'table-row', text: facts.join('; ') }];
  }
  if (CODE.test(name)) return [{ kind: 'code', text }];
  if (TITLE.test(name) || HEADING.test(name)) return [{ kind: 'heading', text: cleanLine(text) }];
  if (ITEM.test(name)) return [{ kind: 'list-item', text: cleanLine(text) }];
  if (QUOTE.test(name)) return [{ kind: 'quote', text: cleanLine(text) }];
  if (PROSE.test(name) || text.trim().length > SHORT) {
    return text.split(/\n\s*\n/).map((part) => ({ kind: 'paragraph', text: cleanLine(part) }));
  }
  return NOISE.test(text.trim()) ? [] : [{ kind: 'paragraph', text: `${words(name)}: ${cleanLine(text)}` }];
}

/** A record: nothing but short leaves, none of them running text or a heading. */
function recordText(element: XmlElement): string | undefined {
  const children = element.children.filter(isElement);
  if (children.length < 2 || !children.every(isLeaf)) return undefined;
  const leaves = children.map((child) => [child.name, cleanLine(textOf(child))] as const);
  if (leaves.some(([name, text]) => text.length > SHORT || PROSE.test(name) || HEADING.test(name) || ITEM.test(name)))
    return undefined;
  const said = leaves.filter(([, text]) => text !== '' && !NOISE.test(text));
  // Cells that all have one name are told apart by their order alone.
  const isUniform = new Set(leaves.map(([name]) => name)).size === 1;
  const facts = said.map(([name, text]) => (isUniform ? text : `${words(name)}: ${text}`));
  return [...attributeFacts(element), ...facts].join('; ');
}

const within = (element: XmlElement, name: RegExp): readonly XmlElement[] =>
  element.children.filter(isElement).flatMap((child) => (name.test(child.name) ? [child] : within(child, name)));

/** The cells of a table as documents mark it up, row by row. */
const tableCells = (table: XmlElement): readonly (readonly string[])[] =>
  within(table, ROW)
    .map((row) => within(row, CELL).map((cell) => cleanLine(textOf(cell))))
    .filter((cells) => cells.length > 0);

const captionOf = (table: XmlElement): readonly BlockDraft[] =>
  within(table, /^(caption|title)$/i).map((caption) => ({ kind: 'paragraph', text: cleanLine(textOf(caption)) }));

function elementBlocks(element: XmlElement): readonly BlockDraft[] {
  if (isLeaf(element) || isMixed(element)) return leafBlocks(element, textOf(element));
  if (ABOUT.test(element.name)) return [];
  const rows = TABLE.test(element.name) ? tableCells(element) : [];
  if (rows.length > 0) return [...captionOf(element), ...tableRows(rows)];
  const record = recordText(element);
  if (record !== undefined) return record === '' ? [] : [{ kind: 'table-row', text: record }];
  const blocks = element.children.filter(isElement).flatMap(elementBlocks);
  const kind = ITEM.test(element.name) ? 'list-item' : QUOTE.test(element.name) ? 'quote' : undefined;
  return kind === undefined ? blocks : blocks.map((block) => (block.kind === 'paragraph' ? { ...block, kind } : block));
}

/** The first leaf with such a name near the top. */
function field(root: XmlElement, pattern: RegExp, depth = 3): string | undefined {
  for (const child of root.children.filter(isElement)) {
    if (pattern.test(child.name) && isLeaf(child) && textOf(child).trim() !== '') return cleanLine(textOf(child));
  }
  if (depth === 0) return undefined;
  const first = root.children.find(isElement);
  return first === undefined ? undefined : field(first, pattern, depth - 1);
}

export function readXml(text: string): DocumentDraft {
  const validity = XMLValidator.validate(text, { allowBooleanAttributes: true });
  if (validity !== true) throw damaged('XML', `line ${validity.err.line}: ${validity.err.msg}`);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: ENTITY_CAPS,
    htmlEntities: true,
  });
  let nodes: readonly (XmlElement | string)[];
  try {
    nodes = toTree(parser.parse(text) as Record<string, unknown>[]);
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    throw damaged('XML', thrown);
  }
  const root = nodes.find(isElement);
  const blocks = root === undefined ? [] : elementBlocks(root);
  if (root === undefined || blocks.length === 0) throw new Unreadable('It is XML without readable text in it.');
  const title = field(root, TITLE);
  return {
    mediaType: 'xml',
    title,
    author: field(root, /^(author|creator|byline)$/i),
    publishedAt: isoDate(field(root, /^(date|pubdate|published|issued|created|publication-?date)$/i)),
    declaredLanguage: root.attributes['lang'],
    blocks: withTitle(blocks, title),
  };
}
