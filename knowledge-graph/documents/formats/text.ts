// Plain text: paragraphs, hard-wrapped lines joined, and the structure that people give without markup:
// chapter lines, list marks, quoted lines, underlined headings, a title on top.
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { joinLines } from '../join-lines.ts';

const LIST_MARK = /^(?:[-*•‣▪●·–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)/;
const QUOTE_MARK = /^>+\s?/;
const UNDERLINE = /^[=\-~*_]{3,}$/;
const CHAPTER =
  /^(chapter|part|book|act|scene|section)\s+([\divxlc]+|[a-z]+)\b.{0,60}$|^第[〇零一二三四五六七八九十百千\d]+[章节節回卷部幕].{0,40}$/i;
const SENTENCE_END = /[.!?…。！？;；,，:：]["'”’»」』)]?$/;
/** Lines of this length were broken by an editor, not by their author. */
const WRAP_MIN = 45;
const WRAP_MAX = 140;

const isCapitals = (line: string): boolean => /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
const isHeadingLine = (line: string): boolean =>
  line.length <= 90 && !SENTENCE_END.test(line) && (CHAPTER.test(line) || (isCapitals(line) && line.length <= 70));

/** Whether a group's lines (but the last) are all about as long as a page is wide. */
function isWrapped(lines: readonly string[]): boolean {
  if (lines.length < 2) return false;
  const full = lines.slice(0, -1).map((line) => line.length);
  const width = full.reduce((widest, length) => Math.max(widest, length), 0);
  const long = full.filter((length) => length >= 0.7 * width).length;
  return width >= WRAP_MIN && width <= WRAP_MAX && long >= 0.85 * full.length;
}

/** Editors wrap at the hyphen of a compound, never inside a syllable: the hyphen is the author's. */
const joinText = (lines: readonly string[]): string => joinLines(lines, () => true);

function listItems(lines: readonly string[]): readonly BlockDraft[] {
  const items: string[] = [];
  for (const line of lines) {
    const last = items.length - 1;
    if (LIST_MARK.test(line) || last < 0) items.push(line.replace(LIST_MARK, ''));
    else items[last] = joinText([items[last] ?? '', line]);
  }
  return items.map((text) => ({ kind: 'list-item', text }));
}

/** The lines between two blank lines: headings on top, then what follows them. */
function groupBlocks(lines: readonly string[]): readonly BlockDraft[] {
  const headings: BlockDraft[] = [];
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (UNDERLINE.test(line)) continue;
    if (!UNDERLINE.test(lines[at + 1] ?? '') && !isHeadingLine(line)) break;
    headings.push({ kind: 'heading', text: line });
  }
  return [...headings, ...bodyBlocks(lines.slice(at))];
}

function bodyBlocks(lines: readonly string[]): readonly BlockDraft[] {
  const [first = ''] = lines;
  if (lines.every((line) => QUOTE_MARK.test(line))) {
    const inside = lines.map((line) => line.replace(QUOTE_MARK, '')).filter((line) => line !== '');
    return (isWrapped(inside) ? [joinText(inside)] : inside).map((text) => ({ kind: 'quote', text }));
  }
  const marked = lines.findIndex((line) => LIST_MARK.test(line));
  if (marked === 0 && (lines.length > 1 || !/^\d/.test(first))) return listItems(lines);
  if (marked > 0 && lines.slice(marked).filter((line) => LIST_MARK.test(line)).length > 1) {
    const before = lines.slice(0, marked);
    const lead = isWrapped(before) ? [joinText(before)] : before;
    return [...lead.map((text): BlockDraft => ({ kind: 'paragraph', text })), ...listItems(lines.slice(marked))];
  }
  if (isWrapped(lines)) return [{ kind: 'paragraph', text: joinText(lines) }];
  return lines.map((text) => ({ kind: 'paragraph', text }));
}

/** A short first line that stands alone is the title. */
function titleLine(groups: readonly (readonly string[])[]): boolean {
  const [first, second] = groups;
  const line = first?.length === 1 ? (first[0] ?? '') : '';
  return second !== undefined && line !== '' && line.length <= 120 && !SENTENCE_END.test(line) && !LIST_MARK.test(line);
}

export function readText(text: string): DocumentDraft {
  const groups = text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\f', '\n\n')
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((group) =>
      group
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((group) => group.length > 0);
  if (!titleLine(groups)) return { mediaType: 'text', blocks: groups.flatMap(groupBlocks) };
  const title = groups[0]?.[0] ?? '';
  return { mediaType: 'text', title, blocks: [{ kind: 'title', text: title }, ...groups.slice(1).flatMap(groupBlocks)] };
}
