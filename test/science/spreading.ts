// Independent cascade, linear threshold, Watts and SIR against percolation and live-edge results.
import { byCopy, complete, path, randomNetwork, replicas } from './networks.ts';
import { between, meanOf, near, nearFound, nearMean, shareOf, varianceOf, type Row } from './row.ts';
import { live, opinionsOf, populationOf, specOf, type Network } from './world.ts';

type Spreading = Parameters<typeof specOf>[1];

/** How many adopt in each of many copies, agent 0 of each being the seed. */
async function reached(count: number, size: number, of: (copy: number) => Network, dynamics: Spreading): Promise<number[]> {
  const population = populationOf(replicas(count, of), (agent) => (agent % size === 0 ? 1 : -1));
  const world = await live(specOf(population, dynamics, 2), 500, (_, changed) => !changed);
  return byCopy(opinionsOf(world), size, (opinion) => (opinion >= 0 ? 1 : 0));
}

/** Share reached on a Poisson network from a share `seeds`: s = 1 − (1 − ρ) e^(−R₀ s). */
function finalShare(r0: number, seeds: number): number {
  let share = 1;
  for (let n = 0; n < 1000; n++) share = 1 - (1 - seeds) * Math.exp(-r0 * share);
  return share;
}

/** Standard deviation of the giant component's size over √N (its central limit theorem). */
const giantSd = (r0: number, share: number): number => Math.sqrt(share * (1 - share)) / (1 - r0 * (1 - share));

const SEEDS = 0.01;
async function onRandomNetwork(size: number, z: number, dynamics: Spreading): Promise<number> {
  const population = populationOf(randomNetwork(size, z, 9), (agent) => (agent < SEEDS * size ? 1 : -1));
  const world = await live(specOf(population, dynamics, 3), 500, (_, changed) => !changed);
  return shareOf([...opinionsOf(world)], (opinion) => opinion >= 0);
}

export async function spreadingRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const many = 8000;
  const p = 0.3;
  const expectMean = (model: string, what: string, known: number, values: readonly number[]): void =>
    void rows.push(nearMean(model, what, known, meanOf(values), Math.sqrt(varianceOf(values)), values.length));

  const cascade: Spreading = { name: 'independent-cascade', probability: p };
  expectMean(
    'Independent cascade',
    'triangle, p = .3: mean reached, 1 + 2(p + p² − p³)',
    1 + 2 * (p + p ** 2 - p ** 3),
    await reached(many, 3, () => complete(3), cascade),
  );
  expectMean(
    'Independent cascade',
    'line of 5 from its end: mean reached, Σ pᵏ',
    1.4251,
    await reached(many, 5, () => path(5), cascade),
  );
  expectMean(
    'Linear threshold',
    'path of 3 from its end: mean reached',
    2,
    await reached(many, 3, () => path(3), { name: 'linear-threshold' }),
  );

  const size = 20_000;
  for (const [r0, z] of [
    [1.5, 5],
    [2, 4],
    [3, 6],
  ] as const) {
    const known = finalShare(r0, SEEDS);
    const found = await onRandomNetwork(size, z, { name: 'independent-cascade', probability: r0 / z });
    rows.push(
      nearMean(
        'Independent cascade',
        `random network, R₀ = ${r0}, 1 % seeds: share reached`,
        known,
        found,
        giantSd(r0, known),
        size,
      ),
    );
  }
  const copies = 200;
  const single = await reached(copies, 500, (copy) => randomNetwork(500, 4, 100 + copy), {
    name: 'independent-cascade',
    probability: 0.5,
  });
  expectMean(
    'Independent cascade',
    'random network, R₀ = 2, one seed: mean share, S²',
    0.7968 ** 2,
    single.map((count) => count / 500),
  );

  for (const [infection, recovery, z] of [
    [0.2, 0.4, 5],
    [0.5, 0.5, 3],
  ] as const) {
    const transmits = infection / (infection + recovery - infection * recovery);
    const r0 = z * transmits;
    const known = finalShare(r0, SEEDS);
    const found = await onRandomNetwork(size, z, { name: 'sir', infection, recovery });
    rows.push(
      nearMean(
        'SIR',
        `random network, β = ${infection}, γ = ${recovery}, R₀ = zT = ${r0.toFixed(2)}: share ever infected`,
        known,
        found,
        giantSd(r0, known),
        size,
      ),
    );
  }
  const pair: Network = { size: 2, follows: (agent) => [1 - agent] };
  const T = 0.2 / (0.2 + 0.4 - 0.08);
  expectMean(
    'SIR',
    'one tie, β = .2, γ = .4: mean reached, 1 + T',
    1 + T,
    await reached(many, 2, () => pair, { name: 'sir', infection: 0.2, recovery: 0.4 }),
  );

  const watts: Spreading = { name: 'watts', threshold: 0.18 };
  const worlds = 60;
  for (const [z, theirs] of [
    [4, 0.87],
    [5, 0.72],
    [7, 0],
    [9, 0],
  ] as const) {
    const counts = await reached(worlds, 3000, (copy) => randomNetwork(3000, z, 1000 + copy), watts);
    rows.push(
      nearFound(
        'Watts',
        `φ = .18, z = ${z}: global cascades`,
        theirs,
        100,
        shareOf(counts, (count) => count > 1500),
        worlds,
      ),
    );
    if (z === 4) {
      const global = counts.filter((count) => count > 1500).map((count) => count / 3000);
      rows.push(near('Watts', 'φ = .18, z = 4: share reached by those', 0.98, meanOf(global), 0.01, 'as published, to 2 digits'));
    }
  }
  const sparse = await reached(worlds, 3000, (copy) => randomNetwork(3000, 0.8, 2000 + copy), watts);
  rows.push(
    between(
      'Watts',
      'φ = .18, z = 0.8, below the window (1.02 … 5.76): largest share',
      0,
      0.1,
      Math.max(...sparse) / 3000,
      'a vanishing share',
    ),
  );
  return rows;
}
