import { describe, expect, it } from 'vitest';
import { openGraph } from '#knowledge-graph';
import { buildCorpus, buildText, factsOf } from './corpora.ts';

const datesOf = async (text: string): Promise<readonly (string | undefined)[]> =>
  (await buildText(text)).relations.map(({ validFrom }) => validFrom);

describe('the date of a fact', () => {
  it('is no year that tells which thing is meant in another clause', async () => {
    expect(await datesOf('The Labour Party will face an election soon, and voters remember the 2019 defeat.')).toEqual([
      undefined,
    ]);
    expect(await datesOf('The Labour Party faced an election, which ended in the 2019 defeat.')).toContain('2019');
    expect(await datesOf('The Labour Party faced an election in 2019.')).toEqual(['2019']);
  });
});

describe('relations', () => {
  it('of a council report have the right direction, verb and polarity', async () => {
    expect(factsOf(await buildCorpus('council'))).toEqual(
      expect.arrayContaining([
        "Jonas Lind | lead | Riverton Traders' Association",
        'Jonas Lind | oppose | toll',
        'Amina Khalid | work for | Green Party',
        'Elena Marchetti | lead | Harbour Ferries',
        'Harbour Ferries | locate in | Eastham',
        'Ministry of Transport | NOT approve | toll',
        'Mara Voss | lead | Riverton Town Council',
      ]),
    );
  });

  it('turn passives round and spread over lists', async () => {
    expect(factsOf(await buildCorpus('company'))).toEqual(
      expect.arrayContaining([
        'Daniel Okoye | found | Brightfield',
        'Ruth Fielding | found | Brightfield',
        'DHL | use | Atlas 3',
        'Lumen Robotics | compete with | Kestrel Systems',
        'Lumen Robotics | compete with | Amazon',
        'Claire Dubois | lead | Lumen Robotics',
      ]),
    );
  });

  it('carry modality and time', async () => {
    const { relations } = await buildCorpus('company');
    expect(relations.find((relation) => relation.predicate === 'acquire')).toMatchObject({
      modality: 'planned',
      validFrom: '2026-03-04',
    });
    expect(relations.find((relation) => relation.predicate === 'found')).toMatchObject({
      modality: 'asserted',
      validFrom: '2012',
    });
  });

  it('that somebody reports name who', async () => {
    const { relations } = await buildCorpus('rumour');
    expect(relations.find((relation) => relation.predicate === 'sign')).toMatchObject({
      modality: 'reported',
      speaker: 'person:tom-brandt',
    });
  });

  it('found through a pronoun are worth less than those found by name', async () => {
    const { relations } = await buildText(
      'Mara Voss leads Acme Corp. She opposes Kestrel Systems. Mara Voss supports Norden Capital.',
    );
    const confidence = (predicate: string): number =>
      relations.find((relation) => relation.predicate === predicate)?.confidence ?? 0;
    expect(confidence('oppose')).toBeGreaterThan(0);
    expect(confidence('oppose')).toBeLessThan(confidence('support'));
  });

  it('can be asked as of a date', async () => {
    const graph = openGraph(await buildText('Mara Voss led Acme Corp until 2019. Mara Voss has led Norden Capital since 2020.'));
    const led = (asOf: string): readonly (string | undefined)[] =>
      graph.neighbours('person:mara-voss', { asOf }).map((relation) => relation.object);
    expect(graph.neighbours('person:mara-voss')).toHaveLength(2);
    expect(led('2018-05-01')).toEqual(['organisation:acme-corp']);
    expect(led('2024')).toEqual(['organisation:norden-capital']);
  });
});

describe('claims', () => {
  it('are what people say, with the speaker', async () => {
    const { claims } = await buildCorpus('council');
    expect(claims.find((claim) => claim.text.startsWith('Without this money'))).toMatchObject({
      speaker: 'person:mara-voss',
      modality: 'reported',
    });
    expect(claims.find((claim) => claim.text.startsWith('the toll will cut traffic'))).toMatchObject({
      speaker: 'person:amina-khalid',
    });
  });

  it('leave out filler, questions and headings', async () => {
    const { claims } = await buildCorpus('gateway');
    expect(claims.length).toBeGreaterThan(2);
    expect(claims.filter((claim) => /Click here|In this article|\?$|^Why teams/.test(claim.text))).toEqual([]);
  });

  it('carry tone, turned by negation', async () => {
    const { claims } = await buildText(
      'The new bridge is a great success for Riverton and its people. The new toll is not fair and it is a terrible burden for shops in Riverton.',
    );
    const tone = (start: string): number => claims.find((claim) => claim.text.startsWith(start))?.sentiment ?? 0;
    expect(tone('The new bridge')).toBeGreaterThan(0.3);
    expect(tone('The new toll')).toBeLessThan(-0.3);
  });

  it('know their speaker in Chinese', async () => {
    const { claims } = await buildCorpus('chinese');
    expect(claims.find((claim) => claim.text.startsWith('通行费会损害'))).toMatchObject({
      speaker: 'person:李娜',
      modality: 'reported',
    });
  });
});
