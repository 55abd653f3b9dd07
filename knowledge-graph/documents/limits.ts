// What one file may cost. Every limit protects the machine from one bad file and is named in the refusal,
// so that a person knows which one to raise.
import { ShoalError } from '#foundation';
import type { ReadLimits } from '../contract.ts';

export const DEFAULT_LIMITS: ReadLimits = {
  maxFileBytes: 256 * 1024 * 1024,
  maxPages: 3_000,
  maxExpansionRatio: 200,
  maxExpandedBytes: 256 * 1024 * 1024,
  maxCharacters: 128 * 1024 * 1024,
  timeoutMs: 60_000,
};

const NAMES = Object.keys(DEFAULT_LIMITS) as (keyof ReadLimits)[];
const isLimitName = (name: string): name is keyof ReadLimits => NAMES.some((known) => known === name);

/** Fills the gaps from the defaults; refuses unknown names and values that are not positive numbers. */
export function resolveLimits(partial: Partial<ReadLimits> = {}): ReadLimits {
  for (const [name, value] of Object.entries(partial)) {
    if (!isLimitName(name)) {
      throw new ShoalError('invalid_input', `There is no reading limit named "${name}".`, {
        hint: `Use one of: ${NAMES.join(', ')}.`,
      });
    }
    if (value !== undefined && !(typeof value === 'number' && value > 0 && Number.isFinite(value))) {
      throw new ShoalError('invalid_input', `The reading limit ${name} must be a positive number, not ${String(value)}.`, {
        hint: `Leave it out to use ${DEFAULT_LIMITS[name]}.`,
      });
    }
  }
  const given = Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_LIMITS, ...given };
}

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A size for a person: `48 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), BYTE_UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${BYTE_UNITS[power] ?? 'bytes'}`;
}
