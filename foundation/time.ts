// Lengths of time in milliseconds. A day is 24 hours: where a calendar counts, ask the calendar.
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
