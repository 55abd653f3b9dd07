// Watts 2002, "A simple model of global cascades on random networks": one adopts when at least this share of the
// accounts one follows has.
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';
import { adopters, contagion } from './contagion.ts';
import type { Dynamic } from './turn.ts';

export function watts(view: WorldView, { threshold }: DynamicsNamed<'watts'>): Dynamic {
  const { offsets, targets } = view.ties;
  const hasAdopted = adopters(view);
  return contagion(view, {
    wonBy: (agent, issue) => {
      const start = offsets[agent] as number;
      const end = offsets[agent + 1] as number;
      let adopted = 0;
      let first = NONE;
      for (let tie = start; tie < end; tie++) {
        if (!hasAdopted(targets[tie] as number, issue)) continue;
        adopted++;
        if (first === NONE) first = targets[tie] as number;
      }
      return first !== NONE && adopted >= threshold * (end - start) ? first : NONE;
    },
  });
}
