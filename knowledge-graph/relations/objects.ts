// Whom or what a verb reaches: the head of the phrase after it, with the rest of a list; after a passive, who did it.
import type { Anchor } from '../coreference/resolve.ts';
import type { Token } from '../language/token.ts';
import { isThing } from './fact.ts';
import type { SentenceView } from './fact.ts';
import type { VerbGroup } from './verb-groups.ts';

/** Who a passive says did it: after "by", within the clause. */
export function agentsOf(view: SentenceView, group: VerbGroup): readonly Anchor[] {
  const { tokens } = view.sentence;
  for (let at = group.verb + 1; at < Math.min(tokens.length, group.verb + 11); at++) {
    const token = tokens[at];
    if (token === undefined || /^(VERB|AUX|SCONJ)$/.test(token.pos) || token.text === ';') return [];
    if (token.lower === 'by') return objectsOf(view, { ...group, to: at + 1 });
  }
  return [];
}

/** The first thing in the noun phrase after the verb, and those joined to it by commas and "and". */
export function objectsOf(
  { sentence, anchors, limit }: Pick<SentenceView, 'sentence' | 'anchors' | 'limit'>,
  group: VerbGroup,
): readonly Anchor[] {
  const { tokens } = sentence;
  const end = limit ?? tokens.length;
  const objects: Anchor[] = [];
  let at = group.to;
  let skipped = 0;
  while (at < end && skipped <= 6) {
    const anchor = anchors.find((candidate) => candidate.from === at && isThing(candidate));
    if (anchor !== undefined) {
      // "Edith Marr, the clerk": an aside says what a name is; it is not the next item.
      if (objects[0]?.cluster.kind === 'name' && anchor.cluster.kind !== 'name') return objects;
      if (!isHead(tokens, anchor)) return objects;
      objects.push(anchor);
      const joint = jointAfter(tokens, anchor.to, anchors);
      if (joint === undefined || joint >= end || objects.length >= 6) return objects;
      at = joint;
      skipped = 4;
      continue;
    }
    const token = tokens[at];
    if (token === undefined || !/^(DET|ADJ|NUM|ADV|PART|PRON|NOUN|PROPN)$/.test(token.pos)) return objects;
    if (token.pos === 'PRON' && !/^(its|their|his|her|our|your|my)$/.test(token.lower)) return objects;
    // "becomes not just a record": what it is said not to reach.
    if (token.pos === 'PART' && /^(to|not)$/.test(token.lower)) return objects;
    at++;
    skipped++;
  }
  return objects;
}

/** Whether a thing is what the phrase is about, not what it merely qualifies: not "OpenAI" in "OpenAI-compatible APIs". */
function isHead(tokens: readonly Token[], anchor: Anchor): boolean {
  const next = tokens[anchor.to];
  if (next === undefined) return true;
  if (next.text === '的' || next.text === "'s" || next.text === '’s' || (next.text === '-' && !next.spaced)) return false;
  // "film and television director"
  const isJoined = next.pos === 'CCONJ' && [1, 2].every((ahead) => /^(NOUN|PROPN)$/.test(tokens[anchor.to + ahead]?.pos ?? ''));
  const isNamed = tokens[anchor.to + 1]?.pos === 'PROPN' && tokens[anchor.to + 2]?.pos === 'PROPN';
  // "a tier 2 target"
  const isNumbered = next.pos === 'NUM' && anchor.cluster.kind === 'concept';
  return !/^(NOUN|PROPN)$/.test(next.pos) && !isNumbered && (!isJoined || isNamed);
}

/** Where the next item of a list starts, if this is one: a comma alone joins only while the list goes on. */
function jointAfter(tokens: readonly Token[], at: number, anchors: readonly Anchor[]): number | undefined {
  let next = at;
  if (tokens[next]?.text === ',') next++;
  const conjunction = tokens[next]?.pos === 'CCONJ' && tokens[next]?.lower !== 'but';
  if (conjunction) next++;
  if (next === at) return undefined;
  const opensItem = (at: number): boolean => anchors.some((anchor) => anchor.from === at);
  while (!opensItem(next) && /^(DET|ADJ)$/.test(tokens[next]?.pos ?? '')) next++;
  const item = anchors.find((anchor) => anchor.from === next);
  const after = item === undefined ? undefined : tokens[item.to];
  return conjunction || after?.text === ',' || after?.pos === 'CCONJ' ? next : undefined;
}
