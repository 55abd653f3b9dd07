// DeGroot 1974, "Reaching a consensus": x' = W x. Where W is irreducible and aperiodic all agree in the end on π·x(0),
// with π the left eigenvector of W.
import type { DynamicsNamed } from '#scenarios/contract';
import type { WorldView } from '../../rounds/world.ts';
import { averageOf } from './average.ts';
import { takeStance, type Dynamic } from './turn.ts';

export function degroot(view: WorldView, { self }: DynamicsNamed<'degroot'>): Dynamic {
  const average = averageOf(view, self);
  return {
    step: ({ agent, opinion }) => {
      for (let issue = 0; issue < opinion.length; issue++) opinion[issue] = average(agent, issue);
      return true;
    },
    hear: takeStance,
  };
}
