import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConll, spansOf } from '../../knowledge-graph/evaluation/conll.ts';
import { evaluateNer, scorePredictions } from '../../knowledge-graph/evaluation/ner.ts';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/ner/${name}`, import.meta.url), 'utf8');
const scoresOf = (scores: readonly { readonly name: string; readonly value: number }[]): Record<string, number> =>
  Object.fromEntries(scores.map(({ name, value }) => [name, value]));

describe('labelled text', () => {
  it('is read from two and from four columns, with and without documents', () => {
    expect(readConll('Ann\tB-person\nleft\tO\n\nBye\tO\n')).toEqual([
      [{ tokens: ['Ann', 'left'], labels: ['B-person', 'O'] }],
      [{ tokens: ['Bye'], labels: ['O'] }],
    ]);
    const conll03 = '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\nPeter NNP B-NP B-PER\n';
    expect(readConll(conll03)).toEqual([
      [
        { tokens: ['EU', 'rejects'], labels: ['B-ORG', 'O'] },
        { tokens: ['Peter'], labels: ['B-PER'] },
      ],
    ]);
  });

  it('says which line has no label', () => {
    expect(() => readConll('Ann\tB-person\nleft\n')).toThrow('Line 2 has no label');
  });

  it('has entities as conlleval counts them, in IOB1 as in IOB2', () => {
    expect(spansOf(['I-PER', 'I-PER', 'B-PER', 'O', 'I-LOC', 'I-ORG'])).toEqual([
      { from: 0, to: 2, label: 'PER' },
      { from: 2, to: 3, label: 'PER' },
      { from: 4, to: 5, label: 'LOC' },
      { from: 5, to: 6, label: 'ORG' },
    ]);
  });
});

describe('scores of names', () => {
  it('count whole entities, and a name of unknown type only without types', () => {
    const predictions = [
      'Ann\tB-PER\tB-PER',
      'Lee\tI-PER\tI-PER',
      'saw\tO\tO',
      'Oslo\tB-LOC\tB-ORG',
      'and\tO\tO',
      'Quor\tB-ORG\tB-unknown',
      '',
      'Bo\tB-PER\tO',
    ].join('\n');
    const scores = scoresOf(scorePredictions(predictions));
    expect(scores['typed precision']).toBeCloseTo(1 / 2);
    expect(scores['typed recall']).toBeCloseTo(1 / 4);
    expect(scores['untyped precision']).toBe(1);
    expect(scores['untyped recall']).toBeCloseTo(3 / 4);
  });

  it('keep the words of the file, whatever the extractor makes of them', async () => {
    const { predictions } = await evaluateNer("Jane\tB-PER\nDoe\tI-PER\n's\tO\ncar\tO\n-\tO\nOslo\tB-LOC\n\nNo\tO\n");
    expect(predictions.split('\n').map((line) => line.split('\t')[0])).toEqual([
      'Jane',
      'Doe',
      "'s",
      'car',
      '-',
      'Oslo',
      '',
      'No',
      '',
    ]);
    expect(predictions).toContain('Jane\tB-PER\tB-PER\nDoe\tI-PER\tI-PER');
  });

  it('reach 80 for typed names in news that nothing was tuned on', async () => {
    const { scores, predictions } = await evaluateNer(fixture('news-heldout.conll'));
    expect(scoresOf(scores)['typed F1']).toBeGreaterThan(0.8);
    expect(scoresOf(scores)['untyped F1']).toBeGreaterThan(0.88);
    expect(scorePredictions(predictions)).toEqual(scores);
  });

  it('hold for Chinese, character by character', async () => {
    const { scores } = await evaluateNer(fixture('chinese.conll'));
    expect(scoresOf(scores)['typed F1']).toBeGreaterThan(0.74);
  });
});
