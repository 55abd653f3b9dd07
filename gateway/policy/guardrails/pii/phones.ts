// Telephone numbers: with a country code by the plan of that country, and as each known region writes them at home.
import { digitsOf, near, THING } from './rule.ts';
import type { Rule } from './rule.ts';

/** National significant digits by country code (ITU-T E.164 national plans); others take 7 to 12. */
const PHONE_LENGTH: Readonly<Record<string, readonly [number, number]>> = {
  '1': [10, 10],
  '7': [10, 10],
  '20': [8, 10],
  '27': [9, 9],
  '30': [10, 10],
  '31': [9, 9],
  '32': [8, 9],
  '33': [9, 9],
  '34': [9, 9],
  '36': [8, 9],
  '39': [6, 11],
  '40': [9, 9],
  '41': [9, 9],
  '43': [5, 13],
  '44': [9, 10],
  '45': [8, 8],
  '46': [7, 10],
  '47': [8, 8],
  '48': [9, 9],
  '49': [6, 12],
  '51': [8, 9],
  '52': [10, 11],
  '54': [10, 11],
  '55': [10, 11],
  '56': [9, 9],
  '57': [10, 10],
  '60': [8, 10],
  '61': [9, 9],
  '62': [8, 12],
  '63': [10, 10],
  '64': [8, 10],
  '65': [8, 8],
  '66': [8, 9],
  '81': [9, 10],
  '82': [8, 10],
  '84': [9, 10],
  '86': [10, 11],
  '90': [10, 10],
  '91': [10, 10],
  '92': [9, 10],
};

const international: Rule = {
  label: 'phone',
  minDigits: 8,
  hint: /\+\d/,
  pattern: /(?<![\w+])\+\d(?:[ .()-]{0,2}\d){7,14}(?![\w-]|\.\d)/g,
  accept: (value) => {
    const digits = digitsOf(value);
    if (digits.length < 8 || digits.length > 15) return undefined;
    for (const size of [1, 2, 3]) {
      const range = PHONE_LENGTH[digits.slice(0, size)];
      if (range !== undefined) return digits.length - size >= range[0] && digits.length - size <= range[1] ? 0.95 : undefined;
    }
    return digits.length >= 9 ? 0.85 : undefined;
  },
};

const PHONE_WORD =
  /\b(?:phone|tel(?:e(?:fon|phone))?|mobile?|cell(?:ulare)?|handy(?:nummer)?|fax|call|ring|text|sms|whatsapp|reach|dial|contact|messages|num[ée]ro|portable|m[óo]vil)\b|电话|手机|联系|拨打|致电|微信/i;

/** How each region writes its numbers at home. */
const HOME_FORMS: Readonly<Record<string, { readonly pattern: RegExp; readonly bare: boolean }>> = {
  US: { pattern: /(?<![\w.+/#-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\w-]|\.\d)/g, bare: true },
  GB: {
    pattern: /(?<![\w.+/#-])(?:07\d{3} ?\d{3} ?\d{3}|02\d ?\d{4} ?\d{4}|01\d{3} \d{5,6}|01\d1 \d{3} \d{4})(?![\w-]|\.\d)/g,
    bare: true,
  },
  FR: { pattern: /(?<![\w.+/#-])0[1-9](?:[ .]\d{2}){4}(?![\w-]|\.\d)/g, bare: true },
  DE: {
    pattern: /(?<![\w.+/#-])(?:\(0[2-9]\d{1,4}\)|0[1-9]\d{1,4})[ /-] ?\d{3,4}(?:[ -]?\d{2,5}){0,2}(?![\w-]|\.\d)/g,
    bare: false,
  },
  CN: { pattern: /(?<![\w.+/#-])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d|-\d)/g, bare: false },
  AU: { pattern: /(?<![\w.+/#-])(?:04\d{2} \d{3} \d{3}|\(?0[2378]\)? \d{4} \d{4})(?![\w-]|\.\d)/g, bare: true },
  JP: { pattern: /(?<![\w.+/#-])0[1-9]\d{0,2}-\d{2,4}-\d{4}(?![\w-]|\.\d)/g, bare: true },
  NL: { pattern: /(?<![\w.+/#-])0[1-9]\d{1,2}[ -]\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w-]|\.\d)/g, bare: false },
};
export const PHONE_REGIONS = ['US', 'GB', 'FR', 'DE', 'CN', 'AU', 'JP', 'NL'] as const;
export type PhoneRegion = (typeof PHONE_REGIONS)[number];

function home({ pattern, bare }: { readonly pattern: RegExp; readonly bare: boolean }): Rule {
  return {
    label: 'phone',
    minDigits: 9,
    pattern,
    accept: (value, before) => {
      if (near(before, PHONE_WORD)) return 0.9;
      if (near(before, THING)) return undefined;
      return bare ? 0.7 : 0.4;
    },
  };
}

/** Ten bare digits are a number only where the text says so. */
const inContext: Rule = {
  label: 'phone',
  minDigits: 9,
  hint: /phone|tel|mobile|cell|fax|handy/i,
  pattern: /(?<![\w.+/#-])\d{9,11}(?![\w-]|\.\d)/g,
  accept: (_, before) =>
    near(before, /\b(?:phone|tel(?:efon|ephone)?|mobile|cell|fax|handy)\b[^\d\n]{0,12}$/i, 24) ? 0.8 : undefined,
};

export function phoneRules(regions: readonly PhoneRegion[]): readonly Rule[] {
  return [international, ...regions.flatMap((region) => (HOME_FORMS[region] ? [home(HOME_FORMS[region])] : [])), inContext];
}
