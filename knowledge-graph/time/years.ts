// A bare number of four digits as a year. Prose means a year by most of them, so one counts unless its surroundings
// say what else it is: a quantity, a price, a part of a name or number, a version.
const UNITS =
  /^[\s-](?:percent|per cent|people|persons?|members?|users?|customers?|voters?|votes?|residents?|inhabitants?|citizens?|men|women|children|students?|pupils?|teachers?|workers?|employees?|staff|soldiers?|troops?|prisoners?|refugees?|passengers?|players?|fans?|spectators?|seats?|rooms?|beds?|houses?|homes?|families|households?|jobs?|copies|pages?|words?|lines?|items?|units?|species|stores?|shops?|cars?|vehicles?|lorries|trucks?|ships?|tanks?|aircraft|planes?|tons?|tonnes?|kg|kilograms?|grams?|pounds?|lbs?|km|kilomet(?:er|re)s?|m|met(?:er|re)s?|miles?|yards?|feet|foot|ft|inches|acres?|hectares?|ha|sq|square|cubic|watts?|kW|MW|GW|hp|horsepower|rpm|hours?|hrs?|minutes?|seconds?|days?|weeks?|months?|years?|times|points?|dollars?|cents|euros?|yen|yuan|rupees|francs?|marks|degrees|°|calories|volts?|bytes?|bits?|[kKMGT]B|Hz|[kMG]Hz|cc|ml|lit(?:er|re)s?|barrels?|sheep|cattle|horses|trees|islands|villages|schools|hospitals|churches)(?![\p{L}\d-])/u;
const UNITS_CHINESE =
  /^\s?(?:多|余)?(?:人|名|个|元|块|美元|欧元|万|亿|千米|公里|米|吨|公斤|克|家|件|条|次|户|辆|台|座|只|张|页|字|平方|亩|公顷|小时|分钟|天)/u;
/** What takes a number after it that is no year. */
const LABELS =
  /(?:^|[^\p{L}])(?:route|highway|interstate|motorway|road|rd|flight|room|suite|apt|apartment|bus|no|nr|number|numbers|#|nos|model|page|pages|pp|p|section|article|chapter|iso|iec|rfc|din|ieee|channel|lot|unit|box|code|pin|zip|extension|ext|version|ver|v|build|release|port|error|asteroid|ngc|ic|hd|type|class|series|mark|mk|size|population(?: (?:of|was|is))?|numbered|totall?ing|totals?|costs?|capacity of|pays?|paid)\.?[\s:]*$/iu;
/** "1600 Pennsylvania Avenue" is a house. */
const STREET = /^(?: \p{Lu}[\p{L}.'’]+){1,3} (?:Avenue|Ave|Street|St|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Square|Place|Court)\b/u;
const LICENCE =
  /(?:^|[^\p{L}])(?:in|since|by|until|till|from|before|after|during|circa|around|about|of|year|and|to|c|ca|early|late|mid|between|through|spring|summer|autumn|fall|winter|anno|years|died|born|b|d|approximately|the|a|an)\.?[\s~-]*$|[(（,;–—][\s~]*$/iu;

/** Whether the digits at `[start, end)` stand for a year. */
export function isYear(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 24);
  if (/[\w$€£¥#@/\\.%+=~^]$|\d[,:-]$|\d\s$/u.test(before) && !isSentenceStart(before)) return false;
  if (/[\p{Sc}]\s?$/u.test(before) || /^(?:[,.:]\d|[%°€£¥\\@=^]|\/\d|\s?(?:%|€|£))/u.test(after)) return false;
  if (/^[\p{Script=Latin}_\d]/u.test(after) || /^[-–]\d{3,}/.test(after) || /(?:^|[\s(])[A-Z]{2,}-$/.test(before)) return false;
  if (UNITS.test(after) || UNITS_CHINESE.test(after) || /^\s\d{3,}/.test(after)) return false;
  if (LABELS.test(before) || STREET.test(after)) return false;
  const year = Number(text.slice(start, end));
  // A round thousand, a number under 1500 and a far future are as often something else: something must say that it is a year.
  return (year >= 1500 && year < 2030 && year % 1000 !== 0) || LICENCE.test(before);
}

/** "… ended.1990 was": a full stop after a letter ends a sentence; "3.1990" is a number. */
const isSentenceStart = (before: string): boolean => /\p{L}[.]$/u.test(before) && !/\b(?:www|\w+\.\w+)\.$/u.test(before);
