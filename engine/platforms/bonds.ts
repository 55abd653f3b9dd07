// Who follows and who mutes whom, as of the frozen round: ties of the population and those made since.
import { NONE } from '../contract.ts';
import type { WorldView } from '../rounds/world.ts';

/** Strength of the tie from `agent` to `author`; 0 where there is none. */
export function tieStrength(view: WorldView, agent: number, author: number): number {
  if (author === NONE) return 0;
  const { offsets, targets, strength } = view.ties;
  let low = offsets[agent] as number;
  let high = offsets[agent + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((targets[middle] as number) < author) low = middle + 1;
    else high = middle;
  }
  if (low < (offsets[agent + 1] as number) && targets[low] === author) return strength[low] as number;
  const { target, previous, mute } = view.bonds;
  for (let bond = view.latestBond[agent] as number; bond !== NONE; bond = previous[bond] as number) {
    if (target[bond] === author && mute[bond] === 0) return view.behaviour['new-tie-strength'];
  }
  return 0;
}

/** Fills `muted` with the agents that `agent` does not want to see. */
export function collectMuted(view: WorldView, agent: number, muted: number[]): void {
  muted.length = 0;
  const { target, previous, mute } = view.bonds;
  for (let bond = view.latestBond[agent] as number; bond !== NONE; bond = previous[bond] as number) {
    if (mute[bond] === 1) muted.push(target[bond] as number);
  }
}
