// What a question was read as: a statement to agree or disagree with, a sentence with a gap for options, or neither.
import { capitalised } from './clause.ts';

/** Where an option stands in a template. */
export const GAP = '{option}';

/** What is asked for: "gateway features" has head `feature` and modifier `gateway`. */
export interface AskedThing {
  readonly text: string;
  readonly head: string | undefined;
  readonly modifiers: readonly string[];
}

export type Parsed =
  | { readonly kind: 'statement'; readonly proposition: string; readonly assumptions: readonly string[] }
  | {
      readonly kind: 'choice';
      readonly template: string;
      readonly asked: AskedThing;
      readonly seeks: 'actor' | 'place' | 'thing';
      /** Options that the question itself lists. */
      readonly listed: readonly string[];
      readonly assumptions: readonly string[];
    }
  | { readonly kind: 'unclear' };

export const statement = (proposition: string, ...assumptions: readonly string[]): Parsed => ({
  kind: 'statement',
  proposition: capitalised(proposition.trim()),
  assumptions,
});
