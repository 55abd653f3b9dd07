// Makes a ComputedNumber from a name and arguments, and makes it again for the checker.
import { ShoalError } from '#foundation';
import type { ComputedNumber } from '../contract.ts';
import { formatNumber } from './format.ts';
import type { Source } from './source.ts';
import { NUMBERS, type NumberArgs } from './table.ts';

/** The number, or `undefined` where the name is unknown or the record has no such thing. */
export function recompute(source: Source, name: string, args: NumberArgs): ComputedNumber | undefined {
  const row = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
  const value = row?.compute(source, ...args);
  if (row === undefined || value === undefined || !Number.isFinite(value)) return undefined;
  const unit = typeof row.unit === 'function' ? row.unit(args) : row.unit;
  return { value, text: formatNumber(value, unit), source: { name, args } };
}

/** The same for a section that knows the number exists. */
export function computed(source: Source, name: string, ...args: NumberArgs): ComputedNumber {
  const number = recompute(source, name, args);
  if (number === undefined) {
    throw new ShoalError('internal', `The report asks for the number ${name}(${args.join(', ')}), which this run does not have.`);
  }
  return number;
}
