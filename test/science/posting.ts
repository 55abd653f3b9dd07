// Hawkes posting: rate, and the sizes of cascades (Borel's distribution).
import { randomKey, randomStream } from '#foundation';
import { KIND } from '../../engine/platforms/platform.ts';
import { complete, replicas } from './networks.ts';
import { between, meanOf, nearMean, nearShare, near, shareOf, varianceOf, type Row } from './row.ts';
import { live, populationOf, specOf, unconnected } from './world.ts';

const MODEL = 'Hawkes';

/** Posts and replies of every pair of agents: how many of each, and when the first was written. */
async function pairsPosting(pairs: number, rounds: number, postsPerHour: number, branching: number, decayPerHour: number) {
  const network = replicas(pairs, () => complete(2));
  const dynamics = { name: 'hawkes', postsPerHour, branching, decayPerHour } as const;
  const world = await live(
    specOf(
      populationOf(network, () => 0.5),
      dynamics,
      4,
    ),
    rounds,
    () => false,
  );
  const found = Array.from({ length: pairs }, () => ({ own: 0, all: 0, first: Infinity }));
  const table = world.posts[0];
  if (table === undefined) throw new Error('a world has a platform');
  const { author, kind, round } = table.columns;
  for (let post = 0; post < table.length; post++) {
    const pair = found[(author[post] ?? 0) >> 1];
    if (pair === undefined) continue;
    pair.all++;
    if (kind[post] === KIND.post) pair.own++;
    pair.first = Math.min(pair.first, round[post] ?? 0);
  }
  return found;
}

/**
 * Time-rescaling for counts: with the intensity λ worked out from the posts so far, a count k has a place in Poisson's
 * distribution, spread within it by lot, that is uniform if λ is right (Brockwell 2007). Kolmogorov–Smirnov distance.
 */
async function rescaledDistance(): Promise<{ readonly distance: number; readonly n: number }> {
  const [pairs, rounds, rate, branching, decay] = [60, 250, 0.3, 0.7, 0.5];
  const dynamics = { name: 'hawkes', postsPerHour: rate, branching, decayPerHour: decay } as const;
  const population = populationOf(
    replicas(pairs, () => complete(2)),
    () => 0.5,
  );
  const world = await live(specOf(population, dynamics, 8), rounds, () => false);
  const counts = Array.from({ length: 2 * pairs }, () => Array.from({ length: rounds }, () => 0));
  const { columns, length } = world.posts[0] as (typeof world.posts)[number];
  for (let post = 0; post < length; post++) {
    const row = counts[columns.author[post] as number] as number[];
    const round = columns.round[post] as number;
    row[round] = (row[round] ?? 0) + 1;
  }
  const lot = randomStream(randomKey(8, 'rescaled'));
  const places = counts.flatMap((own, agent) => {
    const other = counts[agent ^ 1] as number[];
    let memory = 0;
    return own.map((count, round) => {
      const intensity = rate + branching * (1 - Math.exp(-decay)) * memory;
      memory = memory * Math.exp(-decay) + (other[round] ?? 0);
      let below = 0;
      let term = Math.exp(-intensity);
      for (let k = 0; k < count; k++) {
        below += term;
        term *= intensity / (k + 1);
      }
      return below + lot.next() * term;
    });
  });
  const sorted = places.toSorted((left, right) => left - right);
  const n = sorted.length;
  const distance = Math.max(...sorted.map((place, rank) => Math.max((rank + 1) / n - place, place - rank / n)));
  return { distance, n };
}

export async function postingRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  // Long counts in a stationary process: mean μ/(1 − n), and variance over mean 1/(1 − n)².
  const rounds = 400;
  const pairs = 1000;
  const counts = (await pairsPosting(pairs, rounds, 0.25, 0.6, 2)).map(({ all }) => all);
  const mean = (rounds * 0.5) / 0.4;
  const variance = (rounds * 0.5) / 0.4 ** 3;
  // The start without a past costs n/(1 − n)² per μ/β in the mean, less than the error allowed.
  rows.push(
    nearMean(
      MODEL,
      'μ = .5, n = .6: posts per hour, μ/(1 − n)',
      mean / rounds,
      meanOf(counts) / rounds,
      Math.sqrt(variance) / rounds,
      pairs,
    ),
    near(
      MODEL,
      'variance of counts over mean, 1/(1 − n)²',
      1 / 0.4 ** 2,
      varianceOf(counts) / meanOf(counts),
      4 * 6.25 * Math.sqrt(2 / pairs),
      `4σ/√n of a sample variance, σ = √2 · 6.25, n = ${pairs}`,
    ),
  );
  for (const [branching, size] of [
    [0.5, 2],
    [0.8, 5],
  ] as const) {
    // Pairs with one post of their own, early enough for its cascade to end: cascades without a mix.
    const found = await pairsPosting(10_000, 300, 0.0008, branching, 3);
    const sizes = found.filter(({ own, first }) => own === 1 && first < 120).map(({ all }) => all);
    const sd = Math.sqrt(branching / (1 - branching) ** 3);
    rows.push(
      nearMean(MODEL, `n = ${branching}: mean cascade, 1/(1 − n)`, size, meanOf(sizes), sd, sizes.length),
      nearMean(
        MODEL,
        `n = ${branching}: variance of cascades, n/(1 − n)³`,
        sd ** 2,
        varianceOf(sizes),
        fourthMomentError(sizes),
        sizes.length,
      ),
      nearShare(
        MODEL,
        `n = ${branching}: cascades of one, e⁻ⁿ`,
        Math.exp(-branching),
        shareOf(sizes, (all) => all === 1),
        sizes.length,
      ),
    );
  }
  const { distance, n } = await rescaledDistance();
  // 1.95/√n is passed by chance once in a thousand.
  rows.push(
    between(
      MODEL,
      'time-rescaled counts: distance from uniform',
      0,
      1.95 / Math.sqrt(n),
      distance,
      `Kolmogorov–Smirnov, p = .001, n = ${n}`,
    ),
  );
  const poissonCounts = await live(
    specOf(
      populationOf(unconnected(20_000), () => 0),
      { name: 'hawkes', postsPerHour: 2 },
      6,
    ),
    5,
    () => false,
  );
  rows.push(
    nearMean(
      MODEL,
      'nobody follows anybody: posts per agent and hour',
      2,
      (poissonCounts.posts[0]?.length ?? 0) / 100_000,
      Math.sqrt(2),
      100_000,
    ),
  );
  return rows;
}

/** Standard deviation of one term of a sample variance, √(m₄ − σ⁴), from the sample itself. */
function fourthMomentError(values: readonly number[]): number {
  const mean = meanOf(values);
  const fourth = meanOf(values.map((value) => (value - mean) ** 4));
  return Math.sqrt(fourth - varianceOf(values) ** 2);
}
