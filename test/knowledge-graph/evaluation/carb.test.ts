import { describe, expect, it } from 'vitest';
import { matchTuples, scoreCarb } from '../../../knowledge-graph/evaluation/carb.ts';
import type { ScoredTuple, Tuple } from '../../../knowledge-graph/evaluation/carb.ts';

const tuple = (subject: string, predicate: string, rest?: string): Tuple => ({ subject, predicate, rest });
const scored = (confidence: number, ...parts: Parameters<typeof tuple>): ScoredTuple => ({ ...tuple(...parts), confidence });

describe('matching one tuple', () => {
  it('counts words part by part', () => {
    // 1 of 1 + 1 of 1 + 2 of 3 extracted words; 1 of 1 + 1 of 1 + 2 of 2 gold words
    expect(matchTuples(tuple('Ada', 'wrote', 'a programme'), tuple('Ada', 'wrote', 'a long programme'))).toEqual({
      precision: 4 / 5,
      recall: 1,
    });
  });

  it('uses each word once', () => {
    expect(matchTuples(tuple('a', 'said', 'the the dog'), tuple('a', 'said', 'the dog'))).toEqual({
      precision: 1,
      recall: 4 / 5,
    });
  });

  it('needs a word of the predicate, whatever else fits', () => {
    expect(matchTuples(tuple('Ada', 'wrote', 'it'), tuple('Ada', 'invented', 'it'))).toEqual({ precision: 0, recall: 0 });
  });

  it('takes "be" for any of its forms', () => {
    expect(matchTuples(tuple('Ada', 'was', 'here'), tuple('Ada', 'be', 'here'))).toEqual({ precision: 1, recall: 1 });
  });

  it('fails where the gold tuple has a part that is missing', () => {
    expect(matchTuples(tuple('Ada', 'wrote', 'it'), tuple('Ada', 'wrote'))).toEqual({ precision: 0, recall: 0 });
  });

  it('reads what was said and who said it in either order', () => {
    expect(matchTuples(tuple('Ada', 'said', 'it rains'), tuple('it rains', 'said', 'Ada'))).toEqual({ precision: 1, recall: 1 });
    expect(matchTuples(tuple('Ada', 'saw', 'it rain'), tuple('it rain', 'saw', 'Ada'))).toEqual({
      precision: 1 / 4,
      recall: 1 / 4,
    });
  });
});

describe('scoring sentences', () => {
  it('pairs for precision, and lets one extraction serve several gold tuples for recall', () => {
    const gold = [tuple('A', 'buys', 'B'), tuple('A', 'buys', 'C')];
    const { precision, recall, f1 } = scoreCarb([{ gold, extracted: [scored(1, 'A', 'buys', 'B and C')] }]);
    // One pair with 3 of 5 words; both gold tuples are covered whole.
    expect(precision).toBeCloseTo(3 / 5);
    expect(recall).toBe(1);
    expect(f1).toBeCloseTo(0.75);
  });

  it('gives a second extraction of the same tuple no credit', () => {
    const gold = [tuple('A', 'buys', 'B')];
    const { precision } = scoreCarb([{ gold, extracted: [scored(1, 'A', 'buys', 'B'), scored(1, 'A', 'buys', 'B')] }]);
    expect(precision).toBe(1 / 2);
  });

  it('pairs the best first', () => {
    const gold = [tuple('A', 'buys', 'B'), tuple('A', 'buys', 'B now')];
    const extracted = [scored(1, 'A', 'buys', 'B'), scored(1, 'A', 'buys', 'B now today')];
    // "B" pairs whole with one, the other has 4 of its 5 words in "B now".
    expect(scoreCarb([{ gold, extracted }]).precision).toBeCloseTo((1 + 4 / 5) / 2);
  });

  it('finds the best point and the area of a curve over confidence', () => {
    const sentences = [
      { gold: [tuple('A', 'buys', 'B')], extracted: [scored(0.9, 'A', 'buys', 'B')] },
      { gold: [tuple('C', 'sells', 'D')], extracted: [scored(0.2, 'C', 'eats', 'D')] },
    ];
    const { precision, recall, f1, auc } = scoreCarb(sentences);
    // At 0.9: precision 1, recall 1/2. At 0.2: precision 1/2, recall 1/2.
    expect([precision, recall, f1]).toEqual([1, 1 / 2, 2 / 3]);
    expect(auc).toBe(1 / 2);
  });

  it('leaves out sentences without gold', () => {
    const sentences = [
      { gold: [tuple('A', 'buys', 'B')], extracted: [scored(1, 'A', 'buys', 'B')] },
      { gold: [], extracted: [scored(1, 'C', 'sells', 'D')] },
    ];
    expect(scoreCarb(sentences)).toEqual({ precision: 1, recall: 1, f1: 1, auc: 1 });
  });

  it('is zero where nothing was extracted', () => {
    expect(scoreCarb([{ gold: [tuple('A', 'buys', 'B')], extracted: [] }])).toEqual({ precision: 0, recall: 0, f1: 0, auc: 0 });
  });
});
