import { describe, expect, it } from 'vitest';
import { inlineRows, pptxParts, shape, slideTable, xlsxParts, zipOf } from './make-office.ts';
import { outline, readOne, refusal } from './read.ts';

const ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>';

const cell = (reference: string, attributes: string, value: string): string =>
  `<c r="${reference}" ${attributes}><v>${value}</v></c>`;

// The compound file that Office wraps an encrypted document in, and that old formats are: its head and directory names.
const compound = (entry: string): Uint8Array => {
  const file = new Uint8Array(1536);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  file.set(Buffer.from(entry, 'utf16le'), 1024);
  return file;
};

describe('PPTX', () => {
  const parts = pptxParts(
    [
      { shapes: [shape(['The harbour plan'], 'ctrTitle'), shape(['Ines Kahl'], 'subTitle'), shape(['Port of Varmouth'])] },
      {
        shapes: [
          shape(['Port of Varmouth']),
          shape(['The quay is old', 'Ships are larger'], 'body'),
          shape(['Why now'], 'title'),
          shape(['March 2026'], 'dt'),
          shape(['2'], 'sldNum'),
          shape(['Confidential'], 'ftr'),
        ],
        notes: ['Greet the minister & wait.'],
      },
      {
        shapes: [
          shape(['Costs'], 'title'),
          `<p:grpSp>${slideTable([
            ['Item', 'Cost'],
            ['Quay', '40 m'],
          ])}</p:grpSp>`,
          shape(['Port of Varmouth']),
        ],
      },
    ],
    '<dc:title>PowerPoint Presentation</dc:title><dc:creator>Ines Kahl</dc:creator><dcterms:created>2026-03-05T08:00:00Z</dcterms:created>',
  );

  it('reads slides in the order of the presentation: titles, text, tables and notes, without what is on every slide', async () => {
    const document = await readOne('plan.pptx', zipOf(parts));
    expect(document).toMatchObject({
      mediaType: 'pptx',
      title: 'The harbour plan',
      author: 'Ines Kahl',
      publishedAt: '2026-03-05T08:00:00Z',
    });
    expect(outline(document)).toEqual([
      'title: The harbour plan',
      'paragraph: Ines Kahl',
      'heading: Why now',
      'list-item: The quay is old',
      'list-item: Ships are larger',
      'paragraph: Greet the minister & wait.',
      'heading: Costs',
      'table-row: Item: Quay; Cost: 40 m',
    ]);
  });

  it.each([
    ['pictures.pptx', pptxParts([{ shapes: [shape(['1'], 'sldNum')] }]), /without text.*OCR/],
    [
      'spy.pptx',
      { ...parts, 'ppt/slides/slide1.xml': `${ENTITIES}<p:sld><p:cSld>&b;</p:cSld></p:sld>` },
      /declares XML entities/,
    ],
    ['torn.pptx', { ...parts, 'ppt/slides/slide2.xml': '' }, /presentation.*damaged.*slide2\.xml/],
    ['deep.pptx', { ...parts, 'ppt/slides/slide1.xml': '<p:grpSp>'.repeat(5000) }, /nested deeper/],
  ])('%s is refused with the reason', async (name, content, reason) => {
    expect(await refusal(name, zipOf(content))).toMatch(reason);
  });
});

describe('XLSX', () => {
  const parts = xlsxParts(
    [
      {
        name: 'Sales',
        rows:
          `<row r="2">${cell('B2', 't="s"', '0')}</row>` +
          `<row r="4">${cell('B4', 't="s"', '1')}${cell('C4', 't="s"', '2')}${cell('D4', 't="s"', '3')}${cell('E4', 't="s"', '4')}</row>` +
          `<row r="5">${cell('B5', 't="s"', '5')}${cell('C5', 's="1"', '46086')}${cell('D5', 's="2"', '0.315')}<c r="E5"><f>0.1+0.2</f><v>0.30000000000000004</v></c></row>` +
          `<row r="6">${cell('B6', 't="str"', 'South')}${cell('C6', 's="3"', '46087.604166666664')}${cell('E6', 't="e"', '#N/A')}</row>`,
      },
      { name: 'Secret', state: 'hidden', rows: inlineRows([['password']]) },
      {
        name: '名单',
        rows: inlineRows([
          ['姓名', '职务'],
          ['王小明', '部长'],
        ]),
      },
      { name: 'Sheet3', rows: inlineRows([['Left over']]) },
    ],
    {
      strings:
        '<si><t>Sales of the quarter</t></si><si><r><t>Re</t></r><r><t>gion</t></r><rPh><t>ri-jon</t></rPh></si><si><t>Date</t></si><si><t>Share</t></si><si><t>Amount &amp; more</t></si><si><t xml:space="preserve"> North </t></si>',
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs>',
      core: '<dc:title>Quarter report</dc:title><dc:creator>Jo Wen</dc:creator>',
    },
  );

  it('reads each visible sheet as rows that name their columns, with values as they are shown', async () => {
    const document = await readOne('report.xlsx', zipOf(parts));
    expect(document).toMatchObject({ mediaType: 'xlsx', title: 'Quarter report', author: 'Jo Wen' });
    expect(outline(document)).toEqual([
      'title: Quarter report',
      'heading: Sales',
      'paragraph: Sales of the quarter',
      'table-row: Region: North; Date: 2026-03-05; Share: 31.5%; Amount & more: 0.3',
      'table-row: Region: South; Date: 2026-03-06 14:30',
      'heading: 名单',
      'table-row: 姓名: 王小明; 职务: 部长',
      'paragraph: Left over',
    ]);
  });

  it('reads columns far to the right and rows far below in no more room than they take', async () => {
    const rows = `<row r="1"><c r="XFD1" t="inlineStr"><is><t>far right</t></is></c></row><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>far below</t></is></c></row>`;
    expect(outline(await readOne('sparse.xlsx', zipOf(xlsxParts([{ name: 'Sheet1', rows }]))))).toEqual([
      'paragraph: far right',
      'paragraph: far below',
    ]);
  });

  it('refuses a text that is stored once and shown without end', async () => {
    const strings = `<si><t>${'A long text. '.repeat(1000)}</t></si>`;
    const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(200)}</row>`;
    const bomb = zipOf(xlsxParts([{ name: 'Bomb', rows }], { strings }));
    expect(await refusal('bomb.xlsx', bomb, { maxCharacters: 1_000_000 })).toMatch(/cells hold more than 1000000.*maxCharacters/);
  });

  it.each([
    ['empty.xlsx', xlsxParts([{ name: 'Sheet1', rows: '' }]), /without anything in its cells/],
    ['spy.xlsx', { ...parts, 'xl/sharedStrings.xml': `${ENTITIES}<sst><si><t>&b;</t></si></sst>` }, /declares XML entities/],
    ['torn.xlsx', { ...parts, 'xl/workbook.xml': '' }, /workbook.*damaged/],
  ])('%s is refused with the reason', async (name, content, reason) => {
    expect(await refusal(name, zipOf(content))).toMatch(reason);
  });

  it('refuses a file that is cut off', async () => {
    const whole = zipOf(parts);
    expect(await refusal('cut.xlsx', whole.subarray(0, whole.length - 300))).toMatch(/damaged or incomplete/);
  });

  it('tells a password from an old format', async () => {
    expect(await refusal('locked.xlsx', compound('EncryptedPackage'))).toMatch(/protected by a password/);
    expect(await refusal('old.xls', compound('Workbook'))).toMatch(/old Office.*\.xlsx/);
  });
});
