// One agent's beliefs while it reads: a working copy in doubles, loaded from the columns and written back as a row.
// The kernel is a composition of published parts: bounded confidence (Deffuant; Hegselmann–Krause) with mild
// repulsion beyond the bound, and a pull back to the initial opinion (Friedkin–Johnsen).
// Invariant: opinions stay in [−1, 1], certainty and salience in [0, 1].
import { NONE } from '../../contract.ts';
import { halved } from '../../rounds/fast-math.ts';
import type { WorldView } from '../../rounds/world.ts';

const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

/** A message as a reader meets it. */
export interface Message {
  issue: number;
  stance: number;
  point: number;
  /** Credibility of the author by kind and reach. */
  standing: number;
  tie: number;
  arousal: number;
  /** 0–1: how closely it is read. */
  attention: number;
  /** Event platform and post index, for the record of what moved whom. */
  platform: number;
  post: number;
  /** Shown directly to everyone reached, not met in a feed. */
  news: boolean;
}

export interface Mind {
  readonly opinion: Float64Array;
  readonly certainty: Float64Array;
  readonly salience: Float64Array;
  /** Opinion at the start of the session. */
  readonly before: Float64Array;
  readonly heard: Uint32Array;
  /** By issue: the message that moved the agent most. */
  readonly moverPlatform: Uint32Array;
  readonly moverPost: Uint32Array;
  fatigue: number;
  load(agent: number): void;
  hasHeard(point: number): boolean;
  /** Highest salience above the agent's usual, over issues. */
  excitement(): number;
  /** Reads one message: beliefs move. */
  expose(agent: number, message: Message): void;
  /** The end of a session: the pull back to where the agent comes from. */
  settle(agent: number): void;
}

export function createMind(view: WorldView): Mind {
  const { issues, heardWords, state, anchor, behaviour } = view;
  const opinion = new Float64Array(issues);
  const certainty = new Float64Array(issues);
  const salience = new Float64Array(issues);
  const before = new Float64Array(issues);
  const usual = new Float64Array(issues);
  const read = new Uint32Array(issues);
  const strongest = new Float64Array(issues);
  const heard = new Uint32Array(heardWords);
  const moverPlatform = new Uint32Array(issues);
  const moverPost = new Uint32Array(issues);
  const hours = (rounds: number): number => (rounds * view.clock.minutesPerRound) / 60;
  const rounds = view.round + 2;
  const salienceLeft = Float64Array.from({ length: rounds }, (_, age) => halved(hours(age) / behaviour['salience-half-life']));
  const fatigueLeft = Float64Array.from({ length: rounds }, (_, age) => halved(hours(age) / behaviour['fatigue-half-life']));
  const {
    'learning-rate': learningRate,
    'confidence-bound': bound,
    repulsion,
    'anchor-pull': anchorPull,
    'stranger-credibility': strangerCredibility,
    'tie-credibility': tieCredibility,
    'news-credibility': newsCredibility,
    'repetition-discount': repetitionDiscount,
    'novelty-weight': noveltyWeight,
    'certainty-resistance': resistance,
    'openness-effect': opennessEffect,
    'certainty-gain': certaintyGain,
    'certainty-loss': certaintyLoss,
    'salience-gain': salienceGain,
  } = behaviour;

  const wordOf = (point: number): number => (point >>> 5) % heardWords;
  const hasHeard = (point: number): boolean => ((heard[wordOf(point)] as number) & (1 << (point & 31))) !== 0;

  const mind: Mind = {
    opinion,
    certainty,
    salience,
    before,
    heard,
    moverPlatform,
    moverPost,
    fatigue: 0,
    load: (agent) => {
      const row = agent * issues;
      const touched = state.touched[agent] as number;
      const age = touched === 0 ? 0 : view.round + 1 - touched;
      mind.fatigue = (state.fatigue[agent] as number) * (fatigueLeft[age] as number);
      for (let issue = 0; issue < issues; issue++) {
        const base = anchor.salience[row + issue] as number;
        usual[issue] = base;
        opinion[issue] = before[issue] = state.opinion[row + issue] as number;
        certainty[issue] = state.certainty[row + issue] as number;
        salience[issue] = base + ((state.salience[row + issue] as number) - base) * (salienceLeft[age] as number);
        read[issue] = 0;
        strongest[issue] = 0;
        moverPost[issue] = NONE;
      }
      for (let word = 0; word < heardWords; word++) heard[word] = state.heard[agent * heardWords + word] as number;
    },
    hasHeard,
    excitement: () => {
      let most = 0;
      for (let issue = 0; issue < issues; issue++) {
        const above = (salience[issue] as number) - (usual[issue] as number);
        if (above > most) most = above;
      }
      return most;
    },
    expose: (agent, { issue, stance, point, standing, tie, arousal, attention, platform, post, news }) => {
      const credibility = news ? newsCredibility : (strangerCredibility + tieCredibility * tie) * standing;
      const known = point !== NONE && hasHeard(point);
      const o = opinion[issue] as number;
      const c = certainty[issue] as number;
      const difference = stance - o;
      const distance = Math.abs(difference);
      const taper =
        distance < bound ? 1 - (distance / bound) * (distance / bound) : -repulsion * Math.min(1, (distance - bound) / bound);
      const susceptibility = (1 - resistance * c) * (1 + opennessEffect * ((view.openness[agent] as number) - 0.5));
      const weight =
        (learningRate * attention * credibility * susceptibility * (known ? 1 - noveltyWeight : 1)) /
        (1 + repetitionDiscount * (read[issue] as number));
      const step = (weight > 1 ? 1 : weight) * taper * difference;
      opinion[issue] = clamp(o + step, -1, 1);
      const agreement = (1 - distance) * attention * Math.min(1, credibility);
      certainty[issue] = clamp(agreement > 0 ? c + certaintyGain * agreement * (1 - c) : c + certaintyLoss * agreement * c, 0, 1);
      const s = salience[issue] as number;
      salience[issue] = clamp(s + salienceGain * attention * arousal * credibility * (1 - s), 0, 1);
      read[issue] = (read[issue] as number) + 1;
      if (point !== NONE) heard[wordOf(point)] = (heard[wordOf(point)] as number) | (1 << (point & 31));
      if (Math.abs(step) > (strongest[issue] as number)) {
        strongest[issue] = Math.abs(step);
        moverPlatform[issue] = platform;
        moverPost[issue] = post;
      }
    },
    settle: (agent) => {
      const row = agent * issues;
      for (let issue = 0; issue < issues; issue++) {
        const o = opinion[issue] as number;
        const c = certainty[issue] as number;
        opinion[issue] = o + anchorPull * ((anchor.opinion[row + issue] as number) - o);
        certainty[issue] = c + anchorPull * ((anchor.certainty[row + issue] as number) - c);
      }
    },
  };
  return mind;
}
