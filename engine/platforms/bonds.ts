// Who follows and who mutes whom, as of the frozen round: ties of the population and what was done to them since.
// Invariant: of all that an agent did about one other, the latest follow or unfollow counts, and the latest mute or unmute.
import { NONE } from '../contract.ts';
import type { WorldView } from '../rounds/world.ts';
import { KIND } from './platform.ts';

/** What an agent has done to its ties during the run; reused from agent to agent. */
export interface Relations {
  readonly muted: number[];
  readonly unmuted: number[];
  readonly followed: number[];
  readonly unfollowed: number[];
}

export const createRelations = (): Relations => ({ muted: [], unmuted: [], followed: [], unfollowed: [] });

/** Fills `relations` for one agent, newest first. */
export function collectRelations(view: WorldView, agent: number, relations: Relations): void {
  const { muted, unmuted, followed, unfollowed } = relations;
  muted.length = unmuted.length = followed.length = unfollowed.length = 0;
  const { target, previous, kind } = view.bonds;
  for (let bond = view.latestBond[agent] as number; bond !== NONE; bond = previous[bond] as number) {
    const other = target[bond] as number;
    const code = kind[bond] as number;
    if (code === KIND.follow || code === KIND.unfollow) {
      if (!followed.includes(other) && !unfollowed.includes(other)) (code === KIND.follow ? followed : unfollowed).push(other);
    } else if (!muted.includes(other) && !unmuted.includes(other)) (code === KIND.mute ? muted : unmuted).push(other);
  }
}

/** Strength of the tie from `agent` to `author`; 0 where there is none. */
export function tieStrength(view: WorldView, agent: number, author: number): number {
  if (author === NONE) return 0;
  const { target, previous, kind } = view.bonds;
  for (let bond = view.latestBond[agent] as number; bond !== NONE; bond = previous[bond] as number) {
    if (target[bond] !== author) continue;
    if (kind[bond] === KIND.follow) return view.behaviour['new-tie-strength'];
    if (kind[bond] === KIND.unfollow) return 0;
  }
  const { offsets, targets, strength } = view.ties;
  let low = offsets[agent] as number;
  let high = offsets[agent + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((targets[middle] as number) < author) low = middle + 1;
    else high = middle;
  }
  return low < (offsets[agent + 1] as number) && targets[low] === author ? (strength[low] as number) : 0;
}
