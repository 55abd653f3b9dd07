// Numbers that states give to people. Those with a check digit are found anywhere; those without, or whose check a
// tenth of all numbers pass, only where the text names them.
import { isDate, luhn, mod11And10, mod11And2, remainder, verhoeff, weightedSum } from '../checksums.ts';
import { digitsOf, near, THING } from './rule.ts';
import type { Rule } from './rule.ts';

interface NationalId {
  readonly country: string;
  readonly pattern: RegExp;
  readonly valid: (digits: string, value: string) => boolean;
  /** Words that name it. */
  readonly words: RegExp;
  readonly minDigits: number;
  /** Confidence without its name nearby; undefined = never without. */
  readonly alone: number | undefined;
}

const CODE_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU_LETTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
/** Values of the characters at odd places of an Italian tax code (Decreto ministeriale 23 December 1976). */
const CODICE_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function codiceFiscale(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const at = CODE_LETTERS.indexOf(value.charAt(index).toUpperCase());
    const number = at < 10 ? at : at - 10;
    sum += index % 2 === 0 ? (CODICE_ODD[number] ?? 0) : number;
  }
  return String.fromCharCode(65 + (sum % 26)) === value.charAt(15).toUpperCase();
}

/** Of the first ten digits one occurs twice or three times, and no zero leads. */
function germanTaxId(digits: string): boolean {
  const repeats = 10 - new Set(digits.slice(0, 10)).size;
  return digits.charAt(0) !== '0' && (repeats === 1 || repeats === 2) && mod11And10(digits);
}

function cpf(digits: string): boolean {
  if (new Set(digits).size === 1) return false;
  const check = (length: number): number => {
    const sum = weightedSum(
      digits,
      Array.from({ length }, (_, index) => length + 1 - index),
    );
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** A date as yymmdd in some century. */
const shortDate = (digits: string): boolean =>
  isDate(1900 + Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))) ||
  isDate(2000 + Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)));

function pesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20;
  if (month < 1 || month > 12) return false;
  return (10 - (weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10]);
}

const NATIONAL_IDS: readonly NationalId[] = [
  {
    country: 'US',
    minDigits: 9,
    pattern: /(?<![\w.-])\d{3}([- ])\d{2}\1\d{4}(?![\w-]|\.\d)|(?<![\w.-])\d{9}(?![\w-]|\.\d)/g,
    // The Social Security Administration never issues these areas, groups and serials, nor two numbers once printed in advertisements.
    valid: (digits) =>
      !/^(?:000|666)|^\d{3}00|0000$/.test(digits) &&
      (!digits.startsWith('9') || /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(digits)) &&
      digits !== '078051120' &&
      digits !== '219099999',
    words: /\b(?:ssn|social security|itin|tax(?:payer)? id)/i,
    alone: 0.6,
  },
  {
    country: 'GB',
    minDigits: 6,
    pattern: /(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D](?![A-Za-z0-9])/g,
    valid: (_, value) => !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(value),
    words: /\b(?:national insurance|nino|ni (?:no|number))\b/i,
    alone: 0.7,
  },
  {
    country: 'DE',
    minDigits: 11,
    pattern: /(?<![\w.+-])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w-]|[.,]\d)/g,
    valid: germanTaxId,
    words: /steuer|idnr|tax id/i,
    alone: 0.4,
  },
  {
    country: 'CN',
    minDigits: 17,
    pattern: /(?<![A-Za-z0-9])[1-8]\d{16}[\dXx](?![A-Za-z0-9])/g,
    valid: (_, value) =>
      isDate(Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14))) && mod11And2(value),
    words: /身份证|resident id/i,
    alone: 0.95,
  },
  {
    country: 'FR',
    minDigits: 13,
    pattern: /(?<![\w.+-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}(?![\w-]|\.\d)/g,
    valid: (_, value) => {
      const text = value
        .replaceAll(' ', '')
        .replace(/^(.{5})2A/, '$119')
        .replace(/^(.{5})2B/, '$118');
      return 97 - remainder(text.slice(0, 13), 97) === Number(text.slice(13));
    },
    words: /s[ée]curit[ée] sociale|\bnir\b|insee/i,
    alone: 0.9,
  },
  {
    country: 'ES',
    minDigits: 7,
    pattern: /(?<![\w.-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/g,
    valid: (digits, value) => {
      const lead = 'XYZ'.indexOf(value.charAt(0));
      const number = lead >= 0 && value.charAt(0) !== '' ? `${lead}${digits}` : digits;
      return DNI_LETTERS.charAt(Number(number) % 23) === value.at(-1);
    },
    words: /\b(?:dni|nie|nif)\b/i,
    alone: 0.75,
  },
  {
    country: 'IT',
    minDigits: 7,
    pattern: /(?<![A-Za-z0-9])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z0-9])/g,
    valid: (_, value) => codiceFiscale(value),
    words: /codice fiscale/i,
    alone: 0.95,
  },
  { country: 'PL', minDigits: 11, pattern: /(?<![\w.+-])\d{11}(?![\w-]|\.\d)/g, valid: pesel, words: /pesel/i, alone: 0.4 },
  {
    country: 'BR',
    minDigits: 11,
    pattern: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g,
    valid: cpf,
    words: /\bcpf\b/i,
    alone: 0.95,
  },
  {
    country: 'IN',
    minDigits: 12,
    pattern: /(?<![\w.-])[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?![\w-]|[ -]\d{4}|\.\d)/g,
    valid: verhoeff,
    words: /aadha?ar|uidai/i,
    alone: 0.4,
  },
  {
    country: 'SE',
    minDigits: 10,
    pattern: /(?<![\w.-])(?:19|20)?\d{6}[-+]\d{4}(?![\w-]|\.\d)/g,
    valid: (digits) => shortDate(digits.slice(-10)) && luhn(digits.slice(-10)),
    words: /person(?:al )?num/i,
    alone: 0.75,
  },
  {
    country: 'FI',
    minDigits: 9,
    pattern: /(?<![\w.-])\d{6}[-+A-F]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])/g,
    valid: (digits, value) =>
      HETU_LETTERS.charAt(Number(digits.slice(0, 6) + value.slice(7, 10)) % 31) === value.at(-1) &&
      Number(digits.slice(0, 2)) <= 31 &&
      Number(digits.slice(2, 4)) <= 12,
    words: /henkil[öo]tunnus|hetu/i,
    alone: 0.9,
  },
  {
    country: 'CH',
    minDigits: 13,
    pattern: /(?<![\w.-])756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![\w-]|\.\d)/g,
    valid: (digits) => weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    words: /\bahv|avs\b/i,
    alone: 0.9,
  },
  {
    country: 'NL',
    minDigits: 9,
    pattern: /(?<![\w.+-])\d{9}(?![\w-]|\.\d)/g,
    valid: (digits) => weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    words: /\b(?:bsn|burgerservice|sofi)/i,
    alone: undefined,
  },
  {
    country: 'CA',
    minDigits: 9,
    pattern: /(?<![\w.+-])\d{3}([ -]?)\d{3}\1\d{3}(?![\w-]|\.\d)/g,
    valid: luhn,
    words: /\b(?:sin|social insurance)\b/i,
    alone: undefined,
  },
];

export const NATIONAL_ID_RULES: readonly Rule[] = NATIONAL_IDS.map(({ pattern, minDigits, valid, words, alone }) => ({
  label: 'national-id',
  minDigits,
  pattern,
  accept: (value, before, after) => {
    if (!valid(digitsOf(value), value)) return undefined;
    if (near(before, words) || words.test(after.slice(0, 24))) return 0.97;
    if (alone === undefined || near(before, THING)) return undefined;
    // Nine digits in one piece say nothing by themselves.
    return /^\d{9}$/.test(value) ? undefined : alone;
  },
}));
