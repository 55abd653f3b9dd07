import { describe, expect, it } from 'vitest';
import { makePdf, type PdfText, textLines } from './make-pdf.ts';
import { fixture, outline, readOne } from './read.ts';

/** A page with a running head and its number. */
const page = (number: number, lines: readonly string[]): readonly PdfText[] => [
  { x: 72, y: 760, size: 9, text: 'Harbour report of the council' },
  ...textLines(lines),
  { x: 300, y: 40, size: 9, text: `${number}` },
];

describe('PDF', () => {
  it('reads what an office suite writes, Chinese too', async () => {
    const office = await readOne('office.pdf', fixture('office.pdf'));
    expect(office).toMatchObject({ title: 'Harbour strategy of Varmouth', author: 'Ines Kahl', language: 'en' });
    expect(outline(office).slice(0, 6)).toEqual([
      'title: Harbour strategy of Varmouth',
      'paragraph: The port authority of Varmouth plans a new quay for container ships. Mara Voss, the minister of transport, told the city council on Monday that the work would begin in the spring of 2027 and cost forty million crowns.',
      'heading: Objections',
      'paragraph: The Harbour Workers’ Union rejected the plan. Its chair, Tomas Reed, said that nobody had asked the people who load the ships.',
      'list-item: The union wants a hearing.',
      'list-item: The greens want a smaller quay.',
    ]);
    const chinese = await readOne('chinese.pdf', fixture('chinese.pdf'));
    expect(chinese.language).toBe('zh');
    expect(outline(chinese)).toEqual([
      'title: 港口计划',
      'paragraph: 央行行长王明周三在记者会上表示，利率将保持不变。市场普遍预期年底前降息，但一些分析人士认为通胀压力仍然较大，需要观察更多数据才能作出判断。',
      'paragraph: 港务局局长李华反对这项计划。他说，没有人征求过码头工人的意见。',
    ]);
  });

  it('joins lines and pages, mends broken words, and drops headers, footers and page numbers', async () => {
    const pdf = makePdf(
      [
        page(1, [
          'The council of Varmouth met on Monday to dis-',
          'cuss the tax on container ships, which the',
          're-elected mayor had opposed. The re-',
          'elected mayor spoke for an hour and went on',
        ]),
        page(2, ['to warn that shipping lines would leave for', 'good. Nobody was surprised by that.']),
        page(3, ['The vote was held on Tuesday.']),
      ],
      { info: { Title: 'Harbour report', Author: 'Ines Kahl', CreationDate: "D:20260202103000+01'00'" } },
    );
    const document = await readOne('report.pdf', pdf);
    expect(document).toMatchObject({ title: 'Harbour report', author: 'Ines Kahl', publishedAt: '2026-02-02T09:30:00Z' });
    expect(outline(document)).toEqual([
      'paragraph: The council of Varmouth met on Monday to discuss the tax on container ships, which the re-elected mayor had opposed. The re-elected mayor spoke for an hour and went on to warn that shipping lines would leave for good. Nobody was surprised by that.',
      'paragraph: The vote was held on Tuesday.',
    ]);
  });

  it('keeps a sentence that several pages begin with', async () => {
    const refrain = ['And the lamp went on turning through the night,', 'and nobody on the quay looked up at it.'];
    const pages = ['First', 'Second', 'Third', 'Fourth'].map((word) =>
      textLines([...refrain, `${word} verse of the song.`, ...refrain]),
    );
    const { text } = await readOne('song.pdf', makePdf(pages));
    expect(text.match(/the lamp went on turning/g)).toHaveLength(8);
  });

  it('tells titles, headings and table rows by their print', async () => {
    const pdf = makePdf([
      [
        { x: 72, y: 740, size: 22, text: 'The port plan' },
        ...textLines(['The port authority plans a new quay, which', 'will cost forty million crowns in all years.'], 700),
        { x: 72, y: 640, size: 14, text: 'Costs' },
        ...['Item', 'Quay', 'Dredging']
          .map((text, row) => ({ x: 72, y: 610 - 14 * row, text }))
          .flatMap((cell, row) => [cell, { x: 300, y: cell.y, text: ['Crowns', '40 million', '12 million'][row] ?? '' }]),
      ],
    ]);
    const document = await readOne('plan.pdf', pdf);
    expect(document.title).toBe('The port plan');
    expect(outline(document)).toEqual([
      'title: The port plan',
      'paragraph: The port authority plans a new quay, which will cost forty million crowns in all years.',
      'heading: Costs',
      'table-row: Item: Quay; Crowns: 40 million',
      'table-row: Item: Dredging; Crowns: 12 million',
    ]);
  });
});
