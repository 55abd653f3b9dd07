// Verb groups of a sentence: "has not agreed to support" → support, negated. Carries tense-free verb phrase, polarity,
// modality and voice; knows nothing of entities.
import type { Sentence, Token } from '../language/token.ts';
import { words } from '../lexicon/words.ts';

export interface VerbGroup {
  /** Tokens `[from, to)`, auxiliaries and particle included. */
  readonly from: number;
  readonly to: number;
  /** Position of the main verb. */
  readonly verb: number;
  readonly lemma: string;
  /** Preposition or particle right after, if any. */
  readonly particle: string | undefined;
  readonly passive: boolean;
  readonly polarity: 'affirmed' | 'negated';
  readonly modality: 'asserted' | 'possible' | 'planned';
  /** Introduced by "to": hangs on the verb before it. */
  readonly infinitive: boolean;
}

const PLAN = words('plan intend aim propose want wish hope promise expect seek decide agree prepare vow pledge');
const REFUSE = words('refuse fail decline');
const PASS_THROUGH = words('begin start continue help try manage need have');
const POSSIBLE = new Set(['may', 'might', 'could', '可能', '可以']);
const PLANNED = new Set(['will', 'shall', 'must', 'should', 'would', "'ll", '’ll', 'wo', '将', '会', '应该', '必须']);
const LIGHT_PARTICLES = words('up out over off down back on for with to in at from by into against about through upon of 于 在');

export function findVerbGroups(sentence: Sentence): readonly VerbGroup[] {
  const { tokens } = sentence;
  const groups: VerbGroup[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || !isMainVerb(tokens, at)) continue;
    let from = at;
    while (from > 0 && /^(AUX|PART|ADV)$/.test(tokens[from - 1]?.pos ?? '')) from--;
    if (tokens[from]?.lower === 'longer' && tokens[from - 1]?.lower === 'no') from--;
    const before = tokens.slice(from, at);
    const infinitive = before.some((word) => word.lower === 'to');
    const previous = groups.at(-1);
    const governor = infinitive && previous !== undefined && previous.to >= from ? previous : undefined;
    if (infinitive && governor === undefined) continue;
    const chained =
      governor !== undefined && (PLAN.has(governor.lemma) || REFUSE.has(governor.lemma) || PASS_THROUGH.has(governor.lemma));
    if (governor !== undefined && !chained) continue;
    const group = describe(tokens, chained ? governor.from : from, at, governor);
    if (chained) groups.pop();
    groups.push(group);
  }
  return groups;
}

/** The verb group of a verb that is known to head a clause, e.g. a participle: "directed by". */
export const readVerbGroup = (tokens: readonly Token[], from: number, verb: number): VerbGroup =>
  describe(tokens, from, verb, undefined);

function describe(tokens: readonly Token[], from: number, verb: number, governor: VerbGroup | undefined): VerbGroup {
  const main = tokens[verb];
  const before = tokens.slice(from, verb);
  const next = tokens[verb + 1];
  const particle =
    next !== undefined &&
    /^(ADP|PART|ADV)$/.test(next.pos) &&
    LIGHT_PARTICLES.has(next.lower) &&
    next.lower !== 'of' &&
    !isMeasure(tokens, verb + 1)
      ? next.lower
      : undefined;
  // "is not", "isn't": the verb itself is the auxiliary, so the negation follows it.
  const follower = main?.pos === 'AUX' && tokens[verb + 1]?.lemma === 'not' && !isAlso(tokens[verb + 2]);
  const negated =
    follower ||
    before.some(
      (word, at) =>
        (/^(not|n't|n’t|never|no|cannot|neither|nor|hardly|不|未|没|没有|并未|并不|从未)$/.test(word.lower) ||
          word.lemma === 'not') &&
        !isAlso(before[at + 1]),
    );
  const refused = governor !== undefined && REFUSE.has(governor.lemma);
  const auxiliaries = before.filter((word) => word.pos === 'AUX');
  const nearest = auxiliaries.at(-1);
  return {
    from,
    to: verb + (particle === undefined && !follower ? 1 : 2),
    verb,
    lemma: baseForm(main),
    particle,
    passive: nearest !== undefined && /^(be|get)$/.test(nearest.lemma) && isParticiple(main),
    polarity: negated !== refused || governor?.polarity === 'negated' ? 'negated' : 'affirmed',
    modality: modalityOf(auxiliaries, governor),
    infinitive: governor !== undefined,
  };
}

/** "not just", "not only": it does, and more. */
const isAlso = (token: Token | undefined): boolean => /^(just|only|merely|simply)$/.test(token?.lower ?? '');

/** "directed about 50 films", "rose over 3 %": says how much, not where. */
const isMeasure = (tokens: readonly Token[], at: number): boolean =>
  /^(about|over)$/.test(tokens[at]?.lower ?? '') && tokens[at + 1]?.pos === 'NUM';

function modalityOf(auxiliaries: readonly Token[], governor: VerbGroup | undefined): VerbGroup['modality'] {
  if (auxiliaries.some((word) => POSSIBLE.has(word.lower))) return 'possible';
  if (auxiliaries.some((word) => PLANNED.has(word.lower))) return 'planned';
  if (governor !== undefined && PLAN.has(governor.lemma)) return 'planned';
  return governor?.modality ?? 'asserted';
}

/** The tagger's lemma, or, where it left a third person as it was ("analyzes"), the word without its ending. */
function baseForm(token: Token | undefined): string {
  const lemma = token?.lemma.toLowerCase() ?? '';
  if (lemma !== token?.lower || token.pos !== 'VERB' || !/[a-z]{3,}[^s]s$/.test(lemma)) return lemma;
  return lemma
    .replace(/(ch|sh|ss|x)es$/, '$1')
    .replace(/([^aeiou])ies$/, '$1y')
    .replace(/s$/, '');
}

const isParticiple = (token: Token | undefined): boolean =>
  token !== undefined &&
  !token.lower.endsWith('ing') &&
  (/(ed|en|wn|ne|ld|lt|nt|pt|ft|ght|rn|un|um|ut|id|ade)$/.test(token.lower) || token.lower !== token.lemma);

/** A verb of a clause; not "caching" in "prompt caching", "increased" in "the increased cost". */
function isMainVerb(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || (token.pos !== 'VERB' && token.pos !== 'AUX') || !/^\p{L}/u.test(token.text)) return false;
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  // "has a pattern", "have no keys"
  if (token.pos === 'AUX' && token.lemma === 'have') return /^(DET|ADJ|NUM|NOUN|PROPN)$/.test(next?.pos ?? '');
  if (token.pos === 'AUX') {
    // "is" as the verb itself: nothing verbal follows it.
    if (!/^(be|become|remain)$/.test(token.lemma)) return false;
    for (let ahead = at + 1; ahead < Math.min(tokens.length, at + 4); ahead++) {
      const word = tokens[ahead];
      if (word?.pos === 'VERB' || word?.pos === 'AUX') return false;
      if (!/^(ADV|PART)$/.test(word?.pos ?? '')) break;
    }
    return true;
  }
  if (token.lower.endsWith('ing') && !(previous?.pos === 'AUX' || (previous?.pos === 'ADV' && tokens[at - 2]?.pos === 'AUX')))
    return false;
  if (/^(DET|ADJ)$/.test(previous?.pos ?? '') && next?.pos === 'NOUN') return false;
  return previous?.text !== '-' || previous.spaced;
}
