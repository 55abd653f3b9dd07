// The average that DeGroot's and Friedkin and Johnsen's models share: own opinion and those of the accounts
// followed, by the strength of the tie. One row of a row-stochastic matrix.
import type { WorldView } from '../../rounds/world.ts';

export type Average = (agent: number, issue: number) => number;

/** Weight `self` on one's own opinion, the rest on those followed; who follows nobody keeps its own. */
export function averageOf(view: WorldView, self: number): Average {
  const { issues, state, ties } = view;
  return (agent, issue) => {
    const own = state.opinion[agent * issues + issue] as number;
    const end = ties.offsets[agent + 1] as number;
    let sum = 0;
    let weights = 0;
    for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
      const weight = ties.strength[tie] as number;
      sum += weight * (state.opinion[(ties.targets[tie] as number) * issues + issue] as number);
      weights += weight;
    }
    return weights === 0 ? own : self * own + ((1 - self) * sum) / weights;
  };
}
