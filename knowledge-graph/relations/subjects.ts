// Who a verb is said of: the head of the phrase before it, over asides and relative pronouns.
import type { Anchor } from '../coreference/resolve.ts';
import type { Token } from '../language/token.ts';
import { isThing } from './fact.ts';
import type { SentenceView } from './fact.ts';
import type { VerbGroup } from './verb-groups.ts';

/** "…, and adds": the subject of the verb before goes on. */
export function continues({ sentence, anchors }: SentenceView, group: VerbGroup): boolean {
  const previous = sentence.tokens[group.from - 1];
  return previous?.pos === 'CCONJ' && !anchors.some((anchor) => anchor.to === group.from);
}

export function subjectOf(
  { sentence, anchors }: SentenceView,
  group: VerbGroup,
  previousGroup: VerbGroup | undefined,
): Anchor | undefined {
  const { tokens } = sentence;
  const floor = previousGroup?.to ?? 0;
  const before = anchors.filter((anchor) => isThing(anchor) && anchor.to <= group.from);
  for (const anchor of before.toReversed()) {
    const gap = tokens.slice(anchor.to, group.from);
    if (gap.some((token) => /^(VERB|AUX|SCONJ)$/.test(token.pos)) && !isBracketed(gap)) return undefined;
    if (gap.length > 14) return undefined;
    const adjacent = gap.length === 0 || isRelative(gap) || isBracketed(gap) || isRoleTail(gap);
    if (!adjacent) {
      if (gap.some((token) => /^(NOUN|PRON)$/.test(token.pos)) && !isOfPhrase(gap)) return undefined;
      if (!isOfPhrase(gap)) continue;
    }
    if (hangsOnPreposition(tokens, anchor)) continue;
    return anchor.from >= floor || adjacent ? named(before, anchor, tokens) : undefined;
  }
  return undefined;
}

/** "Its robot, the Atlas 3, is …": the name in apposition says what the noun before it is. */
function named(before: readonly Anchor[], anchor: Anchor, tokens: readonly Token[]): Anchor {
  if (anchor.cluster.kind === 'name' || tokens[anchor.to]?.text !== ',') return anchor;
  const at = /^(DET)$/.test(tokens[anchor.to + 1]?.pos ?? '') ? anchor.to + 2 : anchor.to + 1;
  return before.find((other) => other.from === at && other.cluster.kind === 'name' && tokens[other.to]?.text === ',') ?? anchor;
}

const isRelative = (gap: readonly Token[]): boolean => /^,? ?(which|that|who)$/.test(gap.map((token) => token.lower).join(' '));

/** ", the mayor of Riverton," and "(PTY)": an aside between subject and verb. */
const isBracketed = (gap: readonly Token[]): boolean =>
  gap.length >= 2 &&
  ((gap[0]?.text === ',' && gap.at(-1)?.text === ',') ||
    (gap[0]?.text === '(' && gap.at(-1)?.text === ')') ||
    (/^[–—]$/.test(gap[0]?.text ?? '') && /^[–—]$/.test(gap.at(-1)?.text ?? '')));

const isRoleTail = (gap: readonly Token[]): boolean => gap.length === 1 && /^["”'’)]$/.test(gap[0]?.text ?? '');

const isOfPhrase = (gap: readonly Token[]): boolean =>
  /^(of|in|at|for|from)$/.test(gap[0]?.lower ?? '') && gap.length <= 6 && !gap.some((token) => token.text === ',');

/** "of Riverton", "in the region": the head of that phrase stands before the preposition. */
function hangsOnPreposition(tokens: readonly Token[], anchor: Anchor): boolean {
  let at = anchor.from - 1;
  while (at >= 0 && /^(DET|ADJ|NUM)$/.test(tokens[at]?.pos ?? '')) at--;
  const word = tokens[at];
  return (
    word !== undefined &&
    (word.pos === 'ADP' ||
      (word.pos === 'NOUN' && at === anchor.from - 1 && anchor.cluster.kind === 'concept') ||
      word.lower === 'than')
  );
}
