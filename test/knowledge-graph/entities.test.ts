import { describe, expect, it } from 'vitest';
import { buildCorpus, buildText, typesOf } from './corpora.ts';

describe('spans', () => {
  it('take a firm with the names of all its partners, and leave a place before a firm out', async () => {
    const graph = await buildText(
      'Harris, Forbes & Co. sold the bonds to the city in 1927. Later it hired from Skadden, Arps, Slate & Partners.',
      'In Chicago, Harris & Co. opened a shop. She met Skadden, Arps and Slate.',
    );
    const names = typesOf(graph);
    expect(names).toMatchObject({ 'Harris, Forbes & Co': 'organisation', 'Skadden, Arps, Slate & Partners': 'organisation' });
    expect(names).toMatchObject({ Chicago: 'place', 'Harris & Co': 'organisation' });
    expect(names).toHaveProperty('Arps');
    expect(names).not.toHaveProperty('Harris');
  });

  it('take no option of a command for a name, and a dash between names as ever', async () => {
    const graph = await buildText(
      'The tool reads -Word and -Johnson as options. The -Miller key is needed, Jean-Luc Miller said.',
      'A quotation ends with -Oscar Wilde.',
    );
    const names = Object.keys(typesOf(graph));
    expect(names.filter((name) => /Word|Johnson/.test(name))).toEqual([]);
    expect(graph.mentions.filter(({ surface }) => surface === 'Miller')).toEqual([]);
    expect(names.some((name) => name.endsWith('Luc Miller'))).toBe(true);
    expect(names).toContain('Oscar Wilde');
  });
});

describe('types', () => {
  it('tells people, bodies, media and places of a council report apart', async () => {
    expect(typesOf(await buildCorpus('council'))).toMatchObject({
      'Mara Voss': 'person',
      'Jonas Lind': 'person',
      'Amina Khalid': 'person',
      'Elena Marchetti': 'person',
      "Riverton Traders' Association": 'organisation',
      'Green Party': 'organisation',
      'Harbour Ferries': 'organisation',
      'Riverton Gazette': 'media',
      'Radio Coast': 'media',
      'Riverton Town Council': 'institution',
      'Ministry of Transport': 'institution',
      'European Investment Bank': 'institution',
      Eastham: 'place',
      Riverton: 'place',
      'Old Harbour Bridge': 'place',
      'Road Charges Act': 'law',
      '€4.5 million': 'amount',
      '30 June 2026': 'date',
      toll: 'concept',
    });
  });

  it('types companies, products and investors of a merger', async () => {
    expect(typesOf(await buildCorpus('company'))).toMatchObject({
      'Lumen Robotics': 'organisation',
      Brightfield: 'organisation',
      'Kestrel Systems': 'organisation',
      Ocado: 'organisation',
      'Norden Capital': 'organisation',
      'Financial Times': 'media',
      'European Commission': 'institution',
      'Atlas 3': 'product',
      'Claire Dubois': 'person',
      'Peter Hahn': 'person',
      Leeds: 'place',
    });
  });

  it('finds the topics of a technical article, without headings, filler or single common words', async () => {
    const graph = await buildCorpus('gateway');
    const concepts = graph.entities.filter((entity) => entity.type === 'concept').map((entity) => entity.name);
    expect(concepts).toEqual(
      expect.arrayContaining(['audit logging', 'access control', 'rate limits', 'Model Context Protocol']),
    );
    expect(concepts).not.toEqual(expect.arrayContaining(['teams']));
    expect(typesOf(graph)).toMatchObject({ Relay: 'product', LiteLLM: 'product', OpenAI: 'organisation' });
  });

  it('says unknown rather than a wrong type', async () => {
    const graph = await buildText('Nobody had ever heard of Quorvex before.');
    expect(typesOf(graph)).toMatchObject({ Quorvex: 'unknown' });
  });

  it('takes no capital at the start of a sentence for a name', async () => {
    const graph = await buildText('Understanding costs is hard. Teams need help. However, Berlin is large.');
    expect(Object.keys(typesOf(graph))).toEqual(['Berlin']);
  });

  it('reads Chinese people, places and bodies', async () => {
    expect(typesOf(await buildCorpus('chinese'))).toMatchObject({
      张伟: 'person',
      李娜: 'person',
      江城: 'place',
      华夏银行: 'organisation',
      新华社: 'media',
      北京大学: 'institution',
    });
  });

  it('reads other languages by names only, and says so', async () => {
    const graph = await buildCorpus('french');
    expect(typesOf(graph)).toMatchObject({ 'Claire Dubois': 'person', Lyon: 'place', 'Le Monde': 'media' });
    expect(graph.relations).toEqual([]);
    expect(graph.extractor.notes?.[0]).toContain('fr');
  });
});

describe('names', () => {
  it('join under the fullest form, with titles as narrower types', async () => {
    const graph = await buildCorpus('council');
    expect(graph.entities.find((entity) => entity.id === 'person:mara-voss')).toMatchObject({
      subtype: 'mayor',
      aliases: ['Voss'],
    });
    expect(graph.entities.find((entity) => entity.name === 'European Investment Bank')?.aliases).toEqual(['EIB']);
  });

  it('of a body go on as its last or first word', async () => {
    const story = await buildCorpus('story');
    expect(story.entities.find((entity) => entity.name === 'Harbour Authority')?.aliases).toContain('Authority');
    const company = await buildCorpus('company');
    expect(company.entities.find((entity) => entity.name === 'Lumen Robotics')?.aliases).toContain('Lumen');
  });

  it('meet over documents by initials and spelling', async () => {
    const graph = await buildText(
      'The European Central Bank raised rates on Monday.',
      'Analysts say the ECB will wait. The Github outage hit GitHub users.',
    );
    expect(
      graph.entities.filter((entity) => /ECB|Central/.test(entity.name)).map(({ name, aliases }) => [name, aliases]),
    ).toEqual([['European Central Bank', ['ECB']]]);
    expect(graph.entities.filter((entity) => /github/i.test(entity.name))).toHaveLength(1);
  });

  it('of known different types never merge', async () => {
    const graph = await buildText('Claire Paris, a teacher, lives in Lyon. She moved from Paris in 2019. Paris is large.');
    expect(typesOf(graph)).toMatchObject({ 'Claire Paris': 'person', Paris: 'place' });
  });
});
