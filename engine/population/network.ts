// A population from a network that somebody measured or made up, without documents: who follows whom, what each
// thinks, and when each is about. Everything else is the middle of its scale.
import type { Population } from '../contract.ts';
import { allocateColumns, allocateTies } from './columns.ts';
import { hashPopulation } from './encode.ts';

export interface NetworkPlan {
  readonly size: number;
  /** By agent: whom it follows, each with the strength of the tie (1 where left out). */
  readonly follows: (agent: number) => readonly (number | readonly [target: number, strength: number])[];
  /** −1 … +1, on the one issue there is; 0 where left out. */
  readonly opinion?: (agent: number) => number;
  /** Expected sessions per hour at the peak of the agent's day; 1 where left out. */
  readonly activity?: (agent: number) => number;
  /** Days of 24 hourly weights; agent a lives by number `a mod length`. A flat day where left out. At most 256. */
  readonly days?: readonly (readonly number[])[];
}

const FLAT_DAY = Array.from({ length: 24 }, () => 1);
const MIDDLE = 0.5;

export function networkPopulation(plan: NetworkPlan): Population {
  const { size, follows, opinion = () => 0, activity = () => 1, days = [FLAT_DAY] } = plan;
  const columns = allocateColumns(size, 1);
  const rows = Array.from({ length: size }, (_, agent) => follows(agent));
  const ties = allocateTies(
    size,
    rows.reduce((sum, row) => sum + row.length, 0),
  );
  let tie = 0;
  rows.forEach((row, agent) => {
    columns.opinion[agent] = opinion(agent);
    columns.activity[agent] = activity(agent);
    columns.rhythm[agent] = agent % days.length;
    for (const entry of row) {
      const [target, strength] = typeof entry === 'number' ? [entry, 1] : entry;
      ties.targets[tie] = target;
      ties.strength[tie++] = strength;
    }
    ties.offsets[agent + 1] = tie;
  });
  for (const column of [columns.traits, columns.values, columns.certainty, columns.salience]) column.fill(MIDDLE);
  columns.reach.fill(1);
  const parts: Omit<Population, 'hash'> = {
    size,
    seed: 0,
    issues: [{ index: 0, id: 'it', label: 'it', proposition: 'It is so.', terms: [], question: 0 }],
    actors: [],
    communities: [{ label: 'all', terms: [] }],
    lexicon: {
      occupations: ['unknown'],
      regions: ['unknown'],
      rhythms: days.map((hours, index) => ({ name: `day ${index}`, hours })),
    },
    columns,
    ties,
    talkingPoints: [],
  };
  return { ...parts, hash: hashPopulation(parts) };
}
