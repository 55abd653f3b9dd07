// Which of the eligible goes next. First those that are well and have not been tried for this call, by the group's
// strategy; then those that are well; then, rather than nothing, whichever will be well soonest.
import type { Price } from '../../contract.ts';
import type { ModelCall } from '../model-call.ts';
import { blockedMs } from './health.ts';
import type { Lane } from './health.ts';
import type { Eligible } from './eligible.ts';
import type { Member, Route } from './route.ts';
import { STRATEGY, weighted } from './strategies.ts';

export interface Choice {
  readonly member: Member;
  readonly lane: Lane;
  /** It was not to be chosen for so long, but nothing better was there; 0 = it is well. */
  readonly restingMs: number;
  /** Of this, what its provider asked for: worth waiting. */
  readonly toldMs: number;
}

export interface ChooseOptions {
  /** Draws from [0, 1). */
  readonly random: () => number;
  readonly outputTokens: number;
  /** The most that so many tokens can cost, in nano-USD. */
  readonly worstCost: (price: Price, inputTokens: number, outputTokens: number) => number;
  /** How long our own limits, or the provider's last word, would keep an attempt waiting. */
  readonly readyInMs: (provider: string, model: string, keyIndex: number) => number;
}

export function choose(
  call: ModelCall,
  route: Route,
  { members, preferred }: Eligible,
  tried: readonly Lane[],
  now: number,
  options: ChooseOptions,
): Choice {
  const only = members.length === 1 ? members[0] : undefined;
  const lane = only?.lanes.length === 1 ? only.lanes[0] : undefined;
  if (only !== undefined && lane !== undefined) return choiceOf(only, lane, now);

  const isWell = (candidate: Lane): boolean => unreadyMs(candidate, now, options) === 0;
  const isFresh = (candidate: Lane): boolean => !tried.includes(candidate) && isWell(candidate);
  for (const fits of tried.length === 0 ? [isWell] : [isFresh, isWell]) {
    const able = members.filter(({ lanes }) => lanes.some(fits));
    const member =
      preferred !== undefined && able.includes(preferred)
        ? preferred
        : able.length <= 1
          ? able[0]
          : STRATEGY[route.strategy]({ call, route, able, now, options });
    const chosen = member === undefined ? undefined : laneOf(member, fits, options.random);
    if (member !== undefined && chosen !== undefined) return { member, lane: chosen, restingMs: 0, toldMs: 0 };
  }
  return nearest(members, now, options);
}

function choiceOf(member: Member, lane: Lane, now: number): Choice {
  return { member, lane, restingMs: blockedMs(lane, now), toldMs: Math.max(0, lane.toldUntilMs - now) };
}

/** A limit of ours counts as well: where nothing else is left, the attempt waits for it in its fair queue. */
function unreadyMs(lane: Lane, now: number, options: ChooseOptions): number {
  return Math.max(blockedMs(lane, now), options.readyInMs(lane.provider, lane.target, lane.keyIndex));
}

function nearest(members: readonly Member[], now: number, options: ChooseOptions): Choice {
  let best: Choice | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const member of members) {
    for (const lane of member.lanes) {
      const unready = unreadyMs(lane, now, options);
      if (best !== undefined && unready >= least) continue;
      best = choiceOf(member, lane, now);
      least = unready;
    }
  }
  if (best === undefined) throw new Error('A route has a member, and a member a key.');
  return best;
}

function laneOf({ lanes, laneWeights }: Member, fits: (lane: Lane) => boolean, random: () => number): Lane | undefined {
  const first = lanes[0];
  if (lanes.length === 1) return first !== undefined && fits(first) ? first : undefined;
  return weighted(lanes.filter(fits), (lane) => laneWeights[lane.keyIndex] ?? 1, random);
}
