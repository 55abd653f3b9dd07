// Deffuant–Weisbuch and Hegselmann–Krause: how many clusters a bound of confidence leaves, beside an independent program
// (confidence-oracle.ts); N = 1000, opinions uniform, bounds those of the literature, on [0, 1].
import { randomKey, randomStream } from '#foundation';
import { deffuantSizes, hegselmannKrauseSizes } from './confidence-oracle.ts';
import { between, near, nearFound, meanOf, shareOf, type Row } from './row.ts';
import { live, opinionsOf, populationOf, specOf, unconnected } from './world.ts';

const SIZE = 1000;
const ORACLE_RUNS = { deffuant: 60, hegselmannKrause: 200 };
const RUNS = 20;
/** Smaller clusters are the few whom the others left behind. */
const MAJOR = 0.05;

const uniformOpinions = (seed: number) => {
  const random = randomStream(randomKey(seed, 'uniform opinions'));
  return populationOf(unconnected(SIZE), () => 2 * random.next() - 1);
};

/** Sizes of groups that stand at least `gap` apart, and the widest of them. */
function clusters(opinions: Float32Array, gap: number): { readonly major: number; readonly widest: number } {
  const sorted = opinions.toSorted();
  let major = 0;
  let widest = 0;
  let first = 0;
  for (let at = 1; at <= sorted.length; at++) {
    if (at < sorted.length && (sorted[at] ?? 0) - (sorted[at - 1] ?? 0) < gap) continue;
    if (at - first >= MAJOR * SIZE) major++;
    widest = Math.max(widest, (sorted[at - 1] ?? 0) - (sorted[first] ?? 0));
    first = at;
  }
  return { major, widest };
}

/** Bound on [0, 1], and the number of major clusters that it mostly leaves. */
const DEFFUANT = [
  [0.5, 1],
  [0.3, 1],
  [0.22, 2],
  [0.15, 3],
] as const;
const HEGSELMANN_KRAUSE = [
  [0.3, 1],
  [0.25, 1],
  [0.2, 2],
  [0.15, 3],
] as const;

/** In what share of its runs the independent program ends in so many major clusters. */
function oracleShare(sizes: typeof deffuantSizes, bound: number, count: number, runs: number): number {
  const seeds = Array.from({ length: runs }, (_, seed) => seed + 1);
  return shareOf(seeds, (seed) => sizes(bound, seed).filter((size) => size >= MAJOR * SIZE).length === count);
}

export async function confidenceRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const drifts: number[] = [];
  let longest = 0;
  for (const [bound, count] of DEFFUANT) {
    const found: number[] = [];
    for (let seed = 1; seed <= RUNS; seed++) {
      const population = uniformOpinions(seed);
      const before = meanOf([...population.columns.opinion]);
      const spec = specOf(population, { name: 'deffuant', bound: 2 * bound, convergence: 0.5, among: 'everyone' }, seed);
      const world = await live(
        spec,
        1500,
        (now) => now.round % 20 === 0 && now.round > 0 && clusters(opinionsOf(now), bound).widest < bound / 10,
      );
      longest = Math.max(longest, world.round);
      drifts.push(Math.abs(meanOf([...opinionsOf(world)]) - before));
      found.push(clusters(opinionsOf(world), bound).major);
    }
    const share = shareOf(found, (clusterCount) => clusterCount === count);
    const runs = ORACLE_RUNS.deffuant;
    const known = oracleShare(deffuantSizes, bound, count, runs);
    rows.push(nearFound('Deffuant', `ε = ${bound}: runs with ${count} major`, known, runs, share, RUNS));
  }
  rows.push(
    near('Deffuant', 'largest drift of the mean', 0, Math.max(...drifts), longest * 2 ** -25, `${longest} roundings of 2⁻²⁵`),
  );
  for (const [bound, count] of HEGSELMANN_KRAUSE) {
    const found = await hegselmannKrause(bound);
    const share = shareOf(found, ({ major }) => major === count);
    const runs = ORACLE_RUNS.hegselmannKrause;
    const known = oracleShare(hegselmannKrauseSizes, bound, count, runs);
    rows.push(nearFound('Hegselmann–Krause', `ε = ${bound}: runs with ${count} major`, known, runs, share, RUNS));
  }
  const narrow = await hegselmannKrause(0.1);
  rows.push(
    between(
      'Hegselmann–Krause',
      'ε = 0.1: major clusters, fewest',
      3,
      5,
      Math.min(...narrow.map(({ major }) => major)),
      'range of 30 runs',
    ),
    between(
      'Hegselmann–Krause',
      'ε = 0.1: major clusters, most',
      3,
      5,
      Math.max(...narrow.map(({ major }) => major)),
      'range of 30 runs',
    ),
    between(
      'Hegselmann–Krause',
      'runs that change the order of opinions',
      0,
      0,
      narrow.filter(({ ordered }) => !ordered).length,
      'exact',
    ),
    between('Hegselmann–Krause', 'runs that have not come to rest', 0, 0, narrow.filter(({ rested }) => !rested).length, 'exact'),
  );
  return rows;
}

async function hegselmannKrause(bound: number) {
  const found: { readonly major: number; readonly ordered: boolean; readonly rested: boolean }[] = [];
  for (let seed = 1; seed <= RUNS; seed++) {
    const population = uniformOpinions(seed);
    const spec = specOf(population, { name: 'hegselmann-krause', bound: 2 * bound, among: 'everyone' }, seed);
    const world = await live(spec, 500);
    const ranked = Array.from({ length: SIZE }, (_, agent) => agent).toSorted(
      (left, right) => (population.columns.opinion[left] ?? 0) - (population.columns.opinion[right] ?? 0),
    );
    const after = ranked.map((agent) => opinionsOf(world)[agent] ?? 0);
    found.push({
      major: clusters(opinionsOf(world), bound / 10).major,
      ordered: after.every((opinion, place) => place === 0 || opinion >= (after[place - 1] ?? 0) - 2 ** -23),
      rested: world.round < 500,
    });
  }
  return found;
}
