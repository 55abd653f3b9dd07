// Bytes become a string, whatever the encoding: byte order mark, valid UTF-8, UTF-16 without a mark, the encoding
// that the file declares, UTF-8 with a few broken bytes, then statistics. Bytes that are no text in any of these
// give undefined.
import { analyse } from 'chardet';

const SAMPLE_BYTES = 64 * 1024;

function decodeStrictly(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not valid in this encoding, or no encoding of that name: the next one is tried
  }
}

function byMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

const PLAUSIBLE =
  /[\n\r\t\u0020-\u007E\u00A0-\u024F\u0370-\u06FF\u0E00-\u0E7F\u2010-\u2026\u3000-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF00-\uFF60]/g;

/** Share of characters that running text is made of. */
function plausibility(text: string): number {
  return text === '' ? 0 : (text.match(PLAUSIBLE)?.length ?? 0) / text.length;
}

function asUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const candidates = ['utf-16le', 'utf-16be']
    .map((label) => decodeStrictly(bytes, label))
    .filter((text) => text !== undefined)
    .map((text) => ({ text, score: plausibility(text.slice(0, SAMPLE_BYTES)) }))
    .toSorted((left, right) => right.score - left.score);
  const [best, other] = candidates;
  return best !== undefined && best.score > 0.97 && best.score > (other?.score ?? 0) + 0.05 ? best.text : undefined;
}

function declaredLabel(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return /(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})/i.exec(head)?.[1];
}

/** UTF-8 with isolated damage (a cut last character, one pasted Latin-1 word) stays UTF-8. */
function asDamagedUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  const sound = text.replaceAll(/[\p{ASCII}\uFFFD]/gu, '').length;
  return sound >= 10 * broken && broken * 200 <= text.length ? text : undefined;
}

function byStatistics(bytes: Uint8Array): { text: string; confidence: number } | undefined {
  for (const { name, confidence } of analyse(bytes.subarray(0, SAMPLE_BYTES))) {
    if (confidence < 5 || name.startsWith('UTF')) continue;
    const text = decodeStrictly(bytes, name);
    if (text !== undefined) return { text, confidence };
  }
  return undefined;
}

/** Control characters have no place in text; a few slip into real files. Bytes that are valid UTF-8 are rarely chance. */
function isText(text: string, allowedShare = 0.005): boolean {
  const sample = text.slice(0, SAMPLE_BYTES);
  const controls = sample.match(/(?![\n\r\t\f\v\u0085])\p{Cc}/gu)?.length ?? 0;
  return controls <= allowedShare * sample.length;
}

export function decodeText(bytes: Uint8Array): string | undefined {
  const mark = byMark(bytes);
  if (mark !== undefined) {
    const text = new TextDecoder(mark).decode(bytes);
    return isText(text) ? text : undefined;
  }
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== undefined && isText(utf8, 0.1)) return utf8;
  if (bytes.includes(0)) return asUtf16(bytes);
  if (utf8 !== undefined) return undefined;

  const label = declaredLabel(bytes);
  const declared = label === undefined ? undefined : decodeStrictly(bytes, label);
  if (declared !== undefined && isText(declared)) return declared;
  const damaged = asDamagedUtf8(bytes);
  if (damaged !== undefined && isText(damaged)) return damaged;
  const guess = byStatistics(bytes);
  if (guess === undefined || guess.confidence < 20) {
    const utf16 = asUtf16(bytes);
    if (utf16 !== undefined) return utf16;
  }
  return guess !== undefined && isText(guess.text) && plausibility(guess.text.slice(0, SAMPLE_BYTES)) > 0.9
    ? guess.text
    : undefined;
}
