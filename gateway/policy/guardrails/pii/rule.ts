// How a rule of personal data is written: a pattern for the window around a digit, and a test of what it matched.

export interface Rule {
  readonly label: string;
  /** Global; the group `value`, where there is one, is what counts as found. */
  readonly pattern: RegExp;
  /** Fewer digits in the window, and the pattern is not tried. */
  readonly minDigits: number;
  /** Must match somewhere in the window, or the pattern is not tried; not global. */
  readonly hint?: RegExp;
  /** Confidence from 0 to 1, or undefined where it is not one; `before` and `after` are the text around. */
  readonly accept: (value: string, before: string, after: string) => number | undefined;
}

export const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Whether one of the words stands in the last `reach` characters. */
export function near(before: string, words: RegExp, reach = 40): boolean {
  return words.test(before.slice(-reach));
}

/** Words that make a number that follows an identifier of a thing, not of a person. */
export const THING =
  /\b(?:order|invoice|ticket|tracking|imei|isbn|ean|sku|serial|part|model|version|commit|issue|case|ref(?:erence)?|id|lot)\b[\s.:#no]*$|(?:订单|编号|序列)[^\d]{0,3}$/i;
