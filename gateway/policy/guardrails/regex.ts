// Patterns of the operator's own, run by RE2: its time grows with the text and with nothing else, so no pattern and no
// prompt can hang the process. Compiled once.
import { RE2JS } from 're2js';
import { ShoalError } from '#foundation';
import { withoutOverlaps } from './check.ts';
import type { Check, Finding } from './check.ts';

export interface RegexOptions {
  readonly patterns: readonly { readonly label: string; readonly pattern: string; readonly ignoreCase: boolean }[];
  /** Longest match to hold a stream back for. */
  readonly reach: number;
}

/** Throws `invalid_config` for a pattern that RE2 does not know (look-around and back-references). */
export function regexCheck({ patterns, reach }: RegexOptions): Check {
  const compiled = patterns.map(({ label, pattern, ignoreCase }) => ({ label, expression: compile(pattern, ignoreCase) }));
  return {
    check: (text) => {
      const found: Finding[] = [];
      for (const { label, expression } of compiled) {
        const matcher = expression.matcher(text);
        while (matcher.find()) {
          const start = matcher.start();
          const end = matcher.end();
          if (end > start) found.push({ start, end, label, confidence: 1 });
        }
      }
      return withoutOverlaps(found);
    },
    openFrom: (text) => Math.max(0, text.length - reach),
  };
}

function compile(pattern: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    throw new ShoalError('invalid_config', `The guardrail pattern ${pattern} cannot be read.`, {
      cause: error,
      hint: 'Write it in RE2 syntax: without look-ahead, look-behind and back-references.',
    });
  }
}
