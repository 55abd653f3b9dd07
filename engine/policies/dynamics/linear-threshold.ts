// Linear threshold (Granovetter 1978; Kempe, Kleinberg & Tardos 2003): one adopts when the weight of followed
// adopters, ties by their strength and summing to one, reaches a threshold drawn once from (0, 1).
import { randomKey, uniform } from '#foundation';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { adopters, contagion } from './contagion.ts';
import type { Dynamic } from './turn.ts';

export function linearThreshold(view: WorldView): Dynamic {
  const { ties } = view;
  const key = randomKey(view.seed, 'threshold');
  const hasAdopted = adopters(view);
  return contagion(view, {
    wonBy: (agent, issue) => {
      const end = ties.offsets[agent + 1] as number;
      let adopted = 0;
      let total = 0;
      let first = NONE;
      for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
        const weight = ties.strength[tie] as number;
        total += weight;
        if (!hasAdopted(ties.targets[tie] as number, issue)) continue;
        adopted += weight;
        if (first === NONE) first = ties.targets[tie] as number;
      }
      return first !== NONE && adopted >= uniform(key, agent, issue) * total ? first : NONE;
    },
  });
}
