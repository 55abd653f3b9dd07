// Numbers and times as people read them, always with their unit.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const THIN = '\u202f';

export const count = (value: number): string => whole.format(value);
export const compact = (value: number): string => (Math.abs(value) < 10_000 ? whole.format(value) : short.format(value));
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)}${THIN}%`;
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;
export const measureValue = (value: number): string => decimal.format(value);

export function signed(value: number): string {
  const rounded = value.toFixed(2);
  if (rounded === '0.00' || rounded === '-0.00') return '0.00';
  return value > 0 ? `+${rounded}` : `\u2212${rounded.slice(1)}`;
}

export function usd(value: number): string {
  if (value === 0) return '$0';
  if (value < 0.0001) return 'under $0.0001';
  if (value < 0.01) return `$${value.toFixed(4)}`;
  if (value < 1000) return `$${value.toFixed(2)}`;
  return `$${whole.format(value)}`;
}

/** Amounts of the gateway are integer nano-USD. */
export const nanoUsd = (nano: number): string => usd(nano / 1e9);
/** Prices and limits, as exactly as they were set. */
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 9 });
export const exactUsd = (value: number): string => `$${exact.format(value)}`;

/** Of a step or a call: down to microseconds. */
export function milliseconds(value: number): string {
  if (value <= 0) return `0${THIN}ms`;
  if (value < 0.95) return `${Math.max(1, Math.round(value * 1000))}${THIN}µs`;
  if (value < 9.95) return `${value.toFixed(1)}${THIN}ms`;
  return duration(value / 1000);
}

export function duration(seconds: number): string {
  if (seconds < 0.95) return `${Math.max(1, Math.round(seconds * 1000))}${THIN}ms`;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}${THIN}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${THIN}min ${Math.round(seconds % 60)}${THIN}s`;
  return `${Math.floor(minutes / 60)}${THIN}h ${minutes % 60}${THIN}min`;
}

export function bytes(value: number): string {
  if (value < 1000) return `${value}${THIN}B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(1)}${THIN}kB`;
  return `${(value / 1e6).toFixed(1)}${THIN}MB`;
}

const clock = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'UTC',
});
/** Time inside the simulated world, which is kept in UTC. */
export const worldTime = (iso: string): string => clock.format(new Date(iso));

const date = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
export const dateTime = (iso: string): string => date.format(new Date(iso));

const dayTime = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** For what is near: without the year. */
export const dayAndTime = (iso: string): string => dayTime.format(new Date(iso));

const seconds = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
/** When a call came: people look for it among others of the same minute. */
export const toTheSecond = (iso: string): string => seconds.format(new Date(iso));

export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return dayAndTime(iso);
}

/** The embedded model is rules and statistics, and is always called so. */
export const modelName = (id: string): string => (id.startsWith('embedded') ? 'embedded (rule-based)' : id);

/** `openness-to-change` → `Openness to change`. */
export const words = (slug: string): string => {
  const text = slug.replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
