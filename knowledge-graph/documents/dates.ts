// Dates as files write them, brought to ISO 8601. A time without a zone is reduced to its day: guessing a zone
// would make the answer depend on the machine.

const pad = (value: string): string => value.padStart(2, '0');

function day(year: string, month: string, date: string): string | undefined {
  const iso = `${year}-${pad(month)}-${pad(date)}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

function instant(text: string): string | undefined {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  const iso = new Date(time).toISOString();
  return /^\d{4}-/.test(iso) ? iso.replace('.000Z', 'Z') : undefined;
}

/** `2026-05-18`, `2026-05-18T07:17:29Z`, or undefined where the text is no date. */
export function isoDate(raw: string | undefined): string | undefined {
  const text = raw?.trim() ?? '';
  if (text === '' || text.length > 64) return undefined;

  // D:20240229103000+08'00' of PDF, and the bare 20240229.
  const compact = /^(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:(Z)|([+-]\d{2})'?(\d{2})?'?)?)?/.exec(text);
  if (compact !== null && /^(D:|\d{8}($|\D))/.test(text)) {
    const [, year = '', month = '', date = '', hour, minute, second = '00', zulu, zoneHour, zoneMinute = '00'] = compact;
    const zone = zulu ?? (zoneHour === undefined ? undefined : `${zoneHour}:${zoneMinute}`);
    if (hour === undefined || minute === undefined || zone === undefined) return day(year, month, date);
    return instant(`${year}-${month}-${date}T${hour}:${minute}:${second}${zone}`) ?? day(year, month, date);
  }

  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/i.exec(text);
  if (iso !== null) {
    const [, year = '', month = '', date = '', zone] = iso;
    return (zone === undefined ? undefined : instant(text.replace(' ', 'T').replaceAll(/\s/g, ''))) ?? day(year, month, date);
  }
  if (/^\d{4}(-\d{2})?$/.test(text)) return text;

  const eastAsian = /^(\d{4})\s*[年/.]\s*(\d{1,2})\s*[月/.]\s*(\d{1,2})/.exec(text);
  if (eastAsian !== null) return day(eastAsian[1] ?? '', eastAsian[2] ?? '', eastAsian[3] ?? '');

  // Mail and HTTP style, English month names. Anything else that `Date.parse` would guess at is refused.
  if (!/\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(text) || !/\d{4}/.test(text)) return undefined;
  if (/\d:\d{2}.*(\b(GMT|UTC?|Z|[ECMP][SD]T)\b|[+-]\d{4})/.test(text)) return instant(text);
  const plain = text.replace(/(\d)(st|nd|rd|th)\b/, '$1').replace(/[\s,T]+(at\s+)?\d{1,2}:\d{2}.*$/, '');
  return instant(`${plain} UTC`)?.slice(0, 10);
}
