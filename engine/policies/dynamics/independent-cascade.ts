// Independent cascade (Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003): a new adopter tries each
// follower once. Who is reached in the end is who is connected to a seed when every tie is kept with that chance.
import { randomKey, uniform } from '#foundation';
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { adopters, contagion, isFresh } from './contagion.ts';
import type { Dynamic } from './turn.ts';

export function independentCascade(view: WorldView, { probability }: DynamicsNamed<'independent-cascade'>): Dynamic {
  const { ties, issues } = view;
  const key = randomKey(view.seed, 'cascade', view.round);
  const hasAdopted = adopters(view);
  return contagion(view, {
    wonBy: (agent, issue) => {
      const end = ties.offsets[agent + 1] as number;
      for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
        const followed = ties.targets[tie] as number;
        if (!hasAdopted(followed, issue) || !isFresh(view, followed, issue)) continue;
        if (uniform(key, agent, tie * issues + issue) < probability) return followed;
      }
      return NONE;
    },
  });
}
