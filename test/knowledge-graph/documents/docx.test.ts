import { describe, expect, it } from 'vitest';
import { makeDocx } from './make-docx.ts';
import { fixture, outline, readOne } from './read.ts';

describe('DOCX', () => {
  it('keeps title, headings, quotes and tables, and reads the core properties', async () => {
    const docx = makeDocx(
      [
        { text: 'Port strategy', style: 'Title' },
        { text: 'Costs & plans', style: 'Heading1' },
        { text: 'The quay costs forty million crowns.' },
        { text: 'Nobody asked us.', style: 'Quote' },
      ],
      [
        ['Item', 'Cost'],
        ['Quay', '40 m'],
      ],
    );
    const document = await readOne('plan.docx', docx);
    expect(document).toMatchObject({
      mediaType: 'docx',
      title: 'Port strategy',
      author: 'Ines Kahl',
      publishedAt: '2026-02-01T09:30:00Z',
    });
    expect(outline(document)).toEqual([
      'title: Port strategy',
      'heading: Costs & plans',
      'paragraph: The quay costs forty million crowns.',
      'quote: Nobody asked us.',
      'table-row: Item: Quay; Cost: 40 m',
    ]);
  });

  it('reads what an office suite writes', async () => {
    expect(outline(await readOne('office.docx', fixture('office.docx')))).toEqual([
      'title: Harbour strategy of Varmouth',
      'paragraph: The port authority of Varmouth plans a new quay for container ships. Mara Voss, the minister of transport, told the city council on Monday that the work would begin in the spring of 2027 and cost forty million crowns.',
      'heading: Objections',
      'paragraph: The Harbour Workers’ Union rejected the plan. Its chair, Tomas Reed, said that nobody had asked the people who load the ships.',
      'list-item: The union wants a hearing.',
      'list-item: The greens want a smaller quay.',
      'table-row: Item: Quay; Cost: 40 million',
      'table-row: Item: Dredging; Cost: 12 million',
    ]);
  });
});
