import { describe, expect, it } from 'vitest';
import { buildText } from '../corpora.ts';

const datesOf = async (text: string): Promise<readonly string[]> => {
  const { mentions, entities } = await buildText(text);
  const dates = new Set(entities.filter((entity) => entity.type === 'date').map((entity) => entity.id));
  return mentions.filter((mention) => dates.has(mention.entity)).map((mention) => mention.surface);
};

describe('dates', () => {
  it.each([
    ['The plan of 12 May 2026 failed.', ['12 May 2026']],
    ['It opened on May 12, 2026 in the rain.', ['May 12, 2026']],
    ['The deal closed in March 2024.', ['March 2024']],
    ['Sales fell in Q3 2024 and in the fourth quarter of 2025.', ['Q3 2024', 'fourth quarter of 2025']],
    ['The town grew between 1990–1998 and again in the 1850s.', ['1990–1998', '1850s']],
    ['She has led it since 2019.', ['2019']],
    ['The law passed on 2021-03-04.', ['2021-03-04']],
    ['In spring 2026 the ferry stops.', ['spring 2026']],
  ])('%s', async (text, expected) => {
    expect(await datesOf(text)).toEqual(expected);
  });

  it.each(['It costs 2000 euros.', 'There were 1998 people.', 'Call 555 2019 now.', 'May I go? You may.'])(
    'none in: %s',
    async (text) => {
      expect(await datesOf(text)).toEqual([]);
    },
  );
});
