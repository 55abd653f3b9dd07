// The shortest chain of facts: fewest facts, then the surest, in both times, and never over what is denied.
import { describe, expect, it } from 'vitest';
import { openGraph } from '#knowledge-graph';
import type { GraphSnapshot, Relation } from '#knowledge-graph/contract';

const fact = (id: string, subject: string, object: string, more: Partial<Relation> = {}): Relation => ({
  id,
  subject,
  predicate: 'know',
  object,
  literal: undefined,
  polarity: 'affirmed',
  modality: 'asserted',
  speaker: undefined,
  confidence: 0.8,
  validFrom: undefined,
  validTo: undefined,
  precision: undefined,
  recorded: 1,
  expired: undefined,
  supersededBy: undefined,
  verified: true,
  contradicts: [],
  sources: [],
  ...more,
});

const graphOf = (relations: readonly Relation[]) =>
  openGraph({ documents: [], entities: [], claims: [], communities: [], chunks: [], relations } as unknown as GraphSnapshot);
const ids = (chain: readonly Relation[] | undefined): readonly string[] | undefined => chain?.map(({ id }) => id);

describe('path', () => {
  it('takes the fewest facts, in either direction, in the order of the way', () => {
    const graph = graphOf([
      fact('r1', 'a', 'b'),
      fact('r2', 'c', 'b'),
      fact('r3', 'c', 'd'),
      fact('r4', 'd', 'e'),
      fact('r5', 'a', 'e'),
    ]);
    expect(ids(graph.path('a', 'c'))).toEqual(['r1', 'r2']);
    expect(ids(graph.path('c', 'a'))).toEqual(['r2', 'r1']);
    expect(ids(graph.path('d', 'a'))).toEqual(['r4', 'r5']);
  });

  it('takes the surest of equally short ones, the first of equally sure ones', () => {
    const diamond = [
      fact('r1', 'a', 'b', { confidence: 0.5 }),
      fact('r2', 'b', 'd', { confidence: 0.9 }),
      fact('r3', 'a', 'c'),
      fact('r4', 'c', 'd'),
      fact('r5', 'c', 'd'),
    ];
    expect(ids(graphOf(diamond).path('a', 'd'))).toEqual(['r3', 'r4']);
  });

  it('goes over no denied fact, and over none that does not hold at the date', () => {
    const graph = graphOf([
      fact('r1', 'a', 'c', { polarity: 'negated' }),
      fact('r2', 'a', 'b', { validTo: '2020' }),
      fact('r3', 'b', 'c', { recorded: 2 }),
    ]);
    expect(ids(graph.path('a', 'c'))).toEqual(['r2', 'r3']);
    expect(ids(graph.path('a', 'c', { asOf: '2020-05' }))).toEqual(['r2', 'r3']);
    expect(graph.path('a', 'c', { asOf: '2021' })).toBeUndefined();
    expect(graph.path('a', 'c', { known: 1 })).toBeUndefined();
    expect(() => graph.path('a', 'c', { asOf: 'soon' })).toThrow('no date');
  });

  it('is empty from a thing to itself, and none to what nothing ties', () => {
    const graph = graphOf([fact('r1', 'a', 'b')]);
    expect(graph.path('a', 'a')).toEqual([]);
    expect(graph.path('a', 'z')).toBeUndefined();
  });
});
