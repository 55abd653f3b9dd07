// The two models of bounded confidence once more, in the plainest way that is quick enough, by nothing of the engine:
// one population of 1,000 with uniform opinions on [0, 1], and the sizes of the clusters that it ends in.
import { randomKey, randomStream } from '#foundation';

const SIZE = 1000;
/** Meetings per agent, far more than it takes to come to rest. */
const MEETINGS = 300;
const MOST_STEPS = 1000;

/** Everyone moves to the mean of all within the bound, at once, until nobody moves. */
export function hegselmannKrauseSizes(bound: number, seed: number): readonly number[] {
  const random = randomStream(randomKey(seed, 'oracle of Hegselmann and Krause'));
  // Opinions keep their order (Hegselmann & Krause 2002), so those within the bound are a stretch of the sorted row.
  let opinions = Float64Array.from({ length: SIZE }, () => random.next()).toSorted();
  for (let step = 0, moved = 1; step < MOST_STEPS && moved > 1e-9; step++) {
    const sums = new Float64Array(SIZE + 1);
    opinions.forEach((opinion, agent) => void (sums[agent + 1] = (sums[agent] ?? 0) + opinion));
    let first = 0;
    let end = 0;
    moved = 0;
    opinions = opinions.map((opinion) => {
      while (opinion - (opinions[first] ?? 0) > bound) first++;
      while (end < SIZE && (opinions[end] ?? 0) - opinion <= bound) end++;
      const mean = ((sums[end] ?? 0) - (sums[first] ?? 0)) / (end - first);
      moved = Math.max(moved, Math.abs(mean - opinion));
      return mean;
    });
  }
  return sizesOf(opinions, 1e-3);
}

/** Two at a time meet by lot, and those who differ by less than the bound meet in the middle. */
export function deffuantSizes(bound: number, seed: number): readonly number[] {
  const random = randomStream(randomKey(seed, 'oracle of Deffuant'));
  const opinions = Float64Array.from({ length: SIZE }, () => random.next());
  for (let meeting = 0; meeting < SIZE * MEETINGS; meeting++) {
    const [one, other] = [random.below(SIZE), random.below(SIZE)];
    const half = ((opinions[other] ?? 0) - (opinions[one] ?? 0)) / 2;
    if (Math.abs(2 * half) >= bound) continue;
    opinions[one] = (opinions[one] ?? 0) + half;
    opinions[other] = (opinions[other] ?? 0) - half;
  }
  return sizesOf(opinions.toSorted(), bound / 10);
}

function sizesOf(sorted: Float64Array, gap: number): readonly number[] {
  const ends = [...sorted.keys()].filter((at) => at === SIZE - 1 || (sorted[at + 1] ?? 0) - (sorted[at] ?? 0) > gap);
  return ends.map((end, n) => end - (ends[n - 1] ?? -1));
}
