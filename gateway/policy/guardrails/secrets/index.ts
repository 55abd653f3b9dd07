// Keys, tokens, private keys and passwords. Nearly all are long words, and prose has few: one scan that steps sixteen
// characters at a time finds the long ones, and only those are held against the formats.
import { lastWordStart, NO_FINDINGS, withoutOverlaps } from '../check.ts';
import type { Check, Finding } from '../check.ts';
import { findAssignments } from './assignment.ts';
import { FORMATS_BY_START, INNER_FORMATS } from './formats.ts';

export interface SecretsOptions {
  readonly minConfidence: number;
}

const SHORTEST_WORD = 16;
const PEM_BEGINNING = '-----BEGIN ';
const PEM_END = '-----END ';
const PEM_HEAD = /^-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const PEM_TAIL = /^-----END [A-Z0-9 ]{0,40}-----/;
const JSON_TOKEN = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;
/** A private key is the longest thing that is held back. */
const LONGEST_KEY = 8192;

export function secretsCheck({ minConfidence }: SecretsOptions): Check {
  return {
    check: (text) => {
      const found: Finding[] = [];
      findAssignments(text, found);
      for (let end = SHORTEST_WORD - 1; end < text.length;) {
        // From the last place that this word could still reach, back to its beginning.
        let start = end;
        while (start >= 0 && !isBreak(text.charCodeAt(start)) && end - start < SHORTEST_WORD) start--;
        if (end - start < SHORTEST_WORD) {
          end = start + SHORTEST_WORD;
          continue;
        }
        let first = end;
        while (first > 0 && !isBreak(text.charCodeAt(first - 1))) first--;
        while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
        searchWord(text, first, end, found);
        end += SHORTEST_WORD;
      }
      findPrivateKeys(text, found);
      if (found.length === 0) return NO_FINDINGS;
      return withoutOverlaps(found.filter((finding) => finding.confidence >= minConfidence));
    },
    openFrom: (text) => {
      const begin = text.lastIndexOf('-----BEGIN');
      const open = begin >= 0 && keyEnd(text, begin) === undefined ? begin : text.length;
      return Math.max(0, text.length - LONGEST_KEY, Math.min(open, lastWordStart(text), lastWordStart(text.trimEnd())));
    },
  };
}

/** From the head of a key to its end, or to the end of the text where it has none. */
function findPrivateKeys(text: string, found: Finding[]): void {
  for (let at = text.indexOf(PEM_BEGINNING); at >= 0;) {
    const head = PEM_HEAD.exec(text.slice(at, at + 96));
    let end = at + PEM_BEGINNING.length;
    if (head !== null) {
      end = keyEnd(text, at) ?? text.length;
      found.push({ start: at, end, label: 'private-key', confidence: 0.99 });
    }
    at = text.indexOf(PEM_BEGINNING, end);
  }
}

/** Where the tail of a key that begins before `from` is over; undefined where it is not complete. */
function keyEnd(text: string, from: number): number | undefined {
  const tail = text.indexOf(PEM_END, from);
  const whole = tail < 0 ? undefined : PEM_TAIL.exec(text.slice(tail, tail + 96))?.[0];
  return whole === undefined ? undefined : tail + whole.length;
}

/** White space, quotes and brackets end a word; so does anything beyond ASCII. */
function isBreak(code: number): boolean {
  return (
    code <= 0x22 ||
    code > 0x7e ||
    code === 0x27 ||
    code === 0x60 ||
    code === 0x3c ||
    code === 0x3e ||
    code === 0x7b ||
    code === 0x7d ||
    code === 0x28 ||
    code === 0x29
  );
}

const KEY_STARTS = /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]/g;

function searchWord(text: string, start: number, end: number, found: Finding[]): void {
  const word = text.slice(start, end);
  KEY_STARTS.lastIndex = 0;
  for (let match = KEY_STARTS.exec(word); match !== null; match = KEY_STARTS.exec(word)) {
    for (const { label, pattern } of FORMATS_BY_START.get(match[0]) ?? []) {
      pattern.lastIndex = match.index;
      const key = pattern.exec(word);
      if (key === null) continue;
      add(found, start + key.index + key[0].length, key[1] ?? key[0], label, 0.97);
      // Nothing begins inside a key; looking again from there would read the rest of a long word over and over.
      KEY_STARTS.lastIndex = pattern.lastIndex;
      break;
    }
  }
  if (word.includes('eyJ')) {
    for (const match of word.matchAll(JSON_TOKEN)) {
      if (isTokenHead(match[0])) add(found, start + match.index + match[0].length, match[0], 'jwt', 0.97);
    }
  }
  if (!word.includes(':') && !word.includes('/')) return;
  for (const { label, pattern } of INNER_FORMATS) {
    for (const match of word.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      if (/^(?:pass(?:word)?|secret|\$.*|\*+|x+)$/i.test(secret)) continue;
      const stop = start + match.index + match[0].lastIndexOf(secret) + secret.length;
      add(found, stop, secret, label, label === 'secret' ? 0.8 : 0.97);
    }
  }
}

function add(found: Finding[], end: number, secret: string, label: string, confidence: number): void {
  found.push({ start: end - secret.length, end, label, confidence });
}

/** The first part of a JSON web token is an object that names its algorithm (RFC 7519, RFC 7515). */
function isTokenHead(token: string): boolean {
  try {
    const head: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
    return typeof head === 'object' && head !== null && ('alg' in head || 'enc' in head);
  } catch {
    // Not JSON, so not a token.
    return false;
  }
}
