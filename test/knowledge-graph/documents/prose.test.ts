import { describe, expect, it } from 'vitest';
import { outline, readOne } from './read.ts';

const chapter = (number: number): string =>
  [
    `## Chapter ${number}`,
    `See [the plan][plan] of ${number}. ${'The quay is open and long. '.repeat(40)}`,
    '<!-- a note\n\nHidden from readers. -->',
    `~~~\ncode ${number}\n\n# no heading\n\nno paragraph\n~~~`,
    `- item ${number}\n\n  goes on`,
  ].join('\n\n');

describe('Markdown', () => {
  const source = [
    '---',
    'title: Port strategy',
    'author: [Ines Kahl, Jo Wen]',
    'date: 2026-02-01',
    '---',
    '# Port strategy',
    '',
    'The **port authority** plans a [new quay](http://x.example/y),',
    'according to *Mara Voss*. ![picture](x.png)',
    '',
    '## Costs',
    '',
    '| Item | Cost |',
    '|------|-----:|',
    '| Quay | 40 m |',
    '',
    '- [x] build',
    '- dredge',
    '',
    '> Nobody asked us.',
    '',
    '```js',
    'pay();',
    '```',
    '',
    '<div align="center">Seen by <b>all</b></div>',
  ].join('\n');

  it('keeps the words and drops the signs', async () => {
    const document = await readOne('plan.md', source);
    expect(document).toMatchObject({
      mediaType: 'markdown',
      title: 'Port strategy',
      author: 'Ines Kahl, Jo Wen',
      publishedAt: '2026-02-01',
    });
    expect(outline(document)).toEqual([
      'title: Port strategy',
      'paragraph: The port authority plans a new quay, according to Mara Voss.',
      'heading: Costs',
      'table-row: Item: Quay; Cost: 40 m',
      'list-item: build',
      'list-item: dredge',
      'quote: Nobody asked us.',
      'code: pay();',
      'paragraph: Seen by all',
    ]);
  });

  it('reads a long text in sections as it would read it whole', async () => {
    const source = `${Array.from({ length: 60 }, (_, index) => chapter(index)).join('\n\n')}\n\n[plan]: http://x.example/plan\n`;
    const lines = outline(await readOne('long.md', source));
    expect(source.length).toBeGreaterThan(70_000);
    expect(lines).toEqual(
      Array.from({ length: 60 }, (_, index) => [
        `heading: Chapter ${index}`,
        `paragraph: See the plan of ${index}. ${'The quay is open and long. '.repeat(40).trim()}`,
        `code: code ${index}\n# no heading\nno paragraph`,
        `list-item: item ${index}`,
        'list-item: goes on',
      ]).flat(),
    );
  });
});

describe('plain text', () => {
  it('joins wrapped lines and sees titles, lists, quotes and chapters', async () => {
    const text = [
      'The harbour question',
      '',
      'The council of Varmouth met on Monday to discuss the tax on container',
      'ships. Mayor Tomas Reed, who had long opposed it, warned that shipping',
      'lines would leave.',
      '',
      'Points:',
      '- first point',
      '- second point that',
      '  goes on',
      '',
      '> We were not asked.',
      '',
      'Chapter Two',
      '',
      'The end came soon.',
    ].join('\r\n');
    expect(outline(await readOne('a.txt', text))).toEqual([
      'title: The harbour question',
      'paragraph: The council of Varmouth met on Monday to discuss the tax on container ships. Mayor Tomas Reed, who had long opposed it, warned that shipping lines would leave.',
      'paragraph: Points:',
      'list-item: first point',
      'list-item: second point that goes on',
      'quote: We were not asked.',
      'heading: Chapter Two',
      'paragraph: The end came soon.',
    ]);
  });

  it('leaves lines alone that their author ended', async () => {
    const chat = 'Colm Brady, moderator of the board of small shareholders:\nThree motions are open.\nHarriet: I bought at 31.';
    expect(outline(await readOne('chat.txt', chat))).toEqual([
      'paragraph: Colm Brady, moderator of the board of small shareholders:',
      'paragraph: Three motions are open.',
      'paragraph: Harriet: I bought at 31.',
    ]);
  });

  it('does not take a wrapped line for a chapter', async () => {
    const text = [
      'Part of the council opposed the plan because of what it had cost',
      'the town in the years before, and said so on Monday evening.',
    ];
    expect(outline(await readOne('plan.txt', text.join('\n')))).toEqual([`paragraph: ${text.join(' ')}`]);
  });

  it('sees the numbered sections of a Chinese paper', async () => {
    const paper =
      '关于征收港口税的通知\n\n发布日期：2026年3月12日\n\n一、背景\n　　港口建于1203年，年久失修。\n（一）目标\n　　修复两座码头。\n二、市议会将于五月表决，届时公布结果。';
    const document = await readOne('paper.txt', paper);
    expect(document).toMatchObject({ title: '关于征收港口税的通知', publishedAt: '2026-03-12', language: 'zh' });
    expect(outline(document)).toEqual([
      'title: 关于征收港口税的通知',
      'paragraph: 发布日期：2026年3月12日',
      'heading: 一、背景',
      'paragraph: 港口建于1203年，年久失修。',
      'heading: （一）目标',
      'paragraph: 修复两座码头。',
      'paragraph: 二、市议会将于五月表决，届时公布结果。',
    ]);
  });

  it('reads a Chinese novel by chapters and paragraphs', async () => {
    const novel = '第一章 风起\n　　清晨，王明走进了海关大楼。\n　　“你来得正好。”李处长说。';
    const document = await readOne('novel.txt', novel);
    expect(document.language).toBe('zh');
    expect(outline(document)).toEqual([
      'heading: 第一章 风起',
      'paragraph: 清晨，王明走进了海关大楼。',
      'paragraph: “你来得正好。”李处长说。',
    ]);
  });
});
