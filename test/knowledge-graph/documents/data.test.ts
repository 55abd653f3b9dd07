import { describe, expect, it } from 'vitest';
import { outline, readOne } from './read.ts';

describe('data', () => {
  it('reads XML records as rows and mixed content as paragraphs', async () => {
    const xml =
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY who "Mara Voss">]><records><title>Members</title><member id="1"><name>&who;</name><role>minister</role></member><note>The <b>union</b> objected &amp; left.</note></records>';
    const document = await readOne('m.xml', xml);
    expect(document).toMatchObject({ mediaType: 'xml', title: 'Members' });
    expect(outline(document)).toEqual([
      'title: Members',
      'table-row: name: Mara Voss; role: minister',
      'paragraph: The union objected & left.',
    ]);
  });

  it('reads documents in XML by the names of their elements', async () => {
    const xml = `<?xml version="1.0"?><article xml:lang="en"><info><title>The harbour</title><author>Ines Kahl</author><pubdate>2026-03-01</pubdate></info>
      <section><title>History</title><para>The town was founded in <date>1203</date> by <person>Bishop Aldred</person>, who built it.</para>
      <itemizedlist><listitem><para>Fire of 1666</para></listitem></itemizedlist><row><entry>Quay</entry><entry>40 m</entry></row></section></article>`;
    const document = await readOne('book.xml', xml);
    expect(document).toMatchObject({ title: 'The harbour', author: 'Ines Kahl', publishedAt: '2026-03-01' });
    expect(outline(document)).toEqual([
      'title: The harbour',
      'heading: History',
      'paragraph: The town was founded in 1203 by Bishop Aldred, who built it.',
      'list-item: Fire of 1666',
      'table-row: Quay; 40 m',
    ]);
  });

  it('reads quotes and tables of XML as such', async () => {
    const xml = `<article><blockquote><p>All quays are one.</p></blockquote><quote>So they say.</quote>
      <table><caption>Votes</caption><thead><tr><th>Party</th><th>Yes</th></tr></thead><tbody><tr><td><b>Greens</b></td><td>11</td></tr></tbody></table></article>`;
    expect(outline(await readOne('a.xml', `<?xml version="1.0"?>${xml}`))).toEqual([
      'quote: All quays are one.',
      'quote: So they say.',
      'paragraph: Votes',
      'table-row: Party: Greens; Yes: 11',
    ]);
  });

  it('reads lists and quotes in the long texts of JSON', async () => {
    const body = `${'The poll was taken by telephone in all districts. '.repeat(5)}\n\n- by day\n- by night\n\n> All quays are one.`;
    expect(outline(await readOne('a.json', JSON.stringify({ body }))).slice(1)).toEqual([
      'list-item: by day',
      'list-item: by night',
      'quote: All quays are one.',
    ]);
  });

  it.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
  ])('reads %s-separated values row by row, whatever the name', async (_, delimiter) => {
    const rows = [
      ['name', 'role', 'city'],
      ['Mara Voss', 'minister', 'Varmouth'],
      ['"Reed, Tomas"', 'mayor', ''],
    ];
    const document = await readOne('people.txt', rows.map((row) => row.join(delimiter)).join('\n'));
    expect(document.mediaType).toBe('csv');
    expect(outline(document)).toEqual([
      'table-row: name: Mara Voss; role: minister; city: Varmouth',
      'table-row: name: Reed, Tomas; role: mayor',
    ]);
  });

  it('does not take prose with commas for a table', async () => {
    const prose = 'On Monday, the council met.\nOn Tuesday, it voted.\nOn Wednesday, it slept.';
    expect((await readOne('days.txt', prose)).mediaType).toBe('text');
  });

  it('reads JSON with its key paths, lists of objects row by row', async () => {
    const value = {
      title: 'Poll of March',
      author: { name: 'Jo Wen' },
      date: '2026-03-05',
      results: [
        { party: 'Greens', share: 31, id: 7, url: 'http://x.example' },
        { party: 'Liberals', share: 28 },
      ],
      method: { sampleSize: 1001 },
      essay: `${'The poll was taken by telephone in all eleven districts of the city. '.repeat(4)}\n\nIt was paid for by the paper.`,
    };
    const document = await readOne('poll.json', JSON.stringify(value));
    expect(document).toMatchObject({ mediaType: 'json', title: 'Poll of March', author: 'Jo Wen', publishedAt: '2026-03-05' });
    expect(outline(document)).toEqual([
      'title: Poll of March',
      `paragraph: ${'The poll was taken by telephone in all eleven districts of the city. '.repeat(4).trim()}`,
      'paragraph: It was paid for by the paper.',
      'heading: results',
      'table-row: party: Greens; share: 31',
      'table-row: party: Liberals; share: 28',
      'heading: method',
      'table-row: sample Size: 1001',
    ]);
  });

  it('reads one JSON value per line', async () => {
    const lines = '{"user":"mara","text":"The quay is open."}\n{"user":"tomas","text":"At last!"}\n';
    expect(outline(await readOne('posts.jsonl', lines))).toEqual([
      'table-row: user: mara; text: The quay is open.',
      'table-row: user: tomas; text: At last!',
    ]);
  });
});
