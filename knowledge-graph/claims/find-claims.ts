// Statements worth repeating in a debate, word for word: what somebody said, and sentences that judge, predict,
// compare or count. Every sentence is scored; only the best of a document are kept.
import { ACTOR_TYPES } from '../contract.ts';
import type { Block } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import { toneOf } from '../lexicon/sentiment.ts';
import { words } from '../lexicon/words.ts';
import { isVerbal, isWord } from '../language/token.ts';
import type { Depth } from '../language/taggers.ts';
import type { Sentence, Token } from '../language/token.ts';
import { entityTypeOf } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import { findVerbGroups } from '../relations/verb-groups.ts';
import { round } from '../typing/scores.ts';
import { findAttribution } from './attribution.ts';
import type { Attribution } from './attribution.ts';

export interface FoundClaim {
  readonly start: number;
  readonly end: number;
  readonly speaker: Cluster | undefined;
  readonly about: readonly Cluster[];
  readonly sentiment: number;
  readonly polarity: 'affirmed' | 'negated';
  readonly modality: 'asserted' | 'possible' | 'planned' | 'reported';
  readonly confidence: number;
}

const SHORTEST = 40;
/** What a named speaker said in so many words may be short. */
const SHORTEST_SAID = 24;
const LONGEST = 280;
const PER_THOUSAND_WORDS = 14;
/** A short report is dense: most of its sentences say something. */
const AT_LEAST = 24;
const ENOUGH = 1.1;
/** In Chinese a sentence is a third as long. */
const SHORTEST_HAN = 12;
const BLOCKS: ReadonlySet<Block['kind']> = new Set(['paragraph', 'quote', 'list-item']);
const OPENERS = words(
  'but and so however therefore also then still yet instead meanwhile moreover furthermore additionally overall ultimately finally similarly likewise consequently thus plus first second third next of_course in_short in_practice honestly basically obviously clearly',
);
const DANGLING = words('it they this that these those he she here there which such both him her them its their his');
const FILLER =
  /\b(in this (article|guide|post|section|tutorial|blog)|let['’]s|below|above|as follows|for example|for instance|step \d|click|read more|sign up|follow me|subscribe|check out|stay tuned|thanks? for reading|table of contents|we['’]ll (look|cover|explore|walk)|this (article|guide|post|section)|take a look|docs?:|source:|let me|keep reading|comment below|curl|npm|localhost)\b/i;
const JUDGING = words(
  'must should need essential critical important mandatory necessary better best worse worst only never always cannot biggest largest fastest cheaper key crucial vital unfair wrong right dangerous risky promising likely unlikely inevitable impossible essential matter',
);
const TAKING_SIDES = words(
  'support oppose approve reject back endorse deny criticise criticize condemn welcome demand propose ban promise plan vote accuse warn offer refuse threaten sue announce acquire launch',
);
const COMPARING = words(
  'more less than most least faster slower higher lower unlike compared instead rather whereas while although because',
);
const FORECASTING = words('will would expect predict become likely future soon by_2027 forecast may might could');

export function findClaims(sentences: readonly Sentence[], anchors: readonly (readonly Anchor[])[]): readonly FoundClaim[] {
  const scored = sentences.flatMap((sentence, index) => {
    const found = assess(sentence, anchors[index] ?? []);
    return found === undefined ? [] : [{ ...found, index }];
  });
  const wordCount = sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
  const room = Math.max(AT_LEAST, Math.ceil((wordCount * PER_THOUSAND_WORDS) / 1000));
  const seen = new Set<string>();
  return scored
    .toSorted((left, right) => right.score - left.score || left.index - right.index)
    .filter(({ text }) => (seen.has(text) ? false : seen.add(text)))
    .slice(0, room)
    .toSorted((left, right) => left.index - right.index)
    .map(({ claim }) => claim);
}

interface Assessed {
  readonly claim: FoundClaim;
  readonly score: number;
  readonly text: string;
}

function assess(sentence: Sentence, anchors: readonly Anchor[]): Assessed | undefined {
  if (!BLOCKS.has(sentence.block) || sentence.headline) return undefined;
  const { tokens, depth } = sentence;
  const attribution = depth === 'names' ? undefined : findAttribution(sentence, anchors);
  const [from, to] =
    attribution === undefined || leansBack(tokens, attribution) ? bounds(tokens) : [attribution.from, attribution.to];
  const said = tokens.slice(from, to);
  const [first, last] = [said[0], said.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const length = last.end - first.start;
  const shortest = /\p{Script=Han}/u.test(first.text)
    ? SHORTEST_HAN
    : attribution?.speaker.indirect === false
      ? SHORTEST_SAID
      : SHORTEST;
  if (length < shortest || length > LONGEST || !isStatement(tokens, said, depth)) return undefined;
  const within = anchors.filter((anchor) => anchor.from >= from && anchor.to <= to);
  const inside = within.filter(({ cluster }) => cluster.kind === 'name' || cluster.kind === 'concept');
  const about = [...new Set(inside.map((anchor) => anchor.cluster))];
  // Without grammar the names are all there is to go by.
  const bonus = depth === 'names' && inside.length > 0 ? 0.6 : 0;
  const score = bonus + scoreOf(said, inside, inside.length < within.length, attribution !== undefined);
  if (score < ENOUGH) return undefined;
  const text = said.map((token) => token.lower).join(' ');
  if (FILLER.test(text) || !isBalanced(said)) return undefined;
  const group = findVerbGroups({ ...sentence, tokens: said })[0];
  const base = Math.min(0.95, 0.35 + score / 8) * (attribution?.speaker.indirect === true ? 0.7 : 1);
  return {
    text,
    score,
    claim: {
      start: first.start,
      end: last.end,
      speaker: attribution?.speaker.cluster,
      about,
      sentiment: round(toneOf(said), 2),
      polarity: polarityOf(group?.polarity ?? 'affirmed', attribution),
      modality: attribution === undefined ? (group?.modality ?? 'asserted') : 'reported',
      confidence: round(base, 2),
    },
  };
}

/** What somebody denies is the contrary of what they say. */
export const polarityOf = (said: FoundClaim['polarity'], attribution: Attribution | undefined): FoundClaim['polarity'] =>
  attribution?.denied === true ? (said === 'affirmed' ? 'negated' : 'affirmed') : said;

/** "Acme said that it will …": only the whole sentence can be understood by itself. */
const leansBack = (tokens: readonly Token[], { speaker, from, to }: Attribution): boolean =>
  !speaker.indirect && speaker.from < from && to >= tokens.length - 2 && DANGLING.has(tokens[from]?.lower ?? '');

/** The sentence without a connecting opener ("But …", "However, …") and without its quotation marks. */
function bounds(tokens: readonly Token[]): readonly [number, number] {
  let from = 0;
  const two = `${tokens[0]?.lower ?? ''} ${tokens[1]?.lower ?? ''}`;
  const opener = OPENERS.has(two) ? 2 : OPENERS.has(tokens[0]?.lower ?? '') ? 1 : 0;
  if (opener > 0 && ((opener === 1 && tokens[0]?.pos === 'CCONJ') || tokens[opener]?.text === ','))
    from = opener + (tokens[opener]?.text === ',' ? 1 : 0);
  return [from, tokens.length];
}

/** Has a finite verb, addresses nobody, and is neither question nor fragment. */
function isStatement(tokens: readonly Token[], said: readonly Token[], depth: Depth): boolean {
  const last = tokens.at(-1);
  if (last === undefined || /^[?:]$/.test(last.text) || said.some((token) => token.text === '?')) return false;
  const ends = /^[.!”"’'。！)]$/.test(last.text);
  if (!ends) return false;
  if (depth === 'names') return true;
  const verb = said.findIndex((token) => isVerbal(token) && !token.lower.endsWith('ing'));
  if (verb < 1) return false;
  const listing = said.filter((token) => token.text === ',').length;
  if (listing > 6 || said.filter((token) => !isWord(token.text)).length > said.length * 0.35) return false;
  return (
    said.slice(0, verb).some((token) => /^(NOUN|PROPN|PRON|X)$/.test(token.pos)) ||
    (/^[A-Z]/.test(said[0]?.text ?? '') && verb > 1)
  );
}

function isBalanced(said: readonly Token[]): boolean {
  const count = (mark: string): number => said.reduce((sum, { text }) => (text === mark ? sum + 1 : sum), 0);
  return count('(') === count(')') && count('“') === count('”') && count('"') % 2 === 0;
}

function scoreOf(said: readonly Token[], inside: readonly Anchor[], literals: boolean, attributed: boolean): number {
  let score = attributed ? 1.6 : 0;
  const first = said[0];
  if (first !== undefined && DANGLING.has(first.lower)) score -= attributed ? 0.6 : 1.5;
  score += Math.min(1.2, said.filter((token) => JUDGING.has(token.lower) || JUDGING.has(token.lemma)).length * 0.6);
  score += Math.min(0.6, said.filter((token) => COMPARING.has(token.lower)).length * 0.3);
  score += Math.min(0.6, said.filter((token) => FORECASTING.has(token.lower) || FORECASTING.has(token.lemma)).length * 0.3);
  score += Math.min(0.8, Math.abs(toneOf(said)) * 1.5);
  score += Math.min(1, new Set(inside.map((anchor) => anchor.cluster)).size * 0.35);
  if (inside.some((anchor) => anchor.cluster.kind === 'name' && entityTypeOf(anchor.cluster) !== 'unknown')) score += 0.3;
  if (literals) score += 0.7;
  const verb = said.findIndex(isVerbal);
  // "From there, it …": the subject is a pronoun although the opening is not.
  if (!attributed && said.slice(1, verb).some((token) => /^(it|they|he|she|this|that|these|those)$/.test(token.lower)))
    score -= 0.9;
  const actor = inside.some(
    ({ cluster, to }) => cluster.kind === 'name' && to <= verb + 1 && ACTOR_TYPES.some((type) => type === entityTypeOf(cluster)),
  );
  if (actor && said.some((token) => TAKING_SIDES.has(token.lemma))) score += 0.8;
  const personal = said.filter((token) => /^(i|you|your|we|our|us|me|my|i'm|i've|you're|we're)$/.test(token.lower)).length;
  score -= personal * (attributed ? 0.1 : 0.8);
  const length = said.length;
  if (length < 9) score -= 0.3;
  if (length > 38) score -= 0.5;
  return score;
}
