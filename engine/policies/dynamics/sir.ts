// Susceptible, infected, recovered (Kermack & McKendrick 1927) on a network, in rounds: an infected account infects
// each follower with chance `infection` a round, and recovers at the end of each with chance `recovery`. So one tie
// transmits with chance T = β / (β + γ − βγ), and final sizes are those of bond percolation (Newman 2002).
import { randomKey, uniform } from '#foundation';
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { adopters, contagion, IMMUNE } from './contagion.ts';
import type { Dynamic } from './turn.ts';

export function sir(view: WorldView, { infection, recovery }: DynamicsNamed<'sir'>): Dynamic {
  const { ties, issues } = view;
  const infectKey = randomKey(view.seed, 'infect', view.round);
  const recoverKey = randomKey(view.seed, 'recover', view.round);
  const isInfected = adopters(view);
  return contagion(view, {
    wonBy: (agent, issue) => {
      const end = ties.offsets[agent + 1] as number;
      for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
        const followed = ties.targets[tie] as number;
        if (isInfected(followed, issue) && uniform(infectKey, agent, tie * issues + issue) < infection) return followed;
      }
      return NONE;
    },
    tire: ({ agent, opinion }, issue) => {
      if (uniform(recoverKey, agent, issue) < recovery) opinion[issue] = IMMUNE;
    },
  });
}
