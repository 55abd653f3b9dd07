// How a rule of prompt injection is written.
import type { Role } from '../check.ts';

export interface InjectionRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly weight: number;
  /** Where this role's texts are untrusted enough for the rule; absent = everywhere. */
  readonly roles?: readonly Role[];
  /** One of these must occur for the pattern to be tried. */
  readonly hints: readonly string[];
}

export const rule = (
  name: string,
  weight: number,
  hints: readonly string[],
  source: string,
  roles?: readonly Role[],
): InjectionRule => ({
  name,
  weight,
  hints,
  pattern: new RegExp(source, 'gu'),
  ...(roles === undefined ? {} : { roles }),
});
