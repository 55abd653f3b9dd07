import { describe, expect, it } from 'vitest';
import type { Evaluate } from '../../../knowledge-graph/evaluation/evaluation.ts';
import { evaluateOpenIe } from '../../../knowledge-graph/evaluation/openie.ts';

const DATA = [
  'Mr. Baker found an opening under the house .\tfound\tMr. Baker\tan opening\tunder the house',
  "They are also known in Japan as `` Northern Territories '' .\tare also known as\tThey\t`` Northern Territories ''\tin Japan",
].join('\n');

describe('the evaluation of open relations', async () => {
  const evaluate: Evaluate = evaluateOpenIe;
  const { scores, table, predictions } = await evaluate(DATA);

  it('has a table with a head and a row for each score', () => {
    expect(table.map(([name]) => name)).toEqual(['score', ...scores.map(({ name }) => name)]);
  });

  it('prints the standard scores', () => {
    const values = new Map(scores.map(({ name, value }) => [name, value] as const));
    expect([...values.keys()]).toEqual(['precision', 'recall', 'F1', 'AUC']);
    expect(values.get('recall')).toBeGreaterThan(0.7);
    expect(values.get('F1')).toBeGreaterThan(0.7);
  });

  it('writes predictions that another scorer can read: sentence, confidence, predicate, arguments', () => {
    const rows = predictions
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    const [sentence, confidence, ...parts] = rows.find((row) => row[2] === 'found') ?? [];
    expect(sentence).toBe('Mr. Baker found an opening under the house .');
    expect(Number(confidence)).toBeGreaterThan(0);
    expect(parts).toEqual(['found', 'Mr. Baker', 'an opening under the house']);
  });

  it('refuses a file of another format', () => {
    expect(() => evaluateOpenIe('one sentence a line\n')).toThrow(/no tuple/);
  });

  it('keeps the words of the text, quotation marks and all', () => {
    expect(predictions).toContain("`` Northern Territories ''");
  });
});
