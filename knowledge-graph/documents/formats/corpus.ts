// A corpus: JSON lines or a JSON list, each entry a document of its own. A bad entry is reported with its number and
// the rest is kept.
import { corpusDraft, isCorpusEntry } from '../corpus-line.ts';
import type { Parsed } from '../draft.ts';

const LINE_END = 0x0a;
/** Bad lines named one by one in each piece. */
const NAMED_LINES = 20;

/** Line by line from the bytes, so that the text is never whole in memory. `firstLine`: the number of the first. */
export function* readCorpus(bytes: Uint8Array, firstLine = 1): Generator<Parsed> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let refusals = 0;
  let firstUnnamed: { readonly part: string; readonly refused: string } | undefined;
  for (let at = 0, number = firstLine; at < bytes.length; number++) {
    const end = bytes.indexOf(LINE_END, at);
    const line = bytes.subarray(at, end === -1 ? bytes.length : end);
    at = end === -1 ? bytes.length : end + 1;
    const parsed = readLine(line, decoder, `line ${number}`);
    if (parsed === undefined) continue;
    if ('refused' in parsed && ++refusals > NAMED_LINES) firstUnnamed ??= parsed;
    else yield parsed;
  }
  if (firstUnnamed !== undefined) yield { ...firstUnnamed, count: refusals - NAMED_LINES };
}

/** Undefined for a blank line. */
function readLine(bytes: Uint8Array, decoder: TextDecoder, place: string): Parsed | undefined {
  let value: unknown;
  try {
    const text = decoder.decode(bytes).trim();
    if (text === '') return undefined;
    value = JSON.parse(text);
  } catch (thrown) {
    return { part: place, refused: brokenLine(thrown), count: 1 };
  }
  const draft = corpusDraft(value, 'jsonl', place);
  return typeof draft === 'string' ? { part: place, refused: draft, count: 1 } : draft;
}

/** V8 quotes the line in its message, which may be long and is no help. */
function brokenLine(thrown: unknown): string {
  const detail = thrown instanceof SyntaxError ? thrown.message.replace(/, ?(\.\.\.)?".*$/s, '') : 'not UTF-8';
  return `It is not valid JSON (${detail}). Write each entry on one line of its own.`;
}

/** A list of entries in one JSON value, each with a title and a text. */
export const isCorpusList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 1 && value.every(isCorpusEntry);

export function readCorpusList(entries: readonly unknown[]): readonly Parsed[] {
  return entries.map((entry, at): Parsed => {
    const place = `entry ${at + 1}`;
    const draft = corpusDraft(entry, 'json', place);
    return typeof draft === 'string' ? { part: place, refused: draft, count: 1 } : draft;
  });
}
