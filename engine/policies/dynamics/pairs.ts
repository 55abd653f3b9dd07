// A round's meetings in pairs, without conflict: nobody is in two. A coin makes each agent one who asks or one who
// listens; who asks draws whom to ask, and who listens goes with the lowest bid. The same for every worker.
import { randomKey, uniform } from '#foundation';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import type { Meet } from './meet.ts';

const COIN = 0;
const WHOM = 1;
const BID = 2;

/** By agent: the one it meets this round; NONE for nobody. `mates[mates[a]] === a`. */
export function pairUp(view: WorldView, meet: Meet): Uint32Array {
  const key = randomKey(view.seed, 'pairs', view.round);
  const mates = new Uint32Array(view.size).fill(NONE);
  const bids = new Float64Array(view.size).fill(1);
  const asks = (agent: number): boolean => uniform(key, agent, COIN) < 0.5;
  for (let agent = 0; agent < view.size; agent++) {
    if (!asks(agent)) continue;
    const asked = meet(agent, uniform(key, agent, WHOM));
    if (asked === NONE || asks(asked)) continue;
    const bid = uniform(key, agent, BID);
    if (bid >= (bids[asked] as number)) continue;
    const rival = mates[asked] as number;
    if (rival !== NONE) mates[rival] = NONE;
    bids[asked] = bid;
    mates[asked] = agent;
    mates[agent] = asked;
  }
  return mates;
}
