import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates } from '../../../knowledge-graph/time/dates.ts';
import { buildText } from '../corpora.ts';

/** A Wednesday. */
const TODAY = '2026-05-13';
/** "surface from/to precision", as the grammar reads them. */
const read = (text: string): readonly string[] =>
  findDates(text, TODAY).map(
    ({ start, end, from, to, precision }) => `${text.slice(start, end)} = ${from === to ? from : `${from}/${to}`} ${precision}`,
  );

describe('dates in English', () => {
  it.each([
    ['The plan of 12 May 2026 failed.', '12 May 2026 = 2026-05-12 day'],
    ['It opened on May 12, 2026 in the rain.', 'May 12, 2026 = 2026-05-12 day'],
    ['It opened on the 3rd of March 1851.', '3rd of March 1851 = 1851-03-03 day'],
    ['He died on 20 March 851.', '20 March 851 = 0851-03-20 day'],
    ['The law passed on 2021-03-04.', '2021-03-04 = 2021-03-04 day'],
    ['Logged at 2024-05-12T10:15:30.250+02:00 exactly.', '2024-05-12T10:15:30.250+02:00 = 2024-05-12 day'],
    ['Due 25/12/2024 at noon.', '25/12/2024 = 2024-12-25 day'],
    ['Due 04/05/2024 at noon.', '04/05/2024 = 2024 year'],
    ['The fair ran 12–14 May 2024.', '12–14 May 2024 = 2024-05-12/2024-05-14 range'],
    ['The fair ran May 12-14, 2024.', 'May 12-14, 2024 = 2024-05-12/2024-05-14 range'],
    ['The fair ran 30 April – 2 May 2024.', '30 April – 2 May 2024 = 2024-04-30/2024-05-02 range'],
    ['Snow fell January 31 to February 2, 1916.', 'January 31 to February 2, 1916 = 1916-01-31/1916-02-02 range'],
    ['The deal closed in March 2024.', 'March 2024 = 2024-03 month'],
    ['Talks lasted March–May 2024.', 'March–May 2024 = 2024-03/2024-05 range'],
    ['Sales fell in Q3 2024.', 'Q3 2024 = 2024-07/2024-09 quarter'],
    ['Sales fell in 2024Q3.', '2024Q3 = 2024-07/2024-09 quarter'],
    ['In the third quarter of 2021 they rose.', 'third quarter of 2021 = 2021-07/2021-09 quarter'],
    ['In the first half of 2022 they rose.', 'first half of 2022 = 2022-01/2022-06 half-year'],
    ['In H2 2022 they rose.', 'H2 2022 = 2022-07/2022-12 half-year'],
    ['In spring 2026 the ferry stops.', 'spring 2026 = 2026-03/2026-05 season'],
    ['In the winter of 2020 it froze.', 'winter of 2020 = 2020-12/2021-02 season'],
    ['It grew in the 1850s.', '1850s = 1850/1859 decade'],
    ['It grew in the late 1990s.', 'late 1990s = 1997/1999 decade'],
    ["It grew in the '90s.", "'90s = 1990/1999 decade"],
    ['It grew in the early nineties.', 'early nineties = 1990/1993 decade'],
    ['It grew in the 1800s.', '1800s = 1800/1899 century'],
    ['It grew in the 19th century.', '19th century = 1801/1900 century'],
    ['It grew in the early twentieth century.', 'early twentieth century = 1901/1933 century'],
    ['The 5th century BC was theirs.', '5th century BC = -0499/-0400 century'],
    ['Caesar died in 44 BC.', '44 BC = -0043 year'],
    ['The war of 264–241 BC began.', '264–241 BC = -0263/-0240 range'],
    ['Vesuvius erupted in AD 79.', 'AD 79 = 0079 year'],
    ['Results of FY2024 pleased.', 'FY2024 = 2024 fiscal-year'],
    ['Results of FY24 pleased.', 'FY24 = 2024 fiscal-year'],
    ['Results of fiscal year 2023/24 pleased.', 'fiscal year 2023/24 = 2023/2024 fiscal-year'],
    ['He ruled 1998–2003.', '1998–2003 = 1998/2003 range'],
    ['He ruled 2010-12.', '2010-12 = 2010/2012 range'],
    ['He played in 1967/68.', '1967/68 = 1967/1968 range'],
    ['The file says 2008-06.', '2008-06 = 2008-06 month'],
    ['He ruled from 1998 to 2003.', '1998 to 2003 = 1998/2003 range'],
    ['He ruled between March 1998 and June 2003.', 'March 1998 and June 2003 = 1998-03/2003-06 range'],
    ['It changed in early 2024.', 'early 2024 = 2024-01/2024-04 year-part'],
    ['She has led it since 2019.', '2019 = 2019 year'],
    ['The 2019 elections were close.', '2019 = 2019 year'],
    ['Founded 1886, it grew.', '1886 = 1886 year'],
    ['By 2050 it will be warmer.', '2050 = 2050 year'],
    ['In 1066 they landed.', '1066 = 1066 year'],
    ['The bridge opens on 3 June.', '3 June = 2026-06-03 day'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it.each([
    ['It rained yesterday.', 'yesterday = 2026-05-12 day'],
    ['It will rain tomorrow.', 'tomorrow = 2026-05-14 day'],
    ['He came last Tuesday.', 'last Tuesday = 2026-05-12 day'],
    ['He comes next Tuesday.', 'next Tuesday = 2026-05-19 day'],
    ['He came on Wednesday.', 'Wednesday = 2026-05-13 day'],
    ['He came on Thursday.', 'Thursday = 2026-05-07 day'],
    ['He came last week.', 'last week = 2026-05-04/2026-05-10 week'],
    ['He came last month.', 'last month = 2026-04 month'],
    ['He came this quarter.', 'this quarter = 2026-04/2026-06 quarter'],
    ['He came last year.', 'last year = 2025 year'],
    ['He came three years ago.', 'three years ago = 2023 year'],
    ['He came two days ago.', 'two days ago = 2026-05-11 day'],
    ['He came last December.', 'last December = 2025-12 month'],
    ['He came last summer.', 'last summer = 2025-06/2025-08 season'],
    ['It began in March.', 'March = 2026-03 month'],
    ['It began in December.', 'December = 2025-12 month'],
  ])('counts from the document: %s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
    expect(findDates(text, undefined)).toEqual([]);
  });
});

describe('dates in Chinese', () => {
  it.each([
    ['公司于2021年第三季度上市。', '2021年第三季度 = 2021-07/2021-09 quarter'],
    ['会议在2024年5月12日举行。', '2024年5月12日 = 2024-05-12 day'],
    ['二〇二一年三月五日发布。', '二〇二一年三月五日 = 2021-03-05 day'],
    ['2019年3月开工。', '2019年3月 = 2019-03 month'],
    ['1998年至2003年任职。', '1998年至2003年 = 1998/2003 range'],
    ['1998-2003年任职。', '1998-2003年 = 1998/2003 range'],
    ['九十年代的城市。', '九十年代 = 1990/1999 decade'],
    ['20世纪80年代初期。', '20世纪80年代初期 = 1980/1983 decade'],
    ['上世纪九十年代。', '上世纪九十年代 = 1990/1999 decade'],
    ['十九世纪的工厂。', '十九世纪 = 1801/1900 century'],
    ['2022年上半年增长。', '2022年上半年 = 2022-01/2022-06 half-year'],
    ['2022年春季增长。', '2022年春季 = 2022-03/2022-05 season'],
    ['2021年底完成。', '2021年底 = 2021-09/2021-12 year-part'],
    ['2024财年收入。', '2024财年 = 2024 fiscal-year'],
    ['公元前221年统一。', '公元前221年 = -0220 year'],
    ['去年增长。', '去年 = 2025 year'],
    ['去年第三季度增长。', '去年第三季度 = 2025-07/2025-09 quarter'],
    ['本月增长。', '本月 = 2026-05 month'],
    ['上周二开会。', '上周二 = 2026-05-05 day'],
    ['昨天开会。', '昨天 = 2026-05-12 day'],
    ['5年前开会。', '5年前 = 2021 year'],
    ['3月5日开会。', '3月5日 = 2026-03-05 day'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });
});

describe('what only looks like a date', () => {
  it.each([
    'It costs 2000 euros.',
    'There were 1998 people.',
    'In 2024 people were asked.',
    'Take Route 1990 north.',
    'Call 555 2019 now.',
    'May I go? You may march on.',
    'Version 2024.1.3 is out.',
    'It weighs 1,990 kg and costs $1990.',
    'See RFC 2026 and ISO 1990.',
    'CVE-2024-1234 is fixed.',
    'Room 1984 is empty.',
    'They live at 1600 Pennsylvania Avenue now.',
    'Blade Runner 2049 was long.',
    'Windows 2000 ran on 192.168.1.2024.',
    'It rose by 1950 percent.',
    'The ticket is AB1990 or 1990x.',
    '共有2024人参加。',
  ])('none in: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('31 February is no day, and what is left of it is a year', () => {
    expect(read('On 31 February 2024 nothing happened.')).toEqual(['February 2024 = 2024-02 month']);
  });
});

describe('the grammar', () => {
  it.each([
    ['since 2019', 'from'],
    ['from 2019 on', 'from'],
    ['1998–present', 'from'],
    ['自2019年', 'from'],
    ['2019年以来', 'from'],
    ['until 2019', 'until'],
    ['by March 2019', 'until'],
    ['截至2019年', 'until'],
    ['2019年之前', 'until'],
    ['in 2019', 'at'],
    ['from 1998 to 2003', 'at'],
    ['as of 2019', 'at'],
  ])('%s holds %s', (text, bound) => {
    expect(findDates(text, TODAY).map((date) => date.bound)).toEqual([bound]);
  });

  it('gives spans in order that never overlap and never leave the text', () => {
    const piece = fc.constantFrom(
      '2024',
      '1998–2003',
      '2010-12',
      'Q3 2024',
      'May 12, 2024',
      '12 May',
      'last Tuesday',
      'since',
      '2021年第三季度',
      '去年',
      ' ',
      ', ',
      'to',
      '–',
      '90s',
      'the',
      '44 BC',
      '2024-05-12T10:00:00Z',
      '31 February 2024',
      '1.2024.3',
      'between',
      'and',
      '年',
      '九十年代',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, dated) => {
        const text = pieces.join(' ');
        let last = 0;
        for (const { start, end, from, to } of findDates(text, dated ? TODAY : undefined)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const iso of [from, to]) expect(iso).toMatch(/^-?\d{4}(-\d{2}(-\d{2})?)?$/);
          last = end;
        }
      }),
    );
  });

  it('makes date entities whose mentions are the very words', async () => {
    const graph = await buildText('The town grew between 1990–1998 and again in the 1850s. Sales fell in Q3 2024.');
    const dates = new Set(graph.entities.filter(({ type }) => type === 'date').map(({ id }) => id));
    const surfaces = graph.mentions.filter(({ entity }) => dates.has(entity)).map(({ surface }) => surface);
    expect(surfaces).toEqual(['1990–1998', '1850s', 'Q3 2024']);
  });
});
