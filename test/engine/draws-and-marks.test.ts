// The two shortcuts of the feed: they must find what the slow way finds.
import { describe, expect, it } from 'vitest';
import { randomKey, randomStream } from '#foundation';
import { cutPoints, placeAt } from '../../engine/platforms/cut-points.ts';
import { createMarks } from '../../engine/platforms/marks.ts';

const random = randomStream(randomKey(3, 'shortcuts'));

/** The slow way: the first place whose sum exceeds the aim, else the last. */
const firstAbove = (sums: Float64Array, aim: number): number => {
  const place = sums.findIndex((sum) => sum > aim);
  return place < 0 ? sums.length - 1 : place;
};

describe('cut-points', () => {
  it.each([1, 2, 7, 64, 500])('find among %i places what a search from the start finds', (count) => {
    let sum = 0;
    const sums = Float64Array.from({ length: count }, () => (sum += random.below(3) === 0 ? 0 : random.next() ** 8));
    const points = cutPoints(sums);
    for (let draw = 0; draw < 4000; draw++) {
      const u = draw < 65 ? Math.min(draw / 64, 1 - 2 ** -32) : random.next();
      expect(placeAt(points, u)).toBe(firstAbove(sums, u * sum));
    }
  });

  it('use only the places they are told of', () => {
    const points = cutPoints(Float64Array.of(1, 2, 3, 4), 2);
    expect(new Set(Array.from({ length: 200 }, () => placeAt(points, random.next())))).toEqual(new Set([0, 1]));
  });
});

describe('marks', () => {
  it('never deny what was added, deny most else, and forget when cleared', () => {
    const marks = createMarks();
    const added = Array.from({ length: 30 }, () => random.below(1_000_000));
    for (const value of added) marks.add(value);
    expect(added.every((value) => marks.mayHold(value))).toBe(true);
    const others = Array.from({ length: 2000 }, () => random.below(1_000_000)).filter((value) => !added.includes(value));
    expect(others.filter((value) => marks.mayHold(value)).length).toBeLessThan(others.length / 20);
    marks.fill();
    expect(others.every((value) => marks.mayHold(value))).toBe(true);
    marks.clear();
    expect(added.some((value) => marks.mayHold(value))).toBe(false);
  });
});
