// What a zip file is, by the parts that each format must have.
import { Unreadable } from './unreadable.ts';
import type { ZipFile } from './zip.ts';

export type ZipKind = 'docx' | 'pptx' | 'xlsx' | 'epub' | 'archive';

const KINDS: readonly (readonly [part: RegExp, kind: ZipKind])[] = [
  [/^word\/document\d*\.xml$/, 'docx'],
  [/^ppt\/presentation\.xml$/, 'pptx'],
  [/^xl\/workbook\.xml$/, 'xlsx'],
  [/^META-INF\/container\.xml$/, 'epub'],
];

/** Relatives that are not read, and what to do with them. */
const UNREAD: readonly (readonly [part: RegExp, advice: string])[] = [
  [/^xl\/workbook\.bin$/, 'It is a binary workbook (XLSB). Save it as .xlsx or CSV.'],
  [/^content\.xml$/, 'It is an OpenDocument file. Save it as .docx, .pptx, .xlsx or PDF.'],
  [/^Index\/(Document|Presentation)\.iwa$|^index\.apxl$/, 'It is an Apple iWork file. Export it as PDF or as an Office file.'],
];

export function zipKind({ names }: ZipFile): ZipKind {
  const has = (part: RegExp): boolean => names.some((name) => part.test(name));
  const kind = KINDS.find(([part]) => has(part))?.[1];
  if (kind !== undefined) return kind;
  const unread = UNREAD.find(([part]) => has(part));
  if (unread !== undefined) throw new Unreadable(unread[1]);
  return 'archive';
}
