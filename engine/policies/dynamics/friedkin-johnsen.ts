// Friedkin & Johnsen 1990, "Social influence and opinions": x' = λ W x + (1 − λ) s, with s the opinions held at the
// start. It settles at (I − λW)⁻¹ (1 − λ) s.
import type { DynamicsNamed } from '#scenarios/contract';
import type { WorldView } from '../../rounds/world.ts';
import { averageOf } from './average.ts';
import { takeStance, type Dynamic } from './turn.ts';

export function friedkinJohnsen(view: WorldView, { self, susceptibility }: DynamicsNamed<'friedkin-johnsen'>): Dynamic {
  const average = averageOf(view, self);
  const anchor = view.anchor.opinion;
  return {
    step: ({ agent, opinion }) => {
      for (let issue = 0; issue < opinion.length; issue++) {
        const start = anchor[agent * view.issues + issue] as number;
        opinion[issue] = susceptibility * average(agent, issue) + (1 - susceptibility) * start;
      }
      return true;
    },
    hear: takeStance,
  };
}
