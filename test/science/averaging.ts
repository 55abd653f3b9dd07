// DeGroot and Friedkin–Johnsen against their closed forms.
import { randomKey, randomStream } from '#foundation';
import { randomNetwork } from './networks.ts';
import { near, type Row } from './row.ts';
import { live, opinionsOf, populationOf, specOf, type Network } from './world.ts';

/** States are kept in single precision: each round rounds by at most half a unit in the last place. */
const rounding = (rounds: number): [number, string] => [rounds * 2 ** -24, `${rounds} roundings of 2⁻²⁴`];

/** Rows (½, ½, 0), (¼, ½, ¼), (0, ½, ½): the left eigenvector is (¼, ½, ¼), the second eigenvalue ½. */
const THREE: Network = { size: 3, follows: (agent) => [[1], [0, 2], [1]][agent] ?? [] };

const SIZE = 50;
const random = randomStream(randomKey(3, 'averaging'));
const STARTS = Array.from({ length: SIZE }, () => 2 * random.next() - 1);
const FIFTY = randomNetwork(SIZE, 6, 4);

export async function averagingRows(): Promise<readonly Row[]> {
  const weights = [0.25, 0.5, 0.25];
  const begin = [0.8, -0.4, 0.2];
  const three = await live(
    specOf(
      populationOf(THREE, (agent) => begin[agent] ?? 0),
      { name: 'degroot', self: 0.5 },
    ),
    200,
  );
  const consensus = weights.reduce((sum, weight, agent) => sum + weight * (begin[agent] ?? 0), 0);

  const edge = specOf(
    populationOf(THREE, (agent) => 1 - agent),
    { name: 'degroot', self: 0.5 },
  );
  const after10 = opinionsOf(await live(edge, 10));

  const degrees = Array.from({ length: SIZE }, (_, agent) => FIFTY.follows(agent).length);
  const ends = degrees.reduce((sum, degree) => sum + degree, 0);
  const walk = STARTS.reduce((sum, start, agent) => sum + (start * (degrees[agent] ?? 0)) / ends, 0);
  const fifty = await live(
    specOf(
      populationOf(FIFTY, (agent) => STARTS[agent] ?? 0),
      { name: 'degroot', self: 0 },
    ),
    400,
  );
  const agreed = [...opinionsOf(fifty)];

  const two: Network = { size: 2, follows: (agent) => [1 - agent] };
  const pair = await live(
    specOf(
      populationOf(two, (agent) => agent),
      { name: 'friedkin-johnsen', self: 0.5, susceptibility: 0.5 },
    ),
    200,
  );

  const fj = await live(
    specOf(
      populationOf(FIFTY, (agent) => STARTS[agent] ?? 0),
      { name: 'friedkin-johnsen', self: 0.3, susceptibility: 0.8 },
    ),
    400,
  );
  const settled = friedkinJohnsen(0.3, 0.8);
  const worst = Math.max(...[...opinionsOf(fj)].map((opinion, agent) => Math.abs(opinion - (settled[agent] ?? 0))));
  return [
    near('DeGroot', 'consensus of three, π = (¼, ½, ¼)', consensus, opinionsOf(three)[0] ?? 0, ...rounding(three.round)),
    near('DeGroot', 'spread after 10 rounds, |λ₂|¹⁰', 2 * 0.5 ** 10, (after10[0] ?? 0) - (after10[2] ?? 0), ...rounding(10)),
    near('DeGroot', 'consensus of 50, πᵢ = dᵢ/2m', walk, agreed[0] ?? 0, ...rounding(fifty.round)),
    near('DeGroot', 'spread of 50 at the end', 0, Math.max(...agreed) - Math.min(...agreed), ...rounding(2)),
    near('Friedkin–Johnsen', 'two agents, W = ½, λ = ½: first', 0.25, opinionsOf(pair)[0] ?? 0, ...rounding(2)),
    near('Friedkin–Johnsen', 'second', 0.75, opinionsOf(pair)[1] ?? 0, ...rounding(2)),
    near('Friedkin–Johnsen', 'largest error of 50 against (I − λW)⁻¹(1 − λ)s', 0, worst, ...rounding(10)),
  ];
}

/** (I − λW)⁻¹ (1 − λ) s by elimination. */
function friedkinJohnsen(self: number, susceptibility: number): number[] {
  const rows = Array.from({ length: SIZE }, (_, agent) => {
    const follows = FIFTY.follows(agent) as number[];
    const row = Array.from({ length: SIZE + 1 }, () => 0);
    const set = (column: number, weight: number): void => {
      row[column] = (row[column] ?? 0) - susceptibility * weight;
    };
    set(agent, follows.length === 0 ? 1 : self);
    for (const other of follows) set(other, (1 - self) / follows.length);
    row[agent] = (row[agent] ?? 0) + 1;
    row[SIZE] = (1 - susceptibility) * (STARTS[agent] ?? 0);
    return row;
  });
  for (let pivot = 0; pivot < SIZE; pivot++) {
    const main = rows[pivot] as number[];
    for (let at = 0; at < SIZE; at++) {
      const row = rows[at] as number[];
      if (at === pivot) continue;
      const factor = (row[pivot] ?? 0) / (main[pivot] ?? 1);
      for (let column = pivot; column <= SIZE; column++) row[column] = (row[column] ?? 0) - factor * (main[column] ?? 0);
    }
  }
  return rows.map((row, agent) => (row[SIZE] ?? 0) / (row[agent] ?? 1));
}
