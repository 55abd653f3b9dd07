// The voter model: where it ends and how long it takes. A world of replicas; each is one sample.
import { byCopy, complete, replicas, star } from './networks.ts';
import { meanOf, nearMean, nearShare, shareOf, varianceOf, type Row } from './row.ts';
import { live, opinionsOf, populationOf, specOf } from './world.ts';

const MODEL = 'Voter';

async function fixations(count: number, size: number, ofOne: 'complete' | 'star', ones: number, copying: number) {
  const network = replicas(count, () => (ofOne === 'complete' ? complete(size) : star(size)));
  const population = populationOf(network, (agent) => (agent % size < ones ? 1 : -1));
  const times = Array.from({ length: count }, () => 0);
  const world = await live(specOf(population, { name: 'voter', copying }, 5), 2000, ({ fixed, round }) => {
    const sums = byCopy(fixed.state.opinion, size, Math.sign);
    let open = 0;
    sums.forEach((sum, copy) => {
      if (Math.abs(sum) === size) times[copy] ||= round;
      else open++;
    });
    return open === 0;
  });
  return { times, ends: byCopy(opinionsOf(world), size, Math.sign) };
}

/** One-by-one copying among N takes −(N − 1)[(1 − ρ) ln(1 − ρ) + ρ ln ρ] sweeps; rounds have another variance per step. */
function roundsToFix(size: number, share: number, copying: number): number {
  const sweeps = -(size - 1) * ((1 - share) * Math.log(1 - share) + share * Math.log(share));
  return (sweeps * 2) / (copying * (2 - (copying * size) / (size - 1)));
}

export async function copyingRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [ones, copying] of [
    [50, 1],
    [20, 0.5],
  ] as const) {
    const count = 200;
    const { times, ends } = await fixations(count, 100, 'complete', ones, copying);
    const share = ones / 100;
    const label = `K₁₀₀, ρ = ${share}, copying ${copying}`;
    rows.push(
      nearMean(
        MODEL,
        `${label}: rounds to agree`,
        roundsToFix(100, share, copying),
        meanOf(times),
        Math.sqrt(varianceOf(times)),
        count,
      ),
      nearShare(
        MODEL,
        `${label}: ends with 1`,
        share,
        shareOf(ends, (sum) => sum > 0),
        count,
      ),
    );
  }
  const stars = await fixations(2000, 6, 'star', 1, 0.5);
  rows.push(
    nearShare(
      MODEL,
      'star of 6, hub 1 and leaves 0: ends with 1',
      0.5,
      shareOf(stars.ends, (sum) => sum > 0),
      2000,
    ),
  );
  return rows;
}
