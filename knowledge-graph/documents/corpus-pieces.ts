// A corpus in JSON lines ({title, text} per line), recognised by its first lines and cut at line ends.
import { isCorpusEntry, parsedLine } from './corpus-line.ts';

export interface CorpusPiece {
  readonly bytes: Uint8Array;
  /** Number of its first line in the file, from 1. */
  readonly firstLine: number;
}

const PIECE_BYTES = 4 * 1024 * 1024;
const LINE_END = 0x0a;
/** Lines looked at before a file is taken for something else; the first ones may be damaged. */
const LINES_TRIED = 5;

/** The index after the line end at or after `from`. */
function lineAfter(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LINE_END, from);
  return end === -1 ? bytes.length : end + 1;
}

/** A first line longer than this belongs to something else. */
const MAX_FIRST_LINE_BYTES = 4 * 1024 * 1024;

/** Text in UTF-8 whose lines are JSON objects with a title and a text; the name helps where only one line says so. */
export function isCorpus(bytes: Uint8Array, name: string): boolean {
  const isNamed = /\.(jsonl|ndjson)$/i.test(name);
  const decoder = new TextDecoder();
  let lines = 0;
  let entries = 0;
  for (let at = 0; at < bytes.length && lines < LINES_TRIED;) {
    const end = lineAfter(bytes, at);
    if (end - at > MAX_FIRST_LINE_BYTES) return false;
    const text = decoder.decode(bytes.subarray(at, end)).trim();
    at = end;
    if (text === '') continue;
    if (!text.startsWith('{') && !isNamed) return false;
    lines += 1;
    if (isCorpusEntry(parsedLine(text))) entries += 1;
  }
  return entries > 0 && (lines > 1 || isNamed);
}

/** The pieces of a corpus, or undefined where the file is none. */
export function corpusPieces(bytes: Uint8Array, name: string): readonly CorpusPiece[] | undefined {
  if (!isCorpus(bytes, name)) return undefined;
  const pieces: CorpusPiece[] = [];
  let firstLine = 1;
  for (let at = 0; at < bytes.length;) {
    const end = lineAfter(bytes, Math.min(at + PIECE_BYTES, bytes.length - 1));
    pieces.push({ bytes: bytes.subarray(at, end), firstLine });
    for (let line = bytes.indexOf(LINE_END, at); line !== -1 && line < end; line = bytes.indexOf(LINE_END, line + 1)) {
      firstLine += 1;
    }
    at = end;
  }
  return pieces;
}
