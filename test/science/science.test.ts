// The engine against the textbook. `node test/bench/science.ts` prints what is asserted here.
import { describe, expect, it } from 'vitest';
import { SUITE } from './suite.ts';

describe('named dynamics agree with what is known of them', () => {
  it.each(Object.entries(SUITE))(
    '%s',
    async (_, rowsOf) => {
      const rows = await rowsOf();
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ found, low, high }) => !(found >= low && found <= high))).toEqual([]);
    },
    // Some ten seconds of processor time each; a crowded machine may take long over them.
    600_000,
  );
});
