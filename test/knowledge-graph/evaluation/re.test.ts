import { describe, expect, it } from 'vitest';
import { evaluateRe } from '../../../knowledge-graph/evaluation/re.ts';
import { readConll04 } from '../../../knowledge-graph/evaluation/conll04.ts';

/** Words with tags; a relation is named on the last word of its subject with the position of its object's last word. */
const table = (id: string, rows: readonly (readonly [word: string, tag?: string, relation?: string, head?: number])[]): string =>
  [
    `#doc ${id}`,
    ...rows.map(([word, tag = 'O', relation = 'N', head], at) => `${at}\t${word}\t${tag}\t['${relation}']\t[${head ?? at}]`),
  ].join('\n');

const WORK = table('1', [
  ['Wyatt', 'B-Peop'],
  ['McCauley', 'I-Peop', 'Work_For', 6],
  [','],
  ['spokesman'],
  ['for'],
  ['CH2M', 'B-Org'],
  ['Hill', 'I-Org'],
  [','],
  ['left'],
  ['.'],
]);
const TOWN = table('2', [
  ['In'],
  ['Boise', 'B-Loc', 'Located_In', 3],
  [','],
  ['Idaho', 'B-Loc'],
  [','],
  ['it'],
  ['rained'],
  ['.'],
]);

describe('the table format of CoNLL04', () => {
  it('is read with spans and both ends of a relation', () => {
    const [first] = readConll04(`${WORK}\n\n${TOWN}\n`);
    expect(first?.text).toBe('Wyatt McCauley , spokesman for CH2M Hill , left .');
    expect(first?.entities.map(({ start, end, type }) => [first.text.slice(start, end), type])).toEqual([
      ['Wyatt McCauley', 'Peop'],
      ['CH2M Hill', 'Org'],
    ]);
    expect(first?.relations).toMatchObject([{ relation: 'Work_For', subject: { start: 0 }, object: { start: 31 } }]);
  });

  it('is refused where a line has another form, with the line', () => {
    expect(() => readConll04('#doc 1\n0\tWord\tO\n')).toThrow(/Line 2/);
    expect(() => readConll04('')).toThrow(/Line 1/);
  });
});

const scoreOf = (text: string): ReadonlyMap<string, number> =>
  new Map(evaluateRe(text).scores.map(({ name, value }) => [name, value] as const));

describe('the evaluation of typed relations', () => {
  it('counts what is right with the entities given', () => {
    const scores = scoreOf(`${WORK}\n\n${TOWN}\n`);
    expect(scores.get('precision, entities given')).toBe(1);
    expect(scores.get('recall, entities given')).toBe(1);
  });

  it('counts a relation that the gold has not as wrong', () => {
    const none = TOWN.replace('Located_In', 'N');
    expect(scoreOf(`${WORK}\n\n${none}\n`).get('precision, entities given')).toBe(1 / 2);
  });

  it('writes both ends of each prediction with their offsets', () => {
    expect(evaluateRe(`${WORK}\n`).predictions).toContain('1\tgold\tWork_For\t0-14 Wyatt McCauley\t31-40 CH2M Hill');
  });
});
