// All facts of one sentence: by its verbs, by roles and titles, by example.
import type { Anchor } from '../coreference/resolve.ts';
import type { Sentence } from '../language/token.ts';
import { findExampleFacts } from './examples.ts';
import type { Fact } from './fact.ts';
import { findVerbFacts } from './find-relations.ts';
import { findRoleFacts } from './roles.ts';
import { findTies } from './ties/find-ties.ts';
import { findVerbGroups } from './verb-groups.ts';

/** Facts about the things anchored in a sentence; a headline says none that its words alone would prove. */
export function findFacts(sentence: Sentence, anchors: readonly Anchor[]): readonly Fact[] {
  if (sentence.headline || anchors.length === 0) return [];
  const view = { sentence, anchors, groups: findVerbGroups(sentence) };
  return [...findRoleFacts(view), ...findExampleFacts(view), ...findTies(view), ...findVerbFacts(view)];
}
