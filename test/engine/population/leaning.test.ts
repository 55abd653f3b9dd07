// Which side a sentence helps: judged against a reader.
import { describe, expect, it } from 'vitest';
import { issueReader } from '../../../engine/population/index.ts';
import { LABELLED } from './labelled-points.ts';

const readings = LABELLED.flatMap(({ proposition, terms, points }) => {
  const reader = issueReader({ index: 0, id: 'i', question: 0, label: 'it', proposition, terms }, []);
  return points.map(([side, text]) => ({ text, side, lean: reader.lean(text) }));
});

describe('leaning', () => {
  it('agrees with a reader about at least 85 of 100 sentences, and has a view on most', () => {
    expect(readings).toHaveLength(60);
    const held = readings.filter(({ lean }) => Math.abs(lean) >= 0.12);
    const wrong = held.filter(({ lean, side }) => Math.sign(lean) !== side);
    expect(held.length).toBeGreaterThanOrEqual(52);
    expect(wrong.map(({ text }) => text).length / held.length).toBeLessThanOrEqual(0.15);
  });

  it('does not take a side from a name', () => {
    const reader = issueReader(
      { index: 0, id: 'i', question: 0, label: 'it', proposition: 'The toll will be introduced', terms: ['toll'] },
      [],
    );
    expect(reader.lean('The Save Our Harbour Support Trust opposes the toll.')).toBeLessThan(0);
    expect(reader.lean('The Anti Crisis League supports the toll.')).toBeGreaterThan(0);
  });

  it('reads the lack of a thing as a case for it where its necessity is the question', () => {
    const reader = issueReader(
      { index: 0, id: 'i', question: 0, label: 'it', proposition: 'Rate limits will be mandatory', terms: ['rate limits'] },
      [],
    );
    expect(reader.lean('Without rate limits, a single customer can bring the service down.')).toBeGreaterThan(0.2);
    expect(reader.lean('Most teams do not need rate limits.')).toBeLessThan(-0.2);
  });
});
