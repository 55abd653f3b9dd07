// Personal data. Nearly everything here holds a digit, so one scan for digits decides which stretches of a text are
// looked at with patterns; prose without digits costs that scan and one for `@`.
import { lastWordStart, NO_FINDINGS, withoutOverlaps } from '../check.ts';
import type { Check, Finding } from '../check.ts';
import { ACCOUNT_RULES } from './accounts.ts';
import { ADDRESS_RULES, BIRTH_AND_PASSPORT_RULES } from './context.ts';
import { findEmails } from './email.ts';
import { NATIONAL_ID_RULES } from './national-ids.ts';
import { NETWORK_RULES } from './network.ts';
import { phoneRules } from './phones.ts';
import type { PhoneRegion } from './phones.ts';
import type { Rule } from './rule.ts';

export const PII_LABELS = [
  'email',
  'phone',
  'iban',
  'card',
  'national-id',
  'ip',
  'mac',
  'birth-date',
  'address',
  'passport',
] as const;
export type PiiLabel = (typeof PII_LABELS)[number];

export interface PiiOptions {
  readonly entities: readonly PiiLabel[];
  readonly phoneRegions: readonly PhoneRegion[];
  readonly minConfidence: number;
}

/** What stands around a digit and may belong to the same finding, or name it. */
const BEFORE = 56;
const AFTER = 72;
/** No finding of these rules is longer. */
const LONGEST_PII = 96;

export function piiCheck({ entities, phoneRegions, minConfidence }: PiiOptions): Check {
  const wanted = new Set<string>(entities);
  const rules = [
    ...ACCOUNT_RULES,
    ...phoneRules(phoneRegions),
    ...NATIONAL_ID_RULES,
    ...NETWORK_RULES,
    ...BIRTH_AND_PASSPORT_RULES,
    ...ADDRESS_RULES,
  ].filter((rule) => wanted.has(rule.label));
  const emails = wanted.has('email');

  const check = (text: string): readonly Finding[] => {
    const found = emails ? findEmails(text) : [];
    for (let at = nextDigit(text, 0); at >= 0;) {
      let last = at;
      let digits = 1;
      for (let next = nextDigit(text, last + 1); next >= 0 && next - last <= AFTER; next = nextDigit(text, last + 1)) {
        last = next;
        digits += 1;
      }
      const start = wordEdge(text, at - BEFORE, -1);
      const end = wordEdge(text, last + AFTER, 1);
      search(text.slice(start, end), start, digits, rules, found);
      at = nextDigit(text, end);
    }
    if (found.length === 0) return NO_FINDINGS;
    return withoutOverlaps(found.filter((finding) => finding.confidence >= minConfidence));
  };

  return { check, openFrom };
}

function search(window: string, offset: number, digits: number, rules: readonly Rule[], found: Finding[]): void {
  for (const { label, pattern, minDigits, hint, accept } of rules) {
    if (digits < minDigits || (hint !== undefined && !hint.test(window))) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(window); match !== null; match = pattern.exec(window)) {
      const [value] = match;
      const confidence = accept(
        value,
        window.slice(Math.max(0, match.index - 64), match.index),
        window.slice(pattern.lastIndex, pattern.lastIndex + 32),
      );
      if (confidence === undefined) continue;
      const end = match.index + value.trimEnd().length;
      found.push({ start: offset + match.index, end: offset + end, label, confidence });
    }
  }
}

const DIGIT = /\d/g;

function nextDigit(text: string, from: number): number {
  DIGIT.lastIndex = from;
  return DIGIT.exec(text)?.index ?? -1;
}

/** Moves an edge outwards until it cuts no word or number. */
function wordEdge(text: string, index: number, step: 1 | -1): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  let edge = index;
  for (let moved = 0; moved < 64 && edge > 0 && edge < text.length; moved++) {
    const code = text.charCodeAt(step === 1 ? edge : edge - 1);
    const wordlike = (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
    if (!wordlike) break;
    edge += step;
  }
  return edge;
}

/** From the first word of the tail that has a digit, or stands just before one: `Lindenstraße 14` begins with its word. */
function openFrom(text: string): number {
  const last = lastWordStart(text);
  const floor = Math.max(0, text.length - LONGEST_PII);
  const digit = nextDigit(text, floor);
  if (digit < 0) return Math.max(floor, streetStart(text, last));
  return Math.max(floor, streetStart(text, lastWordStart(text.slice(0, digit))));
}

const STREET_BEGINNING = /(?:^|[\s(])(?:\p{Lu}[\p{L}./',-]* (?:d[eui][a-z]{0,3} |la )?){1,4}$|(?:P\.? ?O\.? ?)(?:Box ?)?$/u;

/** Up to four capitalised words before the last may be the name of the street that a house number follows. */
function streetStart(text: string, from: number): number {
  const before = text.slice(Math.max(0, from - 48), from);
  const match = STREET_BEGINNING.exec(before);
  return match === null ? from : from - (before.length - match.index);
}
