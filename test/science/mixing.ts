// The measures of mixing on a stochastic block model, whose values follow from its two probabilities.
import { randomKey, randomStream } from '#foundation';
import { mixing } from '../../engine/measures/mixing.ts';
import { near, type Row } from './row.ts';
import { populationOf } from './world.ts';

const BLOCK = 500;
const WITHIN = 0.02;
const ACROSS = 0.005;

export function mixingRows(): Promise<readonly Row[]> {
  const random = randomStream(randomKey(5, 'blocks'));
  const rows: number[][] = Array.from({ length: 2 * BLOCK }, () => []);
  for (let one = 0; one < 2 * BLOCK; one++) {
    for (let other = 0; other < one; other++) {
      const chance = one < BLOCK === other < BLOCK ? WITHIN : ACROSS;
      if (random.next() >= chance) continue;
      rows[one]?.push(other);
      rows[other]?.push(one);
    }
  }
  const population = populationOf({ size: 2 * BLOCK, follows: (agent) => rows[agent] ?? [] }, (agent) =>
    agent < BLOCK ? 1 : -1,
  );
  const { externalInternal, assortativity } = mixing(population.columns.opinion, 1, 0, population.ties);
  const across = BLOCK ** 2 * ACROSS;
  const within = BLOCK * (BLOCK - 1) * WITHIN;
  const known = (across - within) / (across + within);
  const share = across / (across + within);
  const width = 4 * 2 * Math.sqrt((share * (1 - share)) / (across + within));
  const tolerance = `4σ of a share of ${Math.round(across + within)} ties, twice`;
  return Promise.resolve([
    near('E-I index', '2 × 500, p_in .02, p_out .005', known, externalInternal, width, tolerance),
    near('Assortativity', 'the same: minus the E-I index', -known, assortativity, width, tolerance),
  ]);
}
