import { describe, expect, it } from 'vitest';
import type { GraphSnapshot, Relation } from '#knowledge-graph/contract';
import { relationType } from '../../../knowledge-graph/relations/predicates.ts';
import { buildGraph } from '#knowledge-graph';
import { buildCorpus, buildText, CORPORA, documentsOf, factsOf } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';

const namesOf = async (text: string): Promise<readonly string[]> => factsOf(await buildText(text));
const find = async (text: string, predicate: string): Promise<Relation | undefined> =>
  (await buildText(text)).relations.find((relation) => relation.predicate === predicate);

function buildChinese(text: string): Promise<GraphSnapshot> {
  const read = documentsOf(text);
  const documents = read.documents.map((document) => ({ ...document, language: 'zh' }));
  return buildGraph({ ...read, documents }, { model: embeddedModel, seed: 1 });
}

describe('typed relations', () => {
  it.each([
    ['an office in a body', 'Mara Voss, a spokeswoman for Acme Corp, spoke.', 'Mara Voss | work for | Acme Corp'],
    ['an office named after the body', 'Mara Voss, an Acme Corp engineer, spoke.', 'Mara Voss | work for | Acme Corp'],
    ['a seat', 'Mara Voss works for Acme Corp, based in Berlin.', 'Acme Corp | locate in | Berlin'],
    ['a place in a place', 'Mara Voss works in Boise, Idaho.', 'Boise | locate in | Idaho'],
    ['a birthplace', 'Mr Jonas Lind was born in Berlin.', 'Jonas Lind | born in | Berlin'],
    ['a killing told in the passive', 'Mr Jonas Lind was shot by Mr Peter Hahn in 1901.', 'Peter Hahn | kill | Jonas Lind'],
    ['a killing told by a noun', "Mr Peter Hahn, Mr Jonas Lind's assassin, fled.", 'Peter Hahn | kill | Jonas Lind'],
    ['a capital', 'Berlin is the capital of Germany.', 'Berlin | capital of | Germany'],
    ['a family tie from its usual end', 'Mr Jonas Lind is the son of Mr Peter Hahn.', 'Peter Hahn | parent of | Jonas Lind'],
    ['an owner from its usual end', 'Acme Corp is a subsidiary of Norden Capital.', 'Norden Capital | own | Acme Corp'],
    ['a rival', "Acme Corp's rival Norden Capital failed.", 'Norden Capital | compete with | Acme Corp'],
    ['a passive without auxiliary', 'Acme Corp, founded by Mara Voss, failed.', 'Mara Voss | found | Acme Corp'],
  ])('read %s', async (_, text, expected) => {
    expect(await namesOf(text)).toContain(expected);
  });

  it('spread over what is joined', async () => {
    expect(await namesOf('Norden Capital and Acme Corp oppose Kestrel Systems.')).toEqual(
      expect.arrayContaining(['Norden Capital | oppose | Kestrel Systems', 'Acme Corp | oppose | Kestrel Systems']),
    );
  });

  it('are said once, whichever way they were found', async () => {
    const facts = await namesOf('Mara Voss, the chairwoman of Acme Corp, leads Acme Corp.');
    expect(facts.filter((fact) => fact.startsWith('Mara Voss |'))).toEqual(['Mara Voss | lead | Acme Corp']);
  });

  it('take no list of states for places in places', async () => {
    expect(await namesOf('Acme Corp sells in Idaho, Oregon and California.')).not.toContain('Idaho | locate in | Oregon');
  });

  it('have both ends named and say how many hold at a time', () => {
    expect(relationType('lead')).toMatchObject({ cardinality: 'one-subject', inverse: 'be led by' });
    expect(relationType('born in')?.cardinality).toBe('one-object');
    expect(relationType('own')?.inverse).toBe('be owned by');
    expect(relationType('hum a tune')).toBeUndefined();
  });
});

describe('how a fact is meant', () => {
  it.each([
    ['negated', 'Mara Voss did not support Acme Corp.', 'support', { polarity: 'negated' }],
    ['negated over time', 'Norden Capital no longer owns Acme Corp at all.', 'own', { polarity: 'negated' }],
    ['affirmed in spite of "not only"', 'Mara Voss does not only support Acme Corp.', 'support', { polarity: 'affirmed' }],
    ['possible by a modal verb', 'Norden Capital may buy Acme Corp.', 'acquire', { modality: 'possible' }],
    ['possible under a condition', 'If Norden Capital buys Acme Corp, prices rise.', 'acquire', { modality: 'possible' }],
    ['possible in a question', 'Will Norden Capital buy Acme Corp?', 'acquire', { modality: 'possible' }],
    ['possible as a suspicion', 'Police named Peter Hahn, the suspected killer of Jonas Lind.', 'kill', { modality: 'possible' }],
    ['planned', 'Norden Capital intends to buy Acme Corp soon.', 'acquire', { modality: 'planned' }],
  ])('is read: %s', async (_, text, predicate, expected) => {
    expect(await find(text, predicate)).toMatchObject(expected);
  });

  it('a source named after the words is their speaker', async () => {
    expect(await find('Norden Capital has bought Acme Corp, according to Radio Coast.', 'acquire')).toMatchObject({
      modality: 'reported',
      speaker: 'media:radio-coast',
    });
  });

  it('what somebody denies is the contrary of what they say', async () => {
    expect(await find('Mara Voss denied that Norden Capital owns Acme Corp.', 'own')).toMatchObject({
      modality: 'reported',
      polarity: 'negated',
      speaker: 'person:mara-voss',
    });
  });

  it('amounts are kept with their unit', async () => {
    expect(await namesOf('Norden Capital paid $120 million on Monday. Acme Corp fell by 6% in June.')).toEqual(
      expect.arrayContaining(['Norden Capital | pay | "$120 million"', 'Acme Corp | fall by | "6%"']),
    );
  });
});

describe('what is not worth a fact', () => {
  it.each([
    ['an object that says nothing alone', 'Acme Corp offers a way.'],
    ['a clause whose subject is no thing of the graph', 'Everybody in the room supports Acme Corp.'],
    ['a heading', 'Why Norden Capital Should Buy Acme Corp Now'],
  ])('is left out: %s', async (_, text) => {
    expect(await namesOf(text)).toEqual([]);
  });
});

describe('in Chinese', () => {
  it.each([
    ['北京是中国的首都。', '北京 | capital of | 中国'],
    ['三星公司被华夏银行收购。', '华夏银行 | acquire | 三星公司'],
    ['华为公司由任正非创立。', '任正非 | found | 华为公司'],
    ['王明就职于北京大学。', '王明 | work for | 北京大学'],
    ['王明不支持三星公司。', '王明 | NOT support | 三星公司'],
  ])('%s', async (text, expected) => {
    expect(factsOf(await buildChinese(text))).toContain(expected);
  });

  it('a modal verb makes it possible', async () => {
    const { relations } = await buildChinese('张伟可能离开北京大学。');
    expect(relations).toMatchObject([{ predicate: 'leave', modality: 'possible' }]);
  });

  it('offices are read between a body or place and a person', async () => {
    expect(factsOf(await buildCorpus('chinese'))).toEqual(
      expect.arrayContaining(['张伟 | lead | 江城', '王明 | work for | 北京大学']),
    );
  });
});

it.each(CORPORA)('every literal of %s stands in the words of its fact', async (name) => {
  const { relations, documents } = await buildCorpus(name);
  const text = documents[0]?.text ?? '';
  const unsaid = relations.filter(({ literal = '', sources }) =>
    sources.every(
      ({ start, end }) => !text.slice(start, end).replaceAll(/\s+/g, ' ').toLowerCase().includes(literal.toLowerCase()),
    ),
  );
  expect(unsaid).toEqual([]);
});
