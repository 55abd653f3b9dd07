// Prompt injection by rules with weights. It catches what is said in known words, plainly or thinly hidden; it cannot
// catch what is said in new ones. docs/guardrails.md says how much that is.
import { NO_FINDINGS, withoutOverlaps } from '../check.ts';
import type { Check, Finding, Role } from '../check.ts';
import { plain } from './normalise.ts';
import type { Plain } from './normalise.ts';
import { IMAGE_WITH_DATA, INJECTION_RULES } from './rules.ts';

export interface InjectionOptions {
  /** Score from 0 to 1 at which a text counts as an injection. */
  readonly threshold: number;
}

/** An attack that is quoted in a text about attacks weighs this share of one that is made. */
const QUOTED_SHARE = 0.35;
const ABOUT_ATTACKS =
  /\b(?:prompt injection|attack(?:s|ers?)?|researchers?|article|paper|examples?|phrase|training|security|techniques|jailbreaks?|means?|mean in)\b/;
const BASE64 = /[A-Za-z0-9+/]{24,}={0,2}/g;
/** Held back of a stream: an order is rarely longer. */
const REACH = 160;

interface Hit extends Finding {
  readonly weight: number;
}

export function promptInjectionCheck({ threshold }: InjectionOptions): Check {
  return {
    check: (text, role) => {
      const hits = [...hitsIn(text, role), ...encodedHits(text, role)];
      if (hits.length === 0) return NO_FINDINGS;
      const score = 1 - hits.reduce((rest, hit) => rest * (1 - hit.weight), 1);
      if (score < threshold) return NO_FINDINGS;
      return withoutOverlaps(hits.map(({ start, end, label }) => ({ start, end, label, confidence: score })));
    },
    openFrom: (text) => Math.max(0, text.length - REACH),
  };
}

function hitsIn(text: string, role: Role): readonly Hit[] {
  const read = plain(text);
  return [...ruleHits(read, role), ...hiddenText(text, read, role), ...imagesWithData(text)];
}

function ruleHits(read: Plain, role: Role): readonly Hit[] {
  const hits: Hit[] = [];
  const counted = new Set<string>();
  for (const { name, pattern, weight, roles, hints } of INJECTION_RULES) {
    if (roles !== undefined && !roles.includes(role)) continue;
    if (!hints.some((hint) => read.text.includes(hint))) continue;
    for (const match of read.text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const share = isQuoted(read.text, match.index, end) && ABOUT_ATTACKS.test(read.text) ? QUOTED_SHARE : 1;
      // The same order twice is no surer than once.
      const again = counted.has(name);
      counted.add(name);
      hits.push({
        start: read.at(match.index),
        end: read.at(end),
        label: 'injection',
        confidence: weight,
        weight: again ? 0 : weight * share,
      });
    }
  }
  return hits;
}

/** Inside quotation marks, or after words that announce a quotation. */
function isQuoted(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 60), start);
  const after = text.slice(end, end + 60);
  return (
    (/["“„«'‘`][^"”»'’`\n]*$/.test(before) && /^[^"“„«\n]*["”»'’`]/.test(after)) ||
    /\b(?:phrase|paper|called)\s*["“]?$/.test(before)
  );
}

function hiddenText(text: string, read: Plain, role: Role): readonly Hit[] {
  const whole = (weight: number): Hit => ({ start: 0, end: text.length, label: 'hidden-text', confidence: weight, weight });
  if (read.tags > 8) return [whole(0.8)];
  // Invisible characters inside Latin words, and a direction forced on them, have no other use in a prompt.
  if (read.overrides > 0 && /[a-z]{4}/.test(read.text)) {
    const backwards = ruleHits(plain(Array.from(read.text).toReversed().join('')), role);
    return [whole(Math.max(0.35, ...backwards.map((hit) => hit.weight)))];
  }
  if (read.hidden > 0) return [whole(Math.min(0.4, 0.1 + read.hidden * 0.1))];
  return [];
}

/** An image from elsewhere whose address carries a sentence or an encoded blob. */
function imagesWithData(text: string): readonly Hit[] {
  if (!text.includes('![')) return [];
  return [...text.matchAll(IMAGE_WITH_DATA)].flatMap((match) => {
    const query = match[1]?.split('?')[1] ?? '';
    const carries = query.split('&').some((pair) => {
      const value = pair.slice(pair.indexOf('=') + 1);
      return (
        value.length >= 24 && (/%20|\+|_/.test(value) || /[A-Z].*[a-z].*\d|[a-z].*\d.*[A-Z]/.test(value) || value.includes('{'))
      );
    });
    if (!carries) return [];
    return [{ start: match.index, end: match.index + match[0].length, label: 'data-in-image', confidence: 0.8, weight: 0.8 }];
  });
}

/** Orders in base64: what decodes to readable text is read as text. */
function encodedHits(text: string, role: Role): readonly Hit[] {
  return [...text.matchAll(BASE64)].flatMap((match) => {
    const decoded = Buffer.from(match[0], 'base64').toString('latin1');
    if (/[^\t\n\r -~]/.test(decoded)) return [];
    const inside = hitsIn(decoded, role);
    if (inside.length === 0) return [];
    const weight = Math.max(...inside.map((hit) => hit.weight));
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        label: 'injection',
        confidence: weight,
        weight: Math.min(0.95, weight + 0.2),
      },
    ];
  });
}
