// One spelling for each number: a value and its unit give exactly one text, which is what the checker compares.

export type Unit = 'share' | 'points' | 'count' | 'plain' | 'index' | 'usd' | 'hours';

/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';

export const formatNumber = (value: number, unit: Unit): string => FORMATS[unit](value);

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  share: (value) => `${percent(value * 100)}${NBSP}%`,
  points: (value) => {
    const text = percent(value * 100);
    return `${text}${NBSP}${text === '1' ? 'point' : 'points'}`;
  },
  count: (value) => thousands(Math.round(value)),
  plain: String,
  index: (value) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace('-', '−'),
  usd: (value) => dollars(value),
  hours: (value) => duration(value),
};

/** Whole per cents, with one decimal where a whole one would hide the size. */
function percent(value: number): string {
  const magnitude = Math.abs(value);
  const text = magnitude >= 9.95 || magnitude < 0.05 ? String(Math.round(magnitude)) : magnitude.toFixed(1).replace(/\.0$/, '');
  return value < 0 && text !== '0' ? `−${text}` : text;
}

const thousands = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');

function dollars(nano: number): string {
  const usd = nano / 1e9;
  if (nano === 0) return '$0';
  return usd >= 1 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(6).replace(/0+$/, '').replace(/\.$/, '')}`;
}

function duration(hours: number): string {
  const days = hours / 24;
  if (hours >= 48 && Number.isInteger(days)) return `${thousands(days)}${NBSP}days`;
  const rounded = Math.round(hours * 10) / 10;
  return `${rounded}${NBSP}${rounded === 1 ? 'hour' : 'hours'}`;
}
