// How many follow an agent and how many it follows, as of a round: the ties it began with, and what was done to them.
import type { AgentId, FollowCounts, Ties } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import type { Ledger } from './ledger.ts';

/** `ties` are those of the agents who were there in that round. */
export function followCountsAt(ledger: Ledger, ties: Ties, agent: AgentId, round: number): FollowCounts {
  let following = (ties.offsets[agent + 1] ?? 0) - (ties.offsets[agent] ?? 0);
  let followers = 0;
  for (const target of ties.targets) if (target === agent) followers++;
  for (let at = 0; at <= round; at++) {
    const batch = ledger.batch(at);
    if (batch === undefined) break;
    for (let row = 0; row < batch.count; row++) {
      const kind = batch.kind[row];
      if (kind !== KIND.follow && kind !== KIND.unfollow) continue;
      const change = kind === KIND.follow ? 1 : -1;
      if (batch.target[row] === agent) followers += change;
      if (batch.agent[row] === agent) following += change;
    }
  }
  return { followers, following };
}
