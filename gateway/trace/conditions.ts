// Conditions of a query in SQL, on columns that hold numbers of names. A name that nobody has ever used matches nothing.
import type { Names } from './names.ts';

export interface Conditions {
  readonly where: string;
  readonly values: readonly number[];
}

/** `named` pairs a column with a name, `plain` a comparison (`at_ms >= ?`) with a number; undefined = no condition. */
export function conditionsOf(
  names: Names,
  named: Readonly<Record<string, string | undefined>>,
  plain: Readonly<Record<string, number | undefined>>,
): Conditions {
  const parts: string[] = [];
  const values: number[] = [];
  for (const [column, name] of Object.entries(named)) {
    if (name === undefined) continue;
    parts.push(`${column} = ?`);
    values.push(name === '' ? 0 : (names.find(name) ?? -1));
  }
  for (const [comparison, value] of Object.entries(plain)) {
    if (value === undefined) continue;
    parts.push(comparison);
    values.push(value);
  }
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), values };
}
