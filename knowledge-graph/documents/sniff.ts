// Decides what a file is by looking into it. Text is tested before signatures, since "BMW" begins like a bitmap;
// the name is asked last, and only where the content allows two readings.
import papaparse from 'papaparse';
import { isCorpus } from './corpus-pieces.ts';
import { decodeText } from './decode.ts';
import { damaged, Unreadable } from './unreadable.ts';

export type Sniffed =
  | { readonly kind: 'pdf' }
  | { readonly kind: 'zip' }
  | { readonly kind: 'corpus'; readonly bytes: Uint8Array }
  | { readonly kind: 'html' | 'feed' | 'xml' | 'markdown' | 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string; readonly value: unknown }
  | { readonly kind: 'csv'; readonly text: string; readonly delimiter: string };

const startsWith = (bytes: Uint8Array, signature: string): boolean =>
  Buffer.from(signature, 'latin1').every((byte, at) => bytes[at] === byte);

/** `%PDF-` may follow a little junk, as the format allows. */
function isPdf(bytes: Uint8Array): boolean {
  if (startsWith(bytes, '%PDF-')) return true;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (!head.includes('%PDF-')) return false;
  return new TextDecoder('latin1').decode(bytes.subarray(-2048)).includes('startxref');
}

export async function sniff(bytes: Uint8Array, name: string): Promise<Sniffed> {
  if (isPdf(bytes)) return { kind: 'pdf' };
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006')) return { kind: 'zip' };
  if (isCorpus(bytes, name)) return { kind: 'corpus', bytes };
  const decoded = decodeText(bytes);
  if (decoded === undefined) throw await (await import('./binary-kinds.ts')).describeBinary(bytes);
  const text = decoded.replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new Unreadable('It holds nothing but white space. Check that it was saved completely.');
  if (/^\s*\{\\rtf/.test(text)) {
    throw new Unreadable('It is a Rich Text (RTF) document, which is not supported. Save it as .docx or PDF.');
  }
  // In another encoding than UTF-8: the same corpus, brought into it.
  const encoded = text.startsWith('{') ? new TextEncoder().encode(text) : undefined;
  if (encoded !== undefined && isCorpus(encoded, name)) return { kind: 'corpus', bytes: encoded };
  return sniffText(text, /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '');
}

function sniffText(text: string, extension: string): Sniffed {
  const first = text.trimStart()[0] ?? '';
  if (first === '<') {
    const markup = sniffMarkup(text, extension);
    if (markup !== undefined) return { kind: markup, text };
  }
  if (first === '{' || first === '[') {
    const json = sniffJson(text, extension);
    if (json !== undefined) return json;
  }
  const delimiter = csvDelimiter(text, extension);
  if (delimiter !== undefined) return { kind: 'csv', text, delimiter };
  if (extension === 'md' || extension === 'markdown' || looksLikeMarkdown(text)) return { kind: 'markdown', text };
  return { kind: 'text', text };
}

const FEED_ROOTS = new Set(['rss', 'feed', 'rdf:rdf']);
const HTML_ELEMENT =
  /^(html|head|body|div|p|article|section|main|h[1-6]|table|ul|ol|span|a|b|i|em|strong|center|font|meta|title|style|script|link|blockquote|header|nav|img|br|pre|form)$/;

function sniffMarkup(text: string, extension: string): 'html' | 'feed' | 'xml' | undefined {
  // The prologue: declaration, comments, processing instructions, document type with or without a subset.
  const prologue = /^(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>)*/i.exec(text)?.[0] ?? '';
  if (/<!DOCTYPE\s+html/i.test(prologue)) return 'html';
  const root = /^<([a-z_][\w.:-]*)[\s/>]/i.exec(text.slice(prologue.length, prologue.length + 200))?.[1]?.toLowerCase();
  if (root !== undefined && FEED_ROOTS.has(root)) return 'feed';
  if (root === 'html' || root?.endsWith(':html')) return 'html';
  if (/<\?xml\b/.test(prologue)) return 'xml';
  if (root === undefined || extension === 'md' || extension === 'markdown') return undefined;
  if (HTML_ELEMENT.test(root)) return 'html';
  const closes = text.trimEnd().toLowerCase().endsWith(`</${root}>`);
  return closes || extension === 'xml' ? 'xml' : undefined;
}

/** JSON, or one JSON value per line. `undefined` where the text only begins like JSON. */
function sniffJson(text: string, extension: string): Sniffed | undefined {
  try {
    return { kind: 'json', text, value: JSON.parse(text) as unknown };
  } catch (thrown) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 1 && lines.slice(0, 3).every((line) => /^\s*[{[].*[}\]]\s*$/.test(line))) {
      try {
        return { kind: 'json', text, value: lines.map((line) => JSON.parse(line) as unknown) };
      } catch (inLine) {
        throw damaged('JSON lines', inLine);
      }
    }
    const isMeant = extension.startsWith('json') || /^\s*(\{\s*"[^"\n]*"\s*:|\[\s*(\{\s*"|\[|"[^"\n]*"\s*,))/.test(text);
    if (isMeant) throw damaged('JSON', thrown);
    return undefined;
  }
}

const SAMPLE_ROWS = 60;

/** The delimiter under which nearly all rows have the same number of short fields. */
function csvDelimiter(text: string, extension: string): string | undefined {
  const named = extension === 'csv' || extension === 'tsv';
  const candidates = ['\t', ',', ';', '|'].flatMap((delimiter) => {
    const { data, errors } = papaparse.parse<string[]>(text, { delimiter, preview: SAMPLE_ROWS, skipEmptyLines: 'greedy' });
    const width = data[0]?.length ?? 0;
    if (width < 2 || data.length < 2) return [];
    const same = data.filter((row) => row.length === width).length / data.length;
    if (same < (named ? 0.6 : 0.95)) return [];
    if (named) return [{ delimiter, width }];
    // Prose also has commas, but with a space after them, and without short column names on the first line.
    const cells = data.flat();
    const spaced = cells.filter((cell, at) => at % width !== 0 && cell.startsWith(' ')).length / cells.length;
    const labels = data[0] ?? [];
    const plainLabels = labels.every((label) => label.length <= 40 && !/[.!?。！？]\s*$/.test(label));
    const twoColumns = width === 2 && delimiter !== '\t' && data.length < 4;
    const clean = errors.every((error) => error.type !== 'Quotes');
    return spaced < 0.2 && plainLabels && !twoColumns && clean && labels.every((label) => label.trim() !== '')
      ? [{ delimiter, width }]
      : [];
  });
  return candidates.toSorted((left, right) => right.width - left.width)[0]?.delimiter;
}

const MARKDOWN_SIGNS = [
  /^---\n[\s\S]{0,4000}?\n---\n/,
  /^#{1,6} \S/m,
  /^(```|~~~)/m,
  /\[[^\]\n]+\]\([^)\s]+\)/,
  /(^|\s)\*\*\S[^*\n]*\*\*/,
  /^\|?( *:?-{3,}:? *\|)+/m,
  /^\s{0,3}[-*+] \[[ x]\] /m,
  /!\[[^\]\n]*\]\(/,
];

function looksLikeMarkdown(text: string): boolean {
  const sample = text.slice(0, 50_000).replaceAll('\r\n', '\n');
  const signs = MARKDOWN_SIGNS.filter((sign) => sign.test(sample)).length;
  return signs >= 2 || (sample.match(/^#{1,6} \S/gm)?.length ?? 0) >= 2;
}
