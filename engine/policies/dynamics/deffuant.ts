// Deffuant, Neau, Amblard & Weisbuch 2000, "Mixing beliefs among interacting agents": two who meet and differ by
// less than the bound both move by `convergence` of the difference, so the mean is kept.
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { meetAmong } from './meet.ts';
import { pairUp } from './pairs.ts';
import { takeStance, type Dynamic } from './turn.ts';

export function deffuant(view: WorldView, { bound, convergence, among }: DynamicsNamed<'deffuant'>): Dynamic {
  const mates = pairUp(view, meetAmong(view, among));
  return {
    step: ({ agent, opinion }) => {
      const mate = mates[agent] as number;
      if (mate === NONE) return false;
      for (let issue = 0; issue < opinion.length; issue++) {
        const own = opinion[issue] as number;
        const difference = (view.state.opinion[mate * view.issues + issue] as number) - own;
        if (Math.abs(difference) < bound) opinion[issue] = own + convergence * difference;
      }
      return true;
    },
    hear: takeStance,
  };
}
