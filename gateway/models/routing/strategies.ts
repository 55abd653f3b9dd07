// The strategies of a group: which of several that are able goes first.
import type { ModelCall } from '../model-call.ts';
import { capFor } from './cap.ts';
import type { ChooseOptions } from './choose.ts';
import { paceFor } from './health.ts';
import type { Member, Route } from './route.ts';

export interface Field {
  readonly call: ModelCall;
  readonly route: Route;
  /** At least two. */
  readonly able: readonly Member[];
  readonly now: number;
  readonly options: ChooseOptions;
}

/** Of a lane that nobody has timed yet but that is busy. */
const UNTIMED_MS = 1000;

export const STRATEGY: Readonly<Record<Route['strategy'], (field: Field) => Member | undefined>> = {
  weighted: ({ able, options }) => weighted(able, weightOf, options.random),
  priority: ({ able, options }) => {
    const first = Math.min(...able.map(({ priority }) => priority));
    return weighted(
      able.filter(({ priority }) => priority === first),
      weightOf,
      options.random,
    );
  },
  latency: ({ able, call, now, options: { random } }) => {
    // The better of two drawn at random: nearly as good as the best of all, and no crowd runs to one place.
    const one = Math.floor(random() * able.length);
    const other = (one + 1 + Math.floor(random() * (able.length - 1))) % able.length;
    const [a, b] = [able[one], able[other]];
    return a === undefined || b === undefined || loadOf(b, call, now) >= loadOf(a, call, now) ? a : b;
  },
  cost: ({ able, call, options }) => {
    const boundOf = (member: Member): number => boundNanoUsd(member, call, options);
    return able.reduce((best, member) => (boundOf(member) < boundOf(best) ? member : best));
  },
  'round-robin': ({ able, route }) => able[route.cursor++ % able.length],
};

const weightOf = (member: Member): number => member.weight;

/** Expected wait for a first byte: how long one takes × how many are before it; the best of its keys. */
function loadOf(member: Member, call: ModelCall, now: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const lane of member.lanes) {
    const pace = paceFor(lane, call).fadedMs(now);
    const each = pace === 0 && lane.inFlight > 0 ? UNTIMED_MS : pace;
    least = Math.min(least, each * (lane.inFlight + 1));
  }
  return least;
}

function boundNanoUsd({ target }: Member, call: ModelCall, { worstCost, outputTokens }: ChooseOptions): number {
  const { price } = target.info;
  // Nobody knows what an unpriced one costs, so it is not the cheapest.
  if (price === undefined) return Number.POSITIVE_INFINITY;
  return worstCost(price, call.inputTokenBound, capFor(call, target.info, outputTokens) * call.choices);
}

/** One of them with a chance proportional to its weight; the first where all weigh nothing. */
export function weighted<T>(items: readonly T[], weigh: (item: T) => number, random: () => number): T | undefined {
  if (items.length <= 1) return items[0];
  let left = random() * items.reduce((sum, item) => sum + weigh(item), 0);
  let chosen = items[0];
  for (const item of items) {
    const weight = weigh(item);
    if (weight <= 0) continue;
    chosen = item;
    left -= weight;
    if (left < 0) break;
  }
  return chosen;
}
