// Who says what in a sentence: "X said (that) Y", "Y, X said", "According to X, Y", "Y, according to X".
import type { Anchor } from '../coreference/resolve.ts';
import { isVerbal } from '../language/token.ts';
import type { Sentence, Token } from '../language/token.ts';
import { ACTOR_TYPES } from '../contract.ts';
import { SPEECH_VERBS } from '../lexicon/function-words.ts';
import { entityTypeOf } from '../names/cluster.ts';

export interface Attribution {
  readonly speaker: Anchor;
  /** The words that are said: tokens `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** "X denied that Y": X says that it is not so. */
  readonly denied: boolean;
}

const canSpeak = (anchor: Anchor): boolean =>
  anchor.cluster.kind === 'name' && ([...ACTOR_TYPES, 'unknown'] as readonly string[]).includes(entityTypeOf(anchor.cluster));
const isQuote = (token: Token | undefined): boolean => token !== undefined && /^["“”]$/.test(token.text);

export function findAttribution(sentence: Sentence, anchors: readonly Anchor[]): Attribution | undefined {
  const { tokens } = sentence;
  const source = accordingTo(tokens, anchors);
  if (source !== undefined) return source;
  for (let at = 0; at < tokens.length; at++) {
    const verb = tokens[at];
    if (verb === undefined || !isVerbal(verb) || !SPEECH_VERBS.has(verb.lemma)) continue;
    const before = anchors.findLast(
      (anchor) => anchor.to <= at && at - anchor.to <= 8 && canSpeak(anchor) && isNear(tokens, anchor.to, at),
    );
    const after = anchors.find((anchor) => anchor.from >= at + 1 && anchor.from - at <= 3 && canSpeak(anchor));
    const said = wordsAfter(tokens, at);
    if (before !== undefined && said !== undefined)
      return trim(tokens, { speaker: before, from: said, to: tokens.length, denied: verb.lemma === 'deny' });
    // "Y, said X." and "Y, X said."
    // Whom somebody told has not said it.
    const speaker = verb.lemma === 'tell' ? before : (after ?? before);
    const head = speaker === undefined ? 0 : Math.min(at, speaker.from);
    const mark = tokens.slice(0, head).findLastIndex((token) => token.text === ',' || isQuote(token));
    const closes = speaker !== undefined && tokens.slice(Math.max(at + 1, speaker.to)).every((token) => !isVerbal(token));
    if (speaker !== undefined && closes && tokens[mark + 1]?.pos !== 'CCONJ' && mark > 4 && head - mark <= 4 && at > head - 1)
      return trim(tokens, { speaker, from: 0, to: mark, denied: verb.lemma === 'deny' });
  }
  return undefined;
}

/** "According to X, Y" and "Y, according to X". */
function accordingTo(tokens: readonly Token[], anchors: readonly Anchor[]): Attribution | undefined {
  const at = tokens.findIndex((token, index) => token.lower === 'according' && tokens[index + 1]?.lower === 'to');
  if (at < 0) return undefined;
  const speaker = anchors.find((anchor) => anchor.from >= at + 2 && anchor.from <= at + 4 && canSpeak(anchor));
  if (speaker === undefined) return undefined;
  if (at > 0) return trim(tokens, { speaker, from: 0, to: at, denied: false });
  const comma = tokens.findIndex((token, index) => index >= speaker.to && token.text === ',');
  return comma < 0 ? undefined : trim(tokens, { speaker, from: comma + 1, to: tokens.length, denied: false });
}

/** Between speaker and verb stands nothing but an aside, an adverb or an auxiliary. */
function isNear(tokens: readonly Token[], from: number, to: number): boolean {
  const gap = tokens.slice(from, to);
  if (gap.every((token) => /^(ADV|AUX|X)$/.test(token.pos))) return true;
  return gap[0]?.text === ',' && gap.at(-1)?.text === ',';
}

/** Verbs that name whom one speaks to before what is said: "warned investors that …". */
const TELLING: ReadonlySet<string> = new Set(['tell', 'warn', 'remind', 'assure', 'inform', 'promise', 'advise']);

/** Where the reported words start after a speech verb; undefined if none do. */
function wordsAfter(tokens: readonly Token[], verb: number): number | undefined {
  let at = verb + 1;
  // "told the council on Monday that …"
  const that = tokens.findIndex(
    (token, index) =>
      index > verb &&
      index <= verb + 9 &&
      token.lower === 'that' &&
      (token.pos !== 'DET' || (TELLING.has(tokens[verb]?.lemma ?? '') && tokens[index - 1]?.pos === 'NOUN')),
  );
  if (that > 0) at = that + 1;
  else if (/^[,:，：]$/.test(tokens[at]?.text ?? '')) at++;
  else if (!isQuote(tokens[at]) && !/^(DET|PRON|PROPN|NOUN|ADJ|NUM)$/.test(tokens[at]?.pos ?? '')) return undefined;
  const rest = tokens.slice(at);
  const hasVerb = rest.some(isVerbal);
  return rest.length >= 5 && hasVerb ? at : undefined;
}

/** Leaves out quotation marks, closing stops and commas at both ends. */
function trim(tokens: readonly Token[], attribution: Attribution): Attribution | undefined {
  let { from, to } = attribution;
  while (from < to && /^["“”‘’',:.，：]$/.test(tokens[from]?.text ?? '')) from++;
  while (to > from && /^["“”‘’',:;.!。！，]$/.test(tokens[to - 1]?.text ?? '')) to--;
  return to - from >= 4 ? { ...attribution, from, to } : undefined;
}
