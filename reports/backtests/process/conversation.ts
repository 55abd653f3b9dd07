// Replies to replies: each reply draws further ones with an infectiousness of its own cascade and the memory kernel (a
// Hawkes process on the tree). Infectiousness has a Gamma prior for first replies and one for deeper ones, where
// conversations live.
import { portableLog } from '#foundation';
import { sizeAt, type Cascade } from '../cascades/cascade.ts';
import { fitKernel, kernelReach, type ReplyKernel } from './reply-kernel.ts';
import type { Window } from './time-bins.ts';

/** First replies, and everything below them. */
const CLASSES = 2;
/** Early replies say that much about later ones' share, in replies; what comes after is another crowd. */
const MOST_EVIDENCE = 20;
const SHAPES = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 13, 20, 40];

export const classOf = (depth: number): number => Math.min(depth, CLASSES) - 1;

/** Gamma distribution of the replies per reply within the horizon. */
export interface Infectiousness {
  readonly shape: number;
  readonly rate: number;
}

/** Beta distribution of the share of a cascade's replies that answer its root. */
export interface DirectShare {
  readonly shape: number;
  readonly rest: number;
}

export interface ConversationPrior {
  readonly kernel: ReplyKernel;
  readonly direct: DirectShare;
  /** By class of the post that is answered. */
  readonly infectiousness: readonly Infectiousness[];
}

interface Drawn {
  readonly drawn: number;
  /** Sum over posts of the share of their replies that they had time for. */
  readonly exposure: number;
}

export function fitConversation(cascades: readonly Cascade[], window: Window): ConversationPrior {
  const { horizon } = window;
  const kernel = fitKernel(cascades, horizon, 'replies');
  const seen = cascades.map((cascade) => drawnUntil(cascade, horizon, kernel));
  return {
    kernel,
    direct: fitDirectShare(cascades, window),
    infectiousness: Array.from({ length: CLASSES }, (_, kind) => fitGamma(seen.flatMap((classes) => classes[kind] ?? []))),
  };
}

/** Conditions a cascade's conversations on what its posts drew until `minute`. */
export function conditioned(
  { kernel, infectiousness, direct }: ConversationPrior,
  cascade: Cascade,
  minute: number,
): { readonly infectiousness: readonly Infectiousness[]; readonly direct: DirectShare } {
  const seen = drawnUntil(cascade, minute, kernel);
  const counts = directAndNested(cascade, 0, minute);
  const evidence = Math.min(1, MOST_EVIDENCE / Math.max(1, counts.direct + counts.nested));
  return {
    infectiousness: infectiousness.map(({ shape, rate }, kind) => ({
      shape: shape + (seen[kind]?.drawn ?? 0),
      rate: rate + (seen[kind]?.exposure ?? 0),
    })),
    direct: { shape: direct.shape + evidence * counts.direct, rest: direct.rest + evidence * counts.nested },
  };
}

function directAndNested(cascade: Cascade, from: number, to: number): { direct: number; nested: number } {
  let direct = 0;
  let nested = 0;
  for (let at = sizeAt(cascade, from); at < sizeAt(cascade, to); at++) {
    if (cascade.depth[at] === 1) direct++;
    else if (cascade.depth[at] !== 0) nested++;
  }
  return { direct, nested };
}

/** By the moments of the training cascades' shares after observation; those with few replies weigh less. */
function fitDirectShare(cascades: readonly Cascade[], { observe, horizon }: Window): DirectShare {
  const shares = cascades.map((cascade) => {
    const { direct, nested } = directAndNested(cascade, observe, horizon);
    const count = direct + nested;
    return { share: (direct + 0.5) / (count + 1), weight: count / (count + 10) };
  });
  const weight = shares.reduce((sum, one) => sum + one.weight, 0) || 1;
  const mean = (shares.reduce((sum, one) => sum + one.weight * one.share, 0) + 0.5) / (weight + 1);
  const variance = shares.reduce((sum, one) => sum + one.weight * (one.share - mean) ** 2, 0.01) / weight;
  const strength = Math.max(1, (mean * (1 - mean)) / variance - 1);
  return { shape: mean * strength, rest: (1 - mean) * strength };
}

function drawnUntil(cascade: Cascade, minute: number, kernel: ReplyKernel): readonly Drawn[] {
  const drawn = Array.from({ length: CLASSES }, () => 0);
  const exposure = Array.from({ length: CLASSES }, () => 0);
  for (let at = 1; at < sizeAt(cascade, minute); at++) {
    const depth = cascade.depth[at] ?? 1;
    const own = classOf(depth);
    exposure[own] = (exposure[own] ?? 0) + kernelReach(kernel, minute - (cascade.minutes[at] ?? 0));
    const above = classOf(depth - 1);
    if (depth > 1) drawn[above] = (drawn[above] ?? 0) + 1;
  }
  return drawn.map((count, kind) => ({ drawn: count, exposure: exposure[kind] ?? 0 }));
}

/** Likeliest Gamma prior of Poisson rates (negative binomial), its mean fixed, its shape from a grid. */
function fitGamma(seen: readonly Drawn[]): Infectiousness {
  const weighted = (pick: (one: Drawn) => number): number =>
    seen.reduce((sum, one) => sum + pick(one) / Math.sqrt(1 + one.exposure), 0);
  const mean = (0.05 + weighted(({ drawn }) => drawn)) / (0.5 + weighted(({ exposure }) => exposure));
  const fits = SHAPES.map((shape) => {
    const rate = shape / mean;
    return { shape, rate, fit: seen.reduce((sum, one) => sum + logNegativeBinomial(one, shape, rate), 0) };
  });
  const { shape, rate } = fits.reduce((left, right) => (right.fit > left.fit ? right : left));
  return { shape, rate };
}

/** Up to what does not depend on shape and rate. */
function logNegativeBinomial({ drawn, exposure }: Drawn, shape: number, rate: number): number {
  let sum = shape * portableLog(rate / (rate + exposure)) - drawn * portableLog(rate + exposure);
  for (let k = 0; k < drawn; k++) sum += portableLog(shape + k);
  return sum;
}
