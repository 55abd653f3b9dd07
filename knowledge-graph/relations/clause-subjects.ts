// What a clause is said of, among the things that its subject names.
import type { Anchor } from '../coreference/resolve.ts';
import type { Token } from '../language/token.ts';
import { isThing } from './fact.ts';
import type { SentenceView } from './fact.ts';
import type { Clause } from './open/clauses.ts';
import { isPossessive } from './open/noun-phrases.ts';
import type { Span } from './open/subject-phrase.ts';

/** "Its robot, the Atlas 3, is …": the name in an aside says what the noun before it is. */
export function subjectsOf(view: SentenceView, link: Clause['link'], subject: Span): readonly Anchor[] {
  const own = subjectsIn(view, subject);
  if (link !== 'aside' || own.some(({ cluster }) => cluster.kind === 'name')) return own;
  const { tokens } = view.sentence;
  const at = tokens[subject.to + 1]?.pos === 'DET' ? subject.to + 2 : subject.to + 1;
  const aside = view.anchors.find(({ from, to, cluster }) => from === at && cluster.kind === 'name' && tokens[to]?.text === ',');
  return aside === undefined ? own : [aside];
}

/** The things that a subject is about: the head of each of its joined phrases, not what hangs on a preposition. */
function subjectsIn({ sentence, anchors }: SentenceView, { from, to }: Span): readonly Anchor[] {
  const { tokens } = sentence;
  let hanging = false;
  let expected = from;
  return anchors.filter((anchor) => {
    if (anchor.from < from || anchor.to > to || !isThing(anchor) || anchor.from < expected) return false;
    for (let at = expected; at < anchor.from; at++) {
      const { pos = 'X', lower = '' } = tokens[at] ?? {};
      if (pos === 'ADP') hanging = true;
      if (pos === 'CCONJ' || lower === ',') hanging = false;
    }
    expected = anchor.to;
    const next = tokens[anchor.to];
    // "its director": whose, not who.
    if (anchor.to < to && /^(its|his|her|their)$/.test(tokens[anchor.from]?.lower ?? '')) return false;
    // "tier 1": one of its kind, which the topic alone does not name.
    const isNumbered = anchor.cluster.kind === 'concept' && next?.pos === 'NUM';
    const isHead =
      (anchor.to >= to || !/^(NOUN|PROPN|ADJ)$/.test(next?.pos ?? '')) && !isNumbered && !isMeantBy(PARTIAL, tokens, anchor);
    return !hanging && isHead && !isPossessive(next) && next?.text !== '-';
  });
}

const POINTING = /^(this|that|these|those|such)$/;
const PARTIAL = /^(this|that|these|those|such|some|many|few|several|no|other|another|its|their|his|her|my|our|your)$/;

/** "this approach", "some teams": a topic of which only something nearby, or a part, is meant. */
function isMeantBy(pointers: RegExp, tokens: readonly Token[], { from, cluster }: Anchor): boolean {
  if (cluster.kind !== 'concept') return false;
  let at = from - 1;
  while (/^(ADJ|NUM|NOUN)$/.test(tokens[at]?.pos ?? '')) at--;
  return pointers.test(tokens[at]?.lower ?? '');
}

/** "this approach" as the object. */
export const isPointedAt = (tokens: readonly Token[], anchor: Anchor): boolean => isMeantBy(POINTING, tokens, anchor);
