// Numbers as people read them, and an address that never breaks the page.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSearch } from '../../frontend/app/search.ts';
import { bytes, duration, modelName, percent, signed, usd, words } from '../../frontend/shared/format.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('formats', () => {
  it.each([
    [0, '$0'],
    [0.000_01, 'under $0.0001'],
    [0.0042, '$0.0042'],
    [12.5, '$12.50'],
    [4200, '$4,200'],
  ])('money %d is %s', (value, text) => expect(usd(value)).toBe(text));

  it.each([
    [0.044, '44 ms'],
    [3.21, '3.2 s'],
    [61, '1 min 1 s'],
    [7260, '2 h 1 min'],
  ])('%d seconds are %s', (value, text) => expect(plain(duration(value))).toBe(text));

  it('signs opinions, and nought has no sign', () => {
    expect([signed(0.5), signed(-0.25), signed(-0.001)]).toEqual(['+0.50', '−0.25', '0.00']);
  });

  it('names units', () => {
    expect([plain(percent(0.625, 1)), plain(bytes(1500)), words('openness-to-change')]).toEqual([
      '62.5 %',
      '1.5 kB',
      'Openness to change',
    ]);
  });

  it('never calls the embedded rules by a model’s name', () => {
    expect(modelName('embedded/rules-1')).toBe('embedded (rule-based)');
    expect(modelName('openai/gpt-5-mini')).toBe('openai/gpt-5-mini');
  });
});

describe('the address', () => {
  it('holds the view, and whatever else stands in it is left out', () => {
    expect(runSearch.parse({ tab: 'theatre', round: '13', agent: 4, hide: ['place'] })).toMatchObject({
      tab: 'theatre',
      round: 13,
      agent: 4,
      hide: ['place'],
    });
    expect(runSearch.parse({ tab: 'nowhere', round: -3, agent: 'x' })).toEqual({});
  });

  it('never fails, whatever somebody writes into it', () => {
    const names = fc.constantFrom('tab', 'round', 'agent', 'hide', 'q', 'post', 'kind');
    fc.assert(
      fc.property(fc.dictionary(names, fc.anything()), (written) => {
        expect(runSearch.safeParse(written).success).toBe(true);
      }),
    );
  });
});
