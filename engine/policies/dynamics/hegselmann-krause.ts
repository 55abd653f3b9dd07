// Hegselmann & Krause 2002, "Opinion dynamics and bounded confidence": everyone takes the mean of all opinions that
// differ from their own by at most the bound, their own among them.
import type { DynamicsNamed } from '#scenarios/contract';
import type { WorldView } from '../../rounds/world.ts';
import { takeStance, type Dynamic } from './turn.ts';

export function hegselmannKrause(view: WorldView, { bound, among }: DynamicsNamed<'hegselmann-krause'>): Dynamic {
  const mean = among === 'everyone' && !view.alone ? meanOfAll(view, bound) : meanOfFollowed(view, bound);
  return {
    step: ({ agent, opinion }) => {
      for (let issue = 0; issue < opinion.length; issue++) opinion[issue] = mean(agent, issue);
      return true;
    },
    hear: takeStance,
  };
}

type MeanWithin = (agent: number, issue: number) => number;

function meanOfFollowed({ ties, state, issues }: WorldView, bound: number): MeanWithin {
  return (agent, issue) => {
    const own = state.opinion[agent * issues + issue] as number;
    const end = ties.offsets[agent + 1] as number;
    let sum = own;
    let count = 1;
    for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
      const other = state.opinion[(ties.targets[tie] as number) * issues + issue] as number;
      if (Math.abs(other - own) > bound) continue;
      sum += other;
      count++;
    }
    return sum / count;
  };
}

/** Sorted once for the round, so that a mean costs two bisections and not a walk through everybody. */
function meanOfAll({ state, issues, size }: WorldView, bound: number): MeanWithin {
  const sorted = Array.from({ length: issues }, (_, issue) =>
    Float64Array.from({ length: size }, (_, agent) => state.opinion[agent * issues + issue] as number).toSorted(),
  );
  const sums = sorted.map((opinions) => {
    const running = new Float64Array(size + 1);
    for (let place = 0; place < size; place++) running[place + 1] = (running[place] as number) + (opinions[place] as number);
    return running;
  });
  return (agent, issue) => {
    const opinions = sorted[issue] as Float64Array;
    const running = sums[issue] as Float64Array;
    const own = state.opinion[agent * issues + issue] as number;
    const first = firstAtLeast(opinions, own - bound);
    const end = firstAbove(opinions, own + bound);
    return ((running[end] as number) - (running[first] as number)) / (end - first);
  };
}

function bisect(sorted: Float64Array, isPast: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const firstAtLeast = (sorted: Float64Array, least: number): number => bisect(sorted, (value) => value >= least);
const firstAbove = (sorted: Float64Array, most: number): number => bisect(sorted, (value) => value > most);
