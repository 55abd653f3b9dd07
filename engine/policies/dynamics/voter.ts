// The voter model (Clifford & Sudbury 1973; Holley & Liggett 1975), in rounds: each agent copies somebody with chance
// `copying`. The degree-weighted mean of an undirected network is a martingale, and in a well-mixed population rounds
// stretch the time of one-by-one copying by 2 / (c (2 − c)), c for `copying`.
import { randomKey, uniform } from '#foundation';
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { meetAmong } from './meet.ts';
import { takeStance, type Dynamic } from './turn.ts';

export function voter(view: WorldView, { copying, among }: DynamicsNamed<'voter'>): Dynamic {
  const meet = meetAmong(view, among);
  const key = randomKey(view.seed, 'voter', view.round);
  return {
    step: ({ agent, opinion }) => {
      if (uniform(key, agent, 0) >= copying) return false;
      for (let issue = 0; issue < opinion.length; issue++) {
        const model = meet(agent, uniform(key, agent, 1 + issue));
        if (model !== NONE) opinion[issue] = view.state.opinion[model * view.issues + issue] as number;
      }
      return true;
    },
    hear: takeStance,
  };
}
