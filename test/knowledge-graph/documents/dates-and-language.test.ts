import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../knowledge-graph/documents/dates.ts';
import { detectLanguage } from '../../../knowledge-graph/documents/language.ts';
import { makeDocx } from './make-docx.ts';
import { readOne } from './read.ts';

describe('dates', () => {
  it.each([
    ['2026-05-18', '2026-05-18'],
    ['2026-05-18T07:17:29Z', '2026-05-18T07:17:29Z'],
    ['2026-05-18T07:17:29.250+02:00', '2026-05-18T05:17:29.250Z'],
    ['2026-05-18 07:17', '2026-05-18'],
    ['Mon, 18 May 2026 07:17:29 +0000', '2026-05-18T07:17:29Z'],
    ['Mon, 18 May 2026 07:17:29 GMT', '2026-05-18T07:17:29Z'],
    ['May 3, 2024', '2024-05-03'],
    ['3rd May 2024 10:30', '2024-05-03'],
    ["D:20260202103000+01'00'", '2026-02-02T09:30:00Z'],
    ['D:20260202', '2026-02-02'],
    ['20260202', '2026-02-02'],
    ['2026年3月9日', '2026-03-09'],
    ['2026/3/9', '2026-03-09'],
    ['2026', '2026'],
    ['2026-02-31', undefined],
    ['yesterday', undefined],
    ['12345', undefined],
    ['', undefined],
  ])('%s is %s', (raw, expected) => {
    expect(isoDate(raw)).toBe(expected);
  });
});

describe('languages', () => {
  it.each([
    [
      'en',
      'The minister said that the plan was to be presented to the council in the spring, and that it had been known for years.',
    ],
    ['de', 'Der Minister sagte, dass der Plan im Frühjahr dem Rat vorgelegt werden soll und dass er seit Jahren bekannt ist.'],
    ['fr', 'Le ministre a déclaré que le plan serait présenté au conseil au printemps et que les élus le connaissaient.'],
    ['es', 'El ministro dijo que el plan se presentaría al consejo en primavera y que era conocido desde hace años.'],
    ['pl', 'Minister powiedział, że plan zostanie przedstawiony radzie wiosną i że jest znany od wielu lat.'],
    ['ru', 'Министр заявил, что реформа будет представлена летом и что о ней давно известно.'],
    ['uk', 'Міністр заявив, що реформу буде представлено влітку і що про неї давно відомо.'],
    ['ar', 'قال الوزير إن الخطة ستعرض على المجلس في الربيع.'],
    ['zh', '央行行长周三表示，利率将保持不变。GDP增长5%。'],
    ['ja', '中央銀行総裁は水曜日、金利を据え置くと述べた。'],
    ['ko', '중앙은행 총재는 수요일 금리를 유지하겠다고 말했다.'],
    ['el', 'Ο υπουργός είπε ότι το σχέδιο θα παρουσιαστεί την άνοιξη.'],
    ['und', '12.5 — 33 / 7'],
  ])('%s', async (language, text) => {
    expect(await detectLanguage(text)).toBe(language);
  });

  it('is the declared one where the text does not tell', async () => {
    expect(await detectLanguage('42', 'sv-SE')).toBe('sv');
  });
});

describe('the date of publication', () => {
  it.each([
    ['Published: 12 March 2026', '2026-03-12'],
    ['Posted on Thursday, March 12, 2026 by Ines Kahl', '2026-03-12'],
    ['Date: 2026-03-12', '2026-03-12'],
    ['12th of March 2026', '2026-03-12'],
    ['发布时间：2026年3月12日 08:30', '2026-03-12'],
    ['2026年3月12日', '2026-03-12'],
    ['VARMOUTH, March 12, 2026 (Courier) — The quay is open.', '2026-03-12'],
    ['Last updated: 12 Mar. 2026', '2026-03-12'],
    ['On 12 March 2026 the quay was opened.', undefined],
    ['The council met on March 12, 2026.', undefined],
    ['Updated plans for 2026', undefined],
  ])('is read from the text: %s', async (line, expected) => {
    const { publishedAt } = await readOne('a.txt', `Council votes down tax\n\n${line}\n\nThe council rejected the tax.`);
    expect(publishedAt).toBe(expected);
  });

  it('is that of the text rather than that of the file, and that of the file where the text says nothing', async () => {
    const dated = makeDocx([{ text: 'Published: 12 March 2026' }, { text: 'The quay is open.' }]);
    expect((await readOne('a.docx', dated)).publishedAt).toBe('2026-03-12');
    expect((await readOne('b.docx', makeDocx([{ text: 'The quay is open.' }]))).publishedAt).toBe('2026-02-01T09:30:00Z');
  });
});

describe('the language of a block', () => {
  const english = 'The minister said that the plan was to be presented to the council in the spring.';
  const markdown = [
    english,
    '> Le ministre a déclaré que le plan serait présenté au conseil au printemps et que les élus le connaissaient.',
    '> 央行行长周三表示，利率将保持不变。',
    '> Министр заявил, что реформа будет представлена летом.',
    'Mara Voss, Tomas Reed, Ines Kahl, Jo Wen, Bishop Aldred, Varmouth',
    '| Case | Works |\n|---|---|\n| No no no | No no no no no |',
    english.replace('spring', 'autumn'),
  ].join('\n\n');

  it('is said where it is surely another than the document’s', async () => {
    const { language, blocks } = await readOne('mixed.md', `# Mixed\n\n${markdown}`);
    expect(language).toBe('en');
    expect(blocks.map((block) => block.language)).toEqual([
      undefined,
      undefined,
      'fr',
      'zh',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is said in a Chinese document for its English quotes', async () => {
    const { language, blocks } = await readOne(
      'zh.md',
      `央行行长周三表示，利率将保持不变。\n\n> ${english}\n\n他说，通货膨胀仍然很高。`,
    );
    expect(language).toBe('zh');
    expect(blocks.map((block) => block.language)).toEqual([undefined, 'en', undefined]);
  });
});
