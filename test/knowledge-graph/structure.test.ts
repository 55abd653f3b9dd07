import { describe, expect, it } from 'vitest';
import { findStructure, structureOf } from '../../knowledge-graph/structure/structure.ts';
import { networkOf, range } from './networks.ts';

/** A ring with chords, large enough for a thread. */
const RING = networkOf(
  6000,
  range(0, 6000).flatMap((node) => [1, 2, 7, 40 + (node % 5)].map((step) => [node, (node + step) % 6000] as const)),
);

describe('the structure of a network', () => {
  it('is the same from a thread', async () => {
    expect(await findStructure(RING, 3)).toEqual(structureOf(RING, 3));
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const finding = findStructure(RING, 3, controller.signal);
    controller.abort();
    await expect(finding).rejects.toMatchObject({ code: 'cancelled' });
  });
});
