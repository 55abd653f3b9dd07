// Cards and bank accounts: numbers that carry their own check, so that one is hardly ever found by chance.
import { luhn, remainder } from '../checksums.ts';
import { digitsOf, near, THING } from './rule.ts';
import type { Rule } from './rule.ts';

/** Brand by prefix and length, as the brands publish them (ISO/IEC 7812 issuer ranges). */
function cardBrand(digits: string): string | undefined {
  const { length } = digits;
  const two = Number(digits.slice(0, 2));
  const four = Number(digits.slice(0, 4));
  if (digits.startsWith('4') && (length === 13 || length === 16 || length === 19)) return 'visa';
  if (length === 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))) return 'mastercard';
  if (length === 15 && (two === 34 || two === 37)) return 'amex';
  if (length >= 16 && (four === 6011 || two === 65 || (four >= 6440 && four <= 6499))) return 'discover';
  if (length === 14 && (two === 36 || two === 38 || two === 39 || (four >= 3000 && four <= 3059))) return 'diners';
  if ((length === 16 && four >= 3528 && four <= 3589) || (length === 15 && (four === 2131 || four === 1800))) return 'jcb';
  if (length >= 16 && two === 62) return 'unionpay';
  return undefined;
}

const CARD_WORD =
  /\b(?:card|visa|master ?card|amex|american express|credit|debit|kreditkarte|carte|tarjeta|carta)\b|信用卡|银行卡|卡号/i;

const card: Rule = {
  label: 'card',
  minDigits: 13,
  pattern: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g,
  accept: (value, before) => {
    const groups = value.split(/[ -]/);
    // Written in one piece or in the groups that are printed on cards.
    if (groups.length > 1 && !/^(?:4-4-4-4(?:-3)?|4-6-[45]|4-3-3-3)$/.test(groups.map((group) => group.length).join('-')))
      return undefined;
    const digits = digitsOf(value);
    if (cardBrand(digits) === undefined || !luhn(digits)) return undefined;
    if (near(before, CARD_WORD)) return 0.99;
    return near(before, THING) ? undefined : 0.85;
  },
};

/** Country and length, from the IBAN registry (ISO 13616). */
const IBAN_LENGTHS = `
  AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28
  EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26
  IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30
  NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28
  TL23 TN24 TR26 UA29 VA22 VG24 XK20`;
const LENGTH_BY_COUNTRY: ReadonlyMap<string, number> = new Map(
  IBAN_LENGTHS.trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** A word in capitals after the number would be taken for a part of it: then the length does not fit and it is not found. */
const iban: Rule = {
  label: 'iban',
  minDigits: 8,
  hint: /[A-Z]{2}\d{2}/,
  pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])/g,
  accept: (value) => (isIban(value.replaceAll(' ', '')) ? 0.99 : undefined),
};

function isIban(text: string): boolean {
  if (LENGTH_BY_COUNTRY.get(text.slice(0, 2)) !== text.length) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  return (
    remainder(
      turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

export const ACCOUNT_RULES: readonly Rule[] = [card, iban];
