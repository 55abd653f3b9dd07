// The similarity recommender, after TwHIN-BERT as OASIS publishes it (Yang et al. 2024, arXiv 2411.11581): the score of a
// post for a reader is R · F · S, and a feed takes the best first.
//   R = ln((271.8 − Δt) / 100), Δt the age in units of `similarity-unit`: 1 when new, 0 at 171.8, then never offered
//   F = max(1, log₁₀₀₀(fans + 1)), fans as of this round
//   S = cosine of the post's vector and the reader's
// A post's vector is its talking point's text (without one, its issue's) beside the stance it takes on its issue. The
// reader's is its profile (issues by salience, with its own opinions as stances) plus its latest post.
import { portableLog } from '#foundation';
import { NONE } from '../contract.ts';
import { decades } from '../rounds/fast-math.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import { dotOf } from './text-vectors.ts';

/** Offers that are found in one pass; few feeds ask for more. */
const AT_ONCE = 8;

/** R; 0 from the age on at which the published formula turns negative. */
export const recencyFactor = (units: number): number => (units >= 171.8 ? 0 : Math.max(0, portableLog((271.8 - units) / 100)));

/** F. */
export const fanFactor = (fans: number): number => Math.max(1, decades(fans) / 3);

export interface SimilarityScores {
  /** Scores the round's sample for one reader. */
  score(agent: number): void;
  /** The best of the sample that has not been taken yet, or NONE where nothing left has a score above 0. */
  takeBest(): number;
  /** Score of the n-th of the sample for the reader scored last. */
  readonly scores: Float64Array;
}

export function createSimilarity(view: WorldView, platform: PlatformView): SimilarityScores {
  const { posts, sample } = platform;
  const { issues, texts } = view;
  const count = platform.sampleCount[0] as number;
  const scores = new Float64Array(count);
  const textOf = (post: number): number => {
    const point = posts.point[post] as number;
    return point === NONE ? (posts.issue[post] as number) : issues + point;
  };
  const issueOf = new Uint8Array(count);
  const stanceOf = new Float64Array(count);
  const base = new Float64Array(count);
  const text = new Uint32Array(count);
  const best = new Uint32Array(AT_ONCE);
  let found = 0;
  let taken = 0;
  for (let n = 0; n < count; n++) {
    const post = sample[n] as number;
    const author = posts.author[post] as number;
    const stance = posts.stance[post] as number;
    const minutes = (view.round - (posts.round[post] as number)) * view.clock.minutesPerRound;
    const fans = author === NONE ? 0 : (view.followers[author] as number);
    issueOf[n] = posts.issue[post] as number;
    stanceOf[n] = stance;
    text[n] = textOf(post);
    base[n] = (recencyFactor(minutes / view.behaviour['similarity-unit']) * fanFactor(fans)) / lengthOf(stance);
  }
  /** Dot products of one text with the sample's, worked out when first asked for. */
  const rows: (Float64Array | undefined)[] = [];
  const rowOf = (one: number): Float64Array => (rows[one] ??= Float64Array.from(text, (other) => dotOf(texts, one, other)));

  /** Dot products of one text with every issue's, likewise. */
  const issueRows: (Float64Array | undefined)[] = [];
  const issueRowOf = (one: number): Float64Array =>
    (issueRows[one] ??= Float64Array.from({ length: issues }, (_, issue) => dotOf(texts, issue, one)));

  /** The best few above 0 in one pass, of equals the first; what was taken is at 0. */
  const findBest = (): void => {
    found = 0;
    taken = 0;
    for (let n = 0; n < count; n++) {
      const score = scores[n] as number;
      if (score <= 0 || (found === AT_ONCE && score <= (scores[best[AT_ONCE - 1] as number] as number))) continue;
      let place = found < AT_ONCE ? found++ : AT_ONCE - 1;
      while (place > 0 && (scores[best[place - 1] as number] as number) < score) {
        best[place] = best[place - 1] as number;
        place--;
      }
      best[place] = n;
    }
  };

  return {
    scores,
    score: (agent) => {
      const row = agent * issues;
      const { salience, opinion } = view.state;
      let squares = 0;
      scores.fill(0);
      for (let issue = 0; issue < issues; issue++) {
        const weight = salience[row + issue] as number;
        const own = opinion[row + issue] as number;
        const dots = rowOf(issue);
        for (let n = 0; n < count; n++) {
          const stance = issueOf[n] === issue ? own * (stanceOf[n] as number) : 0;
          scores[n] = (scores[n] as number) + weight * ((dots[n] as number) + stance);
        }
        squares += weight * weight * own * own;
        const alike = issueRowOf(issue);
        for (let other = 0; other < issues; other++) {
          squares += weight * (salience[row + other] as number) * (alike[other] as number);
        }
      }
      const latest = platform.latestPost[agent] as number;
      if (latest !== NONE) {
        const stance = posts.stance[latest] as number;
        const issue = posts.issue[latest] as number;
        const length = lengthOf(stance);
        const one = textOf(latest);
        const dots = rowOf(one);
        for (let n = 0; n < count; n++) {
          const shared = issueOf[n] === issue ? stance * (stanceOf[n] as number) : 0;
          scores[n] = (scores[n] as number) + ((dots[n] as number) + shared) / length;
        }
        let cross = (salience[row + issue] as number) * (opinion[row + issue] as number) * stance;
        const alike = issueRowOf(one);
        for (let other = 0; other < issues; other++) cross += (salience[row + other] as number) * (alike[other] as number);
        squares += 1 + (2 * cross) / length;
      }
      const length = squares > 0 ? Math.sqrt(squares) : 1;
      for (let n = 0; n < count; n++) scores[n] = ((scores[n] as number) * (base[n] as number)) / length;
      findBest();
    },
    takeBest: () => {
      if (taken === found) {
        // Fewer than asked for were above 0: there are no others.
        if (found < AT_ONCE) return NONE;
        findBest();
        if (found === 0) return NONE;
      }
      const next = best[taken++] as number;
      scores[next] = 0;
      return sample[next] as number;
    },
  };
}

/** Length of a post's vector: its text's is 1, its stance stands at right angles to it. */
const lengthOf = (stance: number): number => Math.sqrt(1 + stance * stance);
