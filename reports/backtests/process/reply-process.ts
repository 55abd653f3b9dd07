// The posting and reply process, fitted to whole training cascades and conditioned on the first part of another. How
// many replies come is attention (drifting infectiousness, daily rhythm); which posts they answer is the self-exciting
// tree: the root with the cascade's direct share, else a reply by its infectiousness and memory kernel. The forecast
// is drawn forward bin by bin and depth by depth, so that size, curve, depth and breadth come from one tree.
import { portableExp, randomKey, randomStream, type RandomStream } from '#foundation';
import { levelsAt, sizeAt, type Cascade } from '../cascades/cascade.ts';
import type { CascadeDraws, FitCascades } from '../cascades/forecaster.ts';
import { assimilate, fitAttention, type Attention, type AttentionPosterior } from './attention.ts';
import {
  classOf,
  conditioned,
  fitConversation,
  type ConversationPrior,
  type DirectShare,
  type Infectiousness,
} from './conversation.ts';
import { backward } from './matrix.ts';
import { kernelReach, type ReplyKernel } from './reply-kernel.ts';
import { rhythmOf } from './rhythm.ts';
import { drawBeta, drawBinomial, drawGamma, drawNormal, drawPoisson } from './sampling.ts';
import { fitTails, type Tails } from './tails.ts';
import { binOf, timeBins, type TimeBins } from './time-bins.ts';

const PARENT_POINTS = 8;
/** Depths below this are not told apart. */
const DEEPEST = 200;
const NEGLIGIBLE = 1e-3;
/** A conversation does not feed itself without end. */
const MOST_INFECTIOUS = 0.95;
/** Keeps a draw countable: about 10^8 replies in a bin. */
const LARGEST_LOG_RATE = 18;

export const fitReplyProcess: FitCascades = (training, window) => {
  const bins = timeBins(window);
  const seen = training.map((cascade) => attentionOf(cascade, bins));
  const attention = fitAttention(seen, bins);
  const tails = fitTails(seen, bins);
  const conversation = fitConversation(training, window);
  const passage = passageOf(bins, conversation.kernel);
  return (cascade, { draws, seed, index }) => {
    const posterior = assimilate(attention, attentionOf(cascade, bins), bins.observed);
    const start = startOf(cascade, bins, conversation);
    const stream = randomStream(randomKey(seed, 'cascade forecast'), index);
    return gather(
      bins,
      Array.from({ length: draws }, () => drawTree(stream, { bins, posterior, tails, start, passage })),
    );
  };
};

function attentionOf(cascade: Cascade, bins: TimeBins): Attention {
  const counts = new Float64Array(bins.logAge.length);
  for (let at = 1; at < sizeAt(cascade, bins.horizon); at++) {
    const bin = Math.max(0, binOf(bins, cascade.minutes[at] ?? 0));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, rhythm: rhythmOf(cascade, bins) };
}

/** Share of a reply's own replies that fall into bin `to` when it came in bin `from`; bins ahead only. */
type Passage = readonly (readonly number[])[];

function passageOf({ edges, observed }: TimeBins, kernel: ReplyKernel): Passage {
  const ahead = edges.length - 1 - observed;
  const edge = (bin: number): number => edges[observed + bin] ?? 0;
  return Array.from({ length: ahead }, (_, from) =>
    Array.from({ length: ahead }, (_, to) => {
      if (to < from) return 0;
      let sum = 0;
      for (let point = 0; point < PARENT_POINTS; point++) {
        const at = edge(from) + ((edge(from + 1) - edge(from)) * (point + 0.5)) / PARENT_POINTS;
        sum += kernelReach(kernel, edge(to + 1) - at) - kernelReach(kernel, edge(to) - at);
      }
      return sum / PARENT_POINTS;
    }),
  );
}

/** A cascade at the end of observation. */
interface Start {
  readonly levels: readonly number[];
  /** Beta distribution of the share of replies that answer the root. */
  readonly direct: DirectShare;
  readonly infectiousness: readonly Infectiousness[];
  /** Per bin ahead and depth: how much of their replies the posts there still expect. */
  readonly expected: readonly (readonly number[])[];
}

function startOf(cascade: Cascade, { edges, observed, observe }: TimeBins, conversation: ConversationPrior): Start {
  const { kernel } = conversation;
  const levels = levelsAt(cascade, observe);
  const size = sizeAt(cascade, observe);
  const expected = edges.slice(observed, -1).map((from, bin) => {
    const to = edges[observed + bin + 1] ?? from;
    const byDepth = levels.map(() => 0);
    for (let at = 1; at < size; at++) {
      const minute = cascade.minutes[at] ?? 0;
      const depth = cascade.depth[at] ?? 1;
      byDepth[depth] = (byDepth[depth] ?? 0) + kernelReach(kernel, to - minute) - kernelReach(kernel, from - minute);
    }
    return byDepth;
  });
  const { infectiousness, direct } = conditioned(conversation, cascade, observe);
  return { levels, direct, infectiousness, expected };
}

interface Tree {
  /** Posts so far at the end of each bin ahead. */
  readonly sizes: readonly number[];
  readonly levels: readonly number[];
}

interface Ahead {
  readonly bins: TimeBins;
  readonly posterior: AttentionPosterior;
  readonly tails: Tails;
  readonly start: Start;
  readonly passage: Passage;
}

function drawTree(stream: RandomStream, { bins, posterior, tails, start, passage }: Ahead): Tree {
  const size = posterior.mode.length;
  const noise = backward(
    posterior.factor,
    Float64Array.from({ length: size }, () => drawNormal(stream)),
  );
  const wider = tails.scale * Math.sqrt(tails.degrees / 2 / drawGamma(stream, tails.degrees / 2, 1));
  const rates = start.infectiousness.map(({ shape, rate }) => Math.min(MOST_INFECTIOUS, drawGamma(stream, shape, rate)));
  const direct = drawBeta(stream, start.direct.shape, start.direct.rest);
  const levels = [...start.levels];
  const sizes: number[] = [];
  let total = levels.reduce((sum, count) => sum + count, 0);
  /** New posts by bin ahead and depth. */
  const arrived: (readonly number[])[] = [];
  for (let bin = 0; bin < size - bins.observed; bin++) {
    const at = bins.observed + bin;
    const logRate = (posterior.mode[at] ?? 0) + wider * (noise[at] ?? 0);
    const count = drawPoisson(stream, portableExp(Math.min(LARGEST_LOG_RATE, logRate)));
    const weights = nestedWeights(levels.length, {
      due: (depth) => {
        let sum = start.expected[bin]?.[depth] ?? 0;
        for (const [from, fresh] of arrived.entries()) sum += (fresh[depth] ?? 0) * (passage[from]?.[bin] ?? 0);
        return sum;
      },
      ownBin: passage[bin]?.[bin] ?? 0,
      direct: direct * count,
      rates,
    });
    const fresh = spread(stream, count, direct, weights);
    arrived.push(fresh);
    for (const [depth, more] of fresh.entries())
      if (more > 0 || depth < levels.length) levels[depth] = (levels[depth] ?? 0) + more;
    total += count;
    sizes.push(total);
  }
  return { sizes, levels };
}

interface Nesting {
  /** How much of their replies the earlier posts at a depth expect in the bin. */
  readonly due: (depth: number) => number;
  /** Share of a post's replies that comes within its own bin. */
  readonly ownBin: number;
  /** Replies to the root that the bin expects. */
  readonly direct: number;
  readonly rates: readonly number[];
}

/** Expected replies at depths 2, 3, …, generation by generation. */
function nestedWeights(levels: number, { due, ownBin, direct, rates }: Nesting): readonly number[] {
  const weights: number[] = [];
  let above = direct;
  for (let depth = 1; depth < levels || (above > NEGLIGIBLE && depth < DEEPEST); depth++) {
    above = (rates[classOf(depth)] ?? 0) * (due(depth) + above * ownBin);
    weights.push(above);
  }
  return weights;
}

/** `count` replies over depths: index 0 holds none (the root is posted once), 1 the direct ones. */
function spread(stream: RandomStream, count: number, direct: number, weights: readonly number[]): readonly number[] {
  let weight = weights.reduce((sum, value) => sum + value, 0);
  let left = weight > 0 ? count - drawBinomial(stream, count, direct) : 0;
  const fresh = [0, count - left];
  for (const own of weights) {
    const taken = weight > own ? drawBinomial(stream, left, own / weight) : left;
    fresh.push(taken);
    left -= taken;
    weight -= own;
  }
  return fresh;
}

function gather(bins: TimeBins, trees: readonly Tree[]): CascadeDraws {
  const minutes = bins.edges.slice(bins.observed + 1);
  return {
    minutes,
    sizes: minutes.map((_, bin) => trees.map((tree) => tree.sizes[bin] ?? 1)),
    depth: trees.map((tree) => tree.levels.length - 1),
    breadth: trees.map((tree) => Math.max(...tree.levels)),
  };
}
