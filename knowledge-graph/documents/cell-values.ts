// The cells of a workbook as people see them: dates as ISO dates, percentages with their sign, numbers without the
// noise of binary fractions, errors as nothing.
import { childrenOf, descendant, type XmlNode } from './xml-part.ts';

export type NumberKind = 'number' | 'date' | 'percent';

/** Numbers of Excel's own date and time formats (ECMA-376 part 1, 18.8.30), those of East Asia among them. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
const MS_PER_DAY = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

function kindOfCode(code: string): NumberKind {
  const signs = code.replaceAll(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '');
  if (/general/i.test(signs)) return 'number';
  if (/[ymdhs]/i.test(signs)) return 'date';
  return signs.includes('%') ? 'percent' : 'number';
}

/** What each cell style makes of a number, by the style's index. */
export function numberKinds(styles: XmlNode | undefined): readonly NumberKind[] {
  const formats = styles === undefined ? undefined : descendant(styles, 'numFmts');
  const codes = new Map(
    (formats === undefined ? [] : childrenOf(formats, 'numFmt')).map(({ attributes }) => [
      Number(attributes['numFmtId']),
      attributes['formatCode'] ?? '',
    ]),
  );
  const cells = styles === undefined ? undefined : descendant(styles, 'cellXfs');
  return (cells === undefined ? [] : childrenOf(cells, 'xf')).map(({ attributes }) => {
    const id = Number(attributes['numFmtId'] ?? 0);
    const code = codes.get(id);
    if (code !== undefined) return kindOfCode(code);
    if (isBuiltInDate(id)) return 'date';
    return id === 9 || id === 10 ? 'percent' : 'number';
  });
}

/** Excel keeps 15 digits; what follows is the error of the binary fraction. */
const fifteenDigits = (value: number): string => String(Number(value.toPrecision(15)));

function dateText(serial: number, isFrom1904: boolean): string | undefined {
  // Excel counts a 29 February 1900 that never was: before it the numbers are one ahead.
  const days = !isFrom1904 && serial < 60 ? serial + 1 : serial;
  const time = (isFrom1904 ? EPOCH_1904 : EPOCH_1900) + Math.round((days * MS_PER_DAY) / 1000) * 1000;
  if (serial < 0 || Number.isNaN(new Date(time).getTime())) return undefined;
  const iso = new Date(time).toISOString();
  if (serial < 1) return iso.slice(11, 16);
  return Number.isInteger(serial) ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

export function numberText(raw: string, kind: NumberKind, isFrom1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || Number.isNaN(value)) return raw;
  if (kind === 'date') return dateText(value, isFrom1904) ?? fifteenDigits(value);
  return kind === 'percent' ? `${fifteenDigits(value * 100)}%` : fifteenDigits(value);
}
