// Plain text: paragraphs, hard-wrapped lines joined, and the structure that people give without markup:
// chapter lines, list marks, quoted lines, underlined headings, a title on top.
import type { BlockDraft, DocumentDraft } from '../draft.ts';
import { withOwnTitle } from '../draft.ts';
import { joinLines } from '../join-lines.ts';
import { withoutPageLines } from '../text-pages.ts';

const LIST_MARK = /^(?:[-*•‣▪●·–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)/;
const QUOTE_MARK = /^>+\s?/;
const UNDERLINE = /^[=\-~*_]{3,}$/;
const CHAPTER =
  /^(chapter|part|book|act|scene|section)\s+(\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b.{0,60}$|^第[〇零一二三四五六七八九十百千\d]+[章节節回卷部幕编編].{0,40}$/i;
/** Sections of Chinese papers: 一、背景, （二）目标. */
const NUMBERED_IN_CHINESE = /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])\s*\S.{0,34}$/;
const SENTENCE_END = /[.!?…。！？;；,，:：]["'”’»」』)]?$/;
/** Widths, in columns, at which editors break lines. */
const WRAP_MIN = 45;
const WRAP_MAX = 140;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFF60]/gu;

const isCapitals = (line: string): boolean => /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
const isHeadingLine = (line: string): boolean =>
  line.length <= 90 &&
  !SENTENCE_END.test(line) &&
  (CHAPTER.test(line) || NUMBERED_IN_CHINESE.test(line) || (isCapitals(line) && line.length <= 70));

/** Columns on a screen: East Asian characters take two. */
const columns = (line: string): number => line.length + (line.match(WIDE)?.length ?? 0);

const WIDE_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F]/u;
/** What one more word would have needed; a Chinese or Japanese line may break after any character. */
const firstWord = (line: string): number => columns((/^\S+/.exec(line)?.[0] ?? '').slice(0, WIDE_START.test(line) ? 2 : 40));

/** The share of lines, but the last, on which the next word would no longer have fitted. */
function shareOfFullLines(lines: readonly string[], width: number): number {
  const full = lines.slice(0, -1).filter((line, at) => columns(line) + 1 + firstWord(lines[at + 1] ?? '') > 0.85 * width);
  return full.length / (lines.length - 1);
}

/** The width at which this text was wrapped, or undefined where its lines end where their author ended them. */
function wrapWidth(groups: readonly (readonly string[])[]): number | undefined {
  const wrapped = groups.filter((group) => group.length > 1 && columns(group[0] ?? '') >= WRAP_MIN);
  const ordered = wrapped.flatMap((group) => group.map(columns)).toSorted((left, right) => left - right);
  const width = ordered[Math.floor(ordered.length * 0.95)] ?? 0;
  if (width < WRAP_MIN || width > WRAP_MAX) return undefined;
  const full = wrapped.reduce((sum, group) => sum + shareOfFullLines(group, width) * (group.length - 1), 0);
  const all = wrapped.reduce((sum, group) => sum + group.length - 1, 0);
  return full >= 0.5 * all ? width : undefined;
}

/** Whether the lines run on from one to the next; even the last one is not longer than the text is wide. */
function isWrapped(lines: readonly string[], width: number | undefined): boolean {
  if (width === undefined || lines.length < 2 || columns(lines.at(-1) ?? '') > 1.1 * width) return false;
  return shareOfFullLines(lines, width) >= 0.7;
}

/** Editors wrap at the hyphen of a compound, never inside a syllable: the hyphen is the author's. */
const joinText = (lines: readonly string[]): string => joinLines(lines, () => true);

function listItems(lines: readonly string[]): readonly BlockDraft[] {
  const items: string[][] = [];
  for (const line of lines) {
    const last = items.at(-1);
    if (last === undefined || LIST_MARK.test(line)) items.push([line.replace(LIST_MARK, '')]);
    else last.push(line);
  }
  return items.map((item) => ({ kind: 'list-item', text: joinText(item) }));
}

/** The lines between two blank lines: headings on top, then what follows them. */
function groupBlocks(lines: readonly string[], width: number | undefined): readonly BlockDraft[] {
  const headings: BlockDraft[] = [];
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (UNDERLINE.test(line)) continue;
    if (!UNDERLINE.test(lines[at + 1] ?? '') && !isHeadingLine(line)) break;
    headings.push({ kind: 'heading', text: line });
  }
  return [...headings, ...bodyBlocks(lines.slice(at), width)];
}

function bodyBlocks(lines: readonly string[], width: number | undefined): readonly BlockDraft[] {
  const [first = ''] = lines;
  if (lines.every((line) => QUOTE_MARK.test(line))) {
    const inside = lines.map((line) => line.replace(QUOTE_MARK, '')).filter((line) => line !== '');
    return (isWrapped(inside, width) ? [joinText(inside)] : inside).map((text) => ({ kind: 'quote', text }));
  }
  const marked = lines.findIndex((line) => LIST_MARK.test(line));
  if (marked === 0 && (lines.length > 1 || !/^\d/.test(first))) return listItems(lines);
  if (marked > 0 && lines.slice(marked).filter((line) => LIST_MARK.test(line)).length > 1) {
    const before = lines.slice(0, marked);
    const lead = isWrapped(before, width) ? [joinText(before)] : before;
    return [...lead.map((text): BlockDraft => ({ kind: 'paragraph', text })), ...listItems(lines.slice(marked))];
  }
  if (isWrapped(lines, width)) return [{ kind: 'paragraph', text: joinText(lines) }];
  return lines.map((text) => ({ kind: isHeadingLine(text) ? 'heading' : 'paragraph', text }));
}

/** A short first line that stands alone is the title. */
function titleLine(groups: readonly (readonly string[])[]): boolean {
  const [first, second] = groups;
  const line = first?.length === 1 ? (first[0] ?? '') : '';
  return second !== undefined && line !== '' && line.length <= 120 && !SENTENCE_END.test(line) && !LIST_MARK.test(line);
}

/** What stands between blank lines, as trimmed lines. */
function groupsOf(text: string): readonly (readonly string[])[] {
  return withoutPageLines(text.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n'))
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((group) =>
      group
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((group) => group.length > 0);
}

const blocksOf = (groups: readonly (readonly string[])[], width: number | undefined): readonly BlockDraft[] =>
  groups.flatMap((group) => groupBlocks(group, width));

/** The blocks of a text whose title is known from elsewhere. */
export function textBlocks(text: string): readonly BlockDraft[] {
  const groups = groupsOf(text);
  return blocksOf(groups, wrapWidth(groups));
}

export function readText(text: string): DocumentDraft {
  const groups = groupsOf(text);
  const width = wrapWidth(groups);
  const [first] = groups;
  const title = titleLine(groups) ? first?.[0] : undefined;
  const body = blocksOf(title === undefined ? groups : groups.slice(1), width);
  return withOwnTitle({ mediaType: 'text', blocks: title === undefined ? body : [{ kind: 'title', text: title }, ...body] });
}
