// How sure each kind of merge is, as shown to a person who reviews them; the rules themselves decide yes or no.
import type { MergeReason } from '../contract.ts';

export const MERGE_SCORES: Readonly<Record<MergeReason, number>> = {
  person: 1,
  'declared-alias': 0.95,
  'same-name': 0.95,
  'lower-case': 0.8,
  model: 0.8,
  initials: 0.8,
  'similar-spelling': 0.8,
  'name-part': 0.75,
  'short-form': 0.7,
};
