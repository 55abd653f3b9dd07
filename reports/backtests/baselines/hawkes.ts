// Hawkes in the manner of SEISMIC (Zhao et al., KDD 2015): one infectiousness per cascade, estimated from its observed
// part alone as replies ÷ exposure, memory kernels from training. Followers are not in the data, so a root counts as
// many replies as the training roots drew per reply that a training reply drew. Drawn forward with Poisson replies.
import { randomKey, randomStream } from '#foundation';
import { levelsAt, sizeAt, type Cascade } from '../cascades/cascade.ts';
import type { CascadeDraws, FitCascades } from '../cascades/forecaster.ts';
import { fitKernel, kernelReach, type ReplyKernel } from '../process/reply-kernel.ts';
import { drawPoisson } from '../process/sampling.ts';
import { curveMinutes, type Window } from '../process/time-bins.ts';

interface Fitted {
  readonly root: ReplyKernel;
  readonly replies: ReplyKernel;
  /** Reach of a root when that of a reply is 1. */
  readonly rootReach: number;
}

export const fitHawkes: FitCascades = (training, window) => {
  const replies = fitKernel(training, window.horizon, 'replies');
  const fitted = { root: fitKernel(training, window.horizon, 'root'), replies, rootReach: rootReachOf(training, window) };
  return (cascade, { draws, seed, index }) => drawHawkes(cascade, window, fitted, { draws, seed, index });
};

function rootReachOf(training: readonly Cascade[], { horizon }: Window): number {
  const levels = training.map((cascade) => levelsAt(cascade, horizon));
  const all = (pick: (one: readonly number[]) => number): number => levels.reduce((sum, one) => sum + pick(one), 0);
  const perRoot = all((one) => one[1] ?? 0) / levels.length;
  const perReply = (1 + all((one) => sumOf(one.slice(2)))) / (1 + all((one) => sumOf(one.slice(1))));
  return perRoot / perReply;
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function drawHawkes(
  cascade: Cascade,
  window: Window,
  { root, replies, rootReach }: Fitted,
  { draws, seed, index }: Parameters<ReturnType<FitCascades>>[1],
): CascadeDraws {
  const { observe } = window;
  const now = sizeAt(cascade, observe);
  const ages = Array.from(cascade.minutes.subarray(1, now), (minute) => observe - minute);
  const exposure = rootReach * kernelReach(root, observe) + ages.reduce((sum, age) => sum + kernelReach(replies, age), 0);
  const infectiousness = (now - 1) / exposure;
  const minutes = curveMinutes(window);
  const starts = [observe, ...minutes.slice(0, -1)];
  const due = minutes.map((end, bin) => {
    const start = starts[bin] ?? observe;
    const ofReplies = ages.reduce(
      (sum, age) => sum + kernelReach(replies, end - observe + age) - kernelReach(replies, start - observe + age),
      0,
    );
    return rootReach * (kernelReach(root, end) - kernelReach(root, start)) + ofReplies;
  });
  const stream = randomStream(randomKey(seed, 'hawkes forecast'), index);
  const trees = Array.from({ length: draws }, () => {
    const fresh: number[] = [];
    let total = now;
    return minutes.map((end, bin) => {
      const start = starts[bin] ?? observe;
      let mean = due[bin] ?? 0;
      for (const [from, count] of fresh.entries()) {
        const middle = ((starts[from] ?? 0) + (minutes[from] ?? 0)) / 2;
        mean += count * (kernelReach(replies, end - middle) - kernelReach(replies, start - middle));
      }
      const inside = infectiousness * kernelReach(replies, (end - start) / 2);
      // Replies within the bin to the bin's own replies: the geometric sum of their generations, kept below explosion.
      fresh.push(drawPoisson(stream, (mean * infectiousness) / (1 - Math.min(0.95, inside))));
      total += fresh[bin] ?? 0;
      return total;
    });
  });
  return { minutes, sizes: minutes.map((_, bin) => trees.map((tree) => tree[bin] ?? now)) };
}
