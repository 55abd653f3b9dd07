// What is personal only because of the words around it: dates of birth, passports, street addresses.
import { near } from './rule.ts';
import type { Rule } from './rule.ts';

const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|okt|dez|janvier|février|mars|avril|juin|juillet|août|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept)[a-zéû]{0,7}\\.?';
const BORN =
  /(?:\bborn(?: on)?|\bdate of birth|\bd\.?o\.?b\.?|\bbirth ?da(?:te|y)|\bgeb(?:oren|urtsdatum|urtstag|\.)|\bnée?(?: le)?|\bnacid[oa]|\bnacimiento|\bdata di nascita|\bnat[oa] il|出生(?:日期|年月|于)?|生日)[\s:：,.(]*(?:is|am|on|the|el|le|är)?[\s:：]*$/i;

const birthDate: Rule = {
  label: 'birth-date',
  minDigits: 4,
  hint: /born|birth|d\.?o\.?b|geb|née? |né le|nac|nascita|nat[oa] il|出生|生日/i,
  pattern: new RegExp(
    `(?<!\\d)(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:19|20)?\\d{2}|\\d{1,2}(?:st|nd|rd|th|\\.)? (?:of |de )?${MONTH},? (?:de )?(?:19|20)\\d{2}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d{2}|\\d{4}年\\d{1,2}月\\d{1,2}日)(?!\\d)`,
    'gi',
  ),
  accept: (_, before) => (near(before, BORN, 32) ? 0.9 : undefined),
};

const passport: Rule = {
  label: 'passport',
  minDigits: 4,
  hint: /passport|reisepass|passeport|pasaporte|passaporto|护照/i,
  pattern: /(?<![A-Za-z0-9])(?=[A-Z0-9]*\d{2})[A-Z0-9]{8,9}(?![A-Za-z0-9])/g,
  accept: (value, before) =>
    /\d{4}|^[CFGHJKLMNPRTVWXYZ0-9]{9}$|^\d{2}[A-Z]{2}\d{5}$/.test(value) &&
    near(before, /(?:passport|reisepass|passeport|pasaporte|passaporto|护照)[^\d\n]{0,16}$/i, 32)
      ? 0.9
      : undefined,
};

const NAME = "[A-ZÀ-ÖØ-Þ][\\p{L}'’.-]*";
const ENGLISH_KIND =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Close|Mews|Way)';

const english: Rule = {
  label: 'address',
  minDigits: 1,
  pattern: new RegExp(
    `(?<![\\w.,$€£-])\\d{1,5}[A-Za-z]?(?:-\\d{1,4})? (?:(?:North|South|East|West|[NSEW]\\.?) )?(?:(?:${NAME}|\\d{1,3}(?:st|nd|rd|th)) ){1,3}${ENGLISH_KIND}(?![\\p{L}])(?:(?<=\\b(?:St|Ave|Rd|Blvd|Ln|Dr|Ct|Pl|Sq|Pkwy|Hwy))\\.)?(?: (?:NW|NE|SW|SE|N|S|E|W)\\b)?(?:,? (?:Apt|Suite|Ste|Unit|Flat|#)\\.? ?\\w{1,6})?`,
    'gu',
  ),
  accept: () => 0.8,
};

const box: Rule = { label: 'address', minDigits: 1, hint: /box/i, pattern: /\bP\.? ?O\.? Box \d{1,6}\b/gi, accept: () => 0.85 };

const german: Rule = {
  label: 'address',
  minDigits: 1,
  hint: /stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|damm|ufer|ring|markt|\b(?:A[mn]|I[mn]|Auf|Zu[mr]) /i,
  pattern: new RegExp(
    `(?<![\\p{L}])(?:\\p{Lu}[\\p{L}-]*(?:straße|strasse|str\\.|weg|allee|platz|gasse|damm|ufer|ring|markt)|(?:Am|An der|Im|In der|Auf dem|Zum|Zur) (?:${NAME} )?${NAME}|(?:${NAME} )(?:Straße|Strasse|Str\\.|Weg|Allee|Platz|Ring|Ufer)) \\d{1,4} ?[a-h]?(?![\\p{L}\\d.,:%])`,
    'gu',
  ),
  accept: (value) => (/^(?:Am|Im|An|In|Auf|Zum|Zur) /.test(value) ? 0.55 : 0.85),
};

const romance: Rule = {
  label: 'address',
  minDigits: 1,
  hint: /rue|avenue|boulevard|place|allée|chemin|impasse|quai|cours|calle|C\/|aven?d|plaza|paseo|via|piazza|corso|rua|ul\./i,
  pattern: new RegExp(
    `(?<![\\w.])\\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|allée|chemin|impasse|quai|cours) (?:(?:de|du|des|la|le|les|l'|d') ?){0,3}${NAME}(?: ${NAME}){0,2}|(?<![\\p{L}])(?:Calle|C/|Avenida|Avda\\.?|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|ul\\.) (?:(?:de|del|della|la|las|los|di|da) ){0,2}${NAME}(?: ${NAME}){0,2},? (?:n[ºo.]? ?)?\\d{1,4}(?!\\d)`,
    'gu',
  ),
  accept: () => 0.8,
};

const chinese: Rule = {
  label: 'address',
  minDigits: 1,
  hint: /[号號]/,
  pattern: /[\p{Script=Han}]{2,8}(?:路|街|大街|大道|道|巷|胡同)\d{1,5}[号號](?:[\p{Script=Han}\d]{0,8}(?:室|单元|楼))?/gu,
  accept: () => 0.85,
};

export const BIRTH_AND_PASSPORT_RULES: readonly Rule[] = [birthDate, passport];
export const ADDRESS_RULES: readonly Rule[] = [english, box, german, romance, chinese];
