// Amounts with a unit: money, shares, physical and computing quantities. A bare number is none.
export interface AmountSpan {
  readonly start: number;
  readonly end: number;
}

const NUMBER = '\\d[\\d,]*(?:\\.\\d+)?';
const SCALE = '(?:hundred|thousand|million|billion|trillion|m|bn|k|M|B|K)';
const UNIT =
  '(?:%|percent|per cent|percentage points?|µs|μs|ms|microseconds?|milliseconds?|seconds?|minutes?|hours?|days|weeks|months|years|' +
  'kg|tonnes?|tons?|grams?|km|kilometres?|kilometers?|miles?|metres?|meters?|hectares?|acres?|MW|GW|kWh|GB|MB|TB|KB|' +
  'tokens|requests?(?: per second|/second|/s)?|RPS|QPS|jobs|people|residents|users|customers|employees|workers|members|votes|homes|euros?|dollars?|pounds?|signatures|models|providers|servers|tools)';
const PATTERNS = [
  new RegExp(`(?:US|A|C)?[$€£¥] ?${NUMBER}(?:[ -]?${SCALE}\\b)?(?: per \\w+|/(?:month|year|hour|user|token))?`, 'g'),
  new RegExp(`(?<![\\w.,])${NUMBER}[+x]?[ -]?(?:${SCALE} )?${UNIT}(?![\\w])`, 'g'),
];

/** Amounts of a text in reading order, without overlaps. */
export function findAmounts(text: string): readonly AmountSpan[] {
  if (!/\d/.test(text)) return [];
  const found: AmountSpan[] = [];
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (!found.some((other) => span.start < other.end && other.start < span.end)) found.push(span);
    }
  }
  return found.toSorted((left, right) => left.start - right.start);
}
